"""What stands for functions of Pulumi's SDK while a plan is recorded; plan/shortcuts.py says when.

Parameter names are the SDK's: by them it is seen whether a function is still the one that this was written for.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from pulumi import Alias, Output
from pulumi.output import _OutputData
from pulumi.runtime import known_types, settings
from pulumi.runtime import resource as sdk_resource
from pulumi.runtime.proto import alias_pb2, source_pb2

from plan.failures import SourceFinder

_PROMPT = (str, int, float, bool, type(None))
_prepare_aliases = sdk_resource.prepare_aliases
_collapse_alias_to_urn = sdk_resource.collapse_alias_to_urn


async def prepare_aliases(resource: Any, resource_options: Any, supports_alias_specs: bool) -> list[alias_pb2.Alias]:
    """Without azure-native's own aliases.

    It gives every resource some thirty, one for each API version that the type ever had. They tell the engine what
    counts as the same resource in an old state; a plan has no old state, and they were two thirds of all time.
    """
    if resource_options and resource_options.aliases:
        resource_options.aliases = [alias for alias in resource_options.aliases if not _is_version(alias)]
    return await _prepare_aliases(resource, resource_options, supports_alias_specs)


def collapse_alias_to_urn(alias: Any, defaultName: str, defaultType: str, defaultParent: Any) -> Any:
    """As prepare_aliases. The URNs are for engines that do not understand aliases by type; our monitor does."""
    return "" if _is_version(alias) else _collapse_alias_to_urn(alias, defaultName, defaultType, defaultParent)


def _is_version(alias: Any) -> bool:
    """Whether an alias names another type of azure-native and nothing else."""
    if not isinstance(alias, Alias) or not isinstance(alias.type_, str) or not alias.type_.startswith("azure-native:"):
        return False
    return alias.name is alias.parent is alias.stack is alias.project is ...


def copy_of_options(self: Any) -> Any:
    """The same shallow copy, without asking how the class wants to be copied, and without azure-native's own aliases."""
    copied = object.__new__(type(self))
    copied.__dict__.update(self.__dict__)
    if copied.aliases:
        copied.aliases = [alias for alias in copied.aliases if not _is_version(alias)]
    return copied


def create_urn(name: Any, type_: Any, parent: Any = None, project: Any = None, stack: Any = None) -> Output[str]:
    """The SDK works out a URN for every resource, by a dozen outputs, and uses it only when there is no monitor."""
    return _untracked(_resolved(""))


def get_stack_trace() -> source_pb2.StackTrace:
    """The one frame that a recording asks for: the innermost line of the program.

    The SDK sends all frames, with the text of their lines, for which it reads the program's files each time. As there, frames
    begin above the third constructor: that of Resource, of its kind, and of the class itself.
    """
    frame: FrameType | None = sys._getframe(1)
    constructors = 0
    while frame and constructors < 3:
        constructors += frame.f_code.co_name == "__init__"
        frame = frame.f_back
    sdk: Any = settings.SETTINGS
    finder: SourceFinder = sdk.monitor.finder
    while frame:
        if finder.line(frame.f_code.co_filename, frame.f_lineno):
            position = source_pb2.SourcePosition(uri=_uri(frame.f_code.co_filename), line=frame.f_lineno)
            return source_pb2.StackTrace(frames=[source_pb2.StackFrame(pc=position)])
        frame = frame.f_back
    return source_pb2.StackTrace()


_uris: dict[str, str] = {}


def _uri(filename: str) -> str:
    if filename not in _uris:
        _uris[filename] = Path(filename).as_uri()
    return _uris[filename]


def wrap_with_context(fn: Callable[..., Any]) -> Callable[..., Any]:
    """The context is for another thread, and here is none."""
    return fn


def resource_output(res: Any) -> tuple[Callable[..., None], Output[Any]]:
    """URN and id as one future, which the registration settles; nobody need wait for it a second time."""
    data = asyncio.get_running_loop().create_future()

    def resolve(value: Any, known: bool, secret: bool, exn: Exception | None) -> None:
        if exn is not None:
            data.set_exception(exn)
        else:
            data.set_result(_OutputData({res}, value, known, secret))

    return resolve, _untracked(data)


def contains_unknowns(val: Any) -> bool:
    """The same answer; text and numbers, nearly all values, at once."""
    if isinstance(val, _PROMPT):
        return False
    if isinstance(val, dict):
        return any(contains_unknowns(val[key]) for key in val)
    if isinstance(val, list):
        return any(contains_unknowns(item) for item in val)
    return known_types.is_unknown(val)


def track(self: Output[Any]) -> None:
    """Remember an output until the end, without a callback for each that takes it out again when it is there."""
    sdk: Any = settings.SETTINGS  # its attributes are context variables behind descriptors that no checker sees through
    sdk.outputs.add(self._data)


async def wait_for_rpcs(await_all_outstanding_tasks: bool = True) -> None:
    """Wait until nothing is left to register and no output is outstanding; raise what failed first.

    The SDK asks all outstanding outputs again whenever one of them arrives, which is quadratic.
    """
    sdk: Any = settings.SETTINGS
    manager, outputs = sdk.rpc_manager, sdk.outputs
    while True:
        await asyncio.sleep(0)  # a registration is only in the list once its task has begun
        if manager.rpcs:
            await asyncio.wait([manager.rpcs.pop()])
        elif await_all_outstanding_tasks and outputs:
            await _some_outputs(outputs)
        else:
            return
        if manager.unhandled_exception is not None:
            raise manager.unhandled_exception.with_traceback(manager.exception_traceback)


async def _some_outputs(outputs: set[asyncio.Future[Any]]) -> None:
    """Wait for all outputs there are now, or until one fails; more may have come when this returns."""
    here = list(outputs)
    outputs.clear()
    done, outstanding = await asyncio.wait(here, return_when=asyncio.FIRST_EXCEPTION)
    outputs |= outstanding
    for output in done:
        output.result()


async def wait_for_rpcs_of_an_engine(await_all_outstanding_tasks: bool = True) -> None:
    """In the SDK's order and with its errors; but outstanding outputs are asked once, not all of them for each that arrives."""
    sdk: Any = settings.SETTINGS
    manager = sdk.rpc_manager
    while True:
        while manager.rpcs:
            await asyncio.sleep(0)
            try:
                await manager.rpcs.pop()
            except Exception as error:
                if manager.unhandled_exception is not None:
                    raise error from manager.unhandled_exception.with_traceback(manager.exception_traceback)
                raise
        if manager.unhandled_exception is not None:
            raise manager.unhandled_exception.with_traceback(manager.exception_traceback)
        while await_all_outstanding_tasks and sdk.outputs:
            await _some_outputs(sdk.outputs)
        if not manager.rpcs:
            return


def debug(msg: str, resource: Any = None, stream_id: int | None = None, ephemeral: bool | None = None) -> None:
    """Nobody reads these messages."""


def context_property_get(self: Any, obj: Any, _: Any) -> Any:
    """The same value by one call instead of five; the SDK reads its settings thousands of times."""
    value = self._data.get(self._ContextProperty__default)
    return self if obj is None or isinstance(value, dict) else value


def _untracked(data: asyncio.Future[_OutputData[Any]]) -> Output[Any]:
    """An output whose failure is a registration's failure too, and reported there."""
    output: Output[Any] = object.__new__(Output)
    output._data = data
    return output


def _resolved(value: Any) -> asyncio.Future[_OutputData[Any]]:
    data: asyncio.Future[_OutputData[Any]] = asyncio.get_running_loop().create_future()
    data.set_result(_OutputData(set(), value, True, False))
    return data
