"""What makes a recording fast: work of Pulumi's SDK that changes nothing in a plan is left out while one runs.

Each shortcut stands for one function of the SDK and says why it may. They act only inside `recording_runner`, only in
the context of that recording (a deployment elsewhere in the process sees the SDK as it is), and only while the SDK has
that function with those parameters; otherwise the SDK's own is used: slower, and right. A test holds that all of them
still apply and that plans are equal with and without. Written against SDK 3.272, azure-native 3.29, 2026-11-22.

A few change nothing that an engine is told, either: these also act while one runs the program, `for_the_engine`.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from importlib import import_module
from threading import RLock
from typing import Any, NamedTuple

from plan import fast_sdk, fast_values

_recording: ContextVar[bool] = ContextVar("recording", default=False)
_installing = RLock()
_installed: list[tuple[Any, str, Any]] = []
_running: list[object] = []
_engines: list[object] = []


class Shortcut(NamedTuple):
    """One function of the SDK and what stands for it."""

    owner: str
    """Module, or module and class after a colon."""
    name: str
    replacement: Callable[..., Any]
    engine: Callable[..., Any] | None = None
    """The same for a run of an engine, which is told nothing else by it."""

    def target(self) -> tuple[Any, Callable[..., Any]] | None:
        """The owner and its own function; None when the SDK has no such function with these parameters."""
        module, _, cls = self.owner.partition(":")
        try:
            owner = import_module(module)
            owner = getattr(owner, cls) if cls else owner
            original = inspect.getattr_static(owner, self.name)
        except (ImportError, AttributeError):
            return None
        if not inspect.isfunction(original) or _parameters(original) != _parameters(self.replacement):
            return None
        return owner, original


SHORTCUTS = (
    Shortcut("pulumi.runtime.resource", "prepare_aliases", fast_sdk.prepare_aliases),
    Shortcut(
        "pulumi.resource",
        "collapse_alias_to_urn",
        fast_sdk.collapse_alias_to_urn,
        engine=fast_sdk.collapse_alias_to_urn,
    ),
    Shortcut("pulumi.runtime.resource", "create_urn", fast_sdk.create_urn),
    Shortcut("pulumi.runtime.resource", "_get_stack_trace", fast_sdk.get_stack_trace),
    Shortcut("pulumi.runtime.resource", "wrap_with_context", fast_sdk.wrap_with_context),
    Shortcut("pulumi.runtime.resource", "resource_output", fast_sdk.resource_output),
    Shortcut("pulumi.resource:ResourceOptions", "_copy", fast_sdk.copy_of_options),
    Shortcut("pulumi.runtime.rpc", "transfer_properties", fast_values.transfer_properties),
    Shortcut("pulumi.runtime.rpc", "resolve_outputs", fast_values.resolve_outputs),
    Shortcut("pulumi.runtime.rpc", "serialize_property", fast_values.serialize_property),
    Shortcut("pulumi._types", "unwrap_type", fast_values.unwrap_type),
    Shortcut("pulumi._types", "unwrap_optional_type", fast_values.unwrap_optional_type),
    Shortcut("pulumi.runtime.rpc", "contains_unknowns", fast_sdk.contains_unknowns),
    Shortcut(
        "pulumi.runtime.stack",
        "wait_for_rpcs",
        fast_sdk.wait_for_rpcs,
        engine=fast_sdk.wait_for_rpcs_of_an_engine,
    ),
    Shortcut("pulumi.output:Output", "_track", fast_sdk.track),
    Shortcut("pulumi.log", "debug", fast_sdk.debug, engine=fast_sdk.debug),
    Shortcut("pulumi._utils:ContextProperty", "__get__", fast_sdk.context_property_get),
)


def takes_outputs_later() -> bool:
    """Whether an answer to a registration may be without outputs, since a shortcut asks for them when they are read."""
    in_place = {name for _, name, _ in _installed}
    ours = [one for one in SHORTCUTS if one.replacement is fast_values.resolve_outputs]
    return any(one.name in in_place or one.target() for one in ours)


@contextmanager
def recording_runner(shortcuts: bool = True) -> Generator[asyncio.Runner, None, None]:
    """A fresh event loop for one program; everything is put back afterwards."""
    with ExitStack() as stack:
        if shortcuts:
            stack.enter_context(_shortcuts())
            stack.enter_context(_no_collector())
        runner = stack.enter_context(asyncio.Runner(loop_factory=_InlineLoop if shortcuts else None))
        # After a failure the SDK leaves futures behind that nobody asks; asyncio would report each of them.
        runner.get_loop().set_exception_handler(lambda _loop, _context: None)
        yield runner


class _InlineLoop(asyncio.SelectorEventLoop):
    """Runs the SDK's calls to its monitor at once: ours answers from memory, a thread would only cost."""

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        answer = self.create_future()
        try:
            answer.set_result(func(*args))
        except Exception as error:
            answer.set_exception(error)
        return answer


@contextmanager
def _no_collector() -> Generator[None, None, None]:
    """No garbage collection: a recording makes many objects that live to its end, and each pass would look at all."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def for_the_engine() -> Generator[None, None, None]:
    """While an engine runs programs in this process: without work that ends nowhere, which is most of it.

    For each resource of azure-native the SDK works out dozens of URNs, by ten outputs each, for engines that understand no
    aliases by type (before 3.50). It asks all outputs again whenever one arrives, and tells the engine what it does, call by call.
    """
    with _in_place():
        _engines.append(None)
        try:
            yield
        finally:
            _engines.pop()


@contextmanager
def _shortcuts() -> Generator[None, None, None]:
    """The shortcuts, in this context."""
    with _in_place():
        token = _recording.set(True)
        try:
            yield
        finally:
            _recording.reset(token)


@contextmanager
def _in_place() -> Generator[None, None, None]:
    """Put the shortcuts in; several at a time share them."""
    own = object()
    with _installing:
        if not _running:
            for shortcut in SHORTCUTS:
                if target := shortcut.target():
                    owner, original = target
                    setattr(owner, shortcut.name, _chosen(shortcut, original))
                    _installed.append((owner, shortcut.name, original))
        _running.append(own)
    try:
        yield
    finally:
        with _installing:
            _running.remove(own)
            while not _running and _installed:
                setattr(*_installed.pop())


def _chosen(shortcut: Shortcut, original: Callable[..., Any]) -> Callable[..., Any]:
    """The replacement inside a recording, and for the engine where it may; the original elsewhere."""
    recording, replacement = _recording.get, shortcut.replacement
    of_an_engine = shortcut.engine or original

    def chosen(*args: Any, **kwargs: Any) -> Any:
        if recording():
            return replacement(*args, **kwargs)
        return of_an_engine(*args, **kwargs) if _engines else original(*args, **kwargs)

    return chosen


def _parameters(function: Callable[..., Any]) -> list[str]:
    return [parameter.name for parameter in inspect.signature(function).parameters.values()]
