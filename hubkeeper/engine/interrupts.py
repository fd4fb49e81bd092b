"""Ctrl-C while the engine works. The terminal tells it to the engine too, which stops in order and keeps its state whole."""

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from pulumi import automation


@contextmanager
def waits_for_the_engine(report: Callable[[str], None]) -> Iterator[None]:
    """On a first Ctrl-C waits for the engine's own end and raises KeyboardInterrupt then; on a second one raises at once."""
    interrupted = False
    before = signal.getsignal(signal.SIGINT)

    def first(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        signal.signal(signal.SIGINT, before)
        report("stopping: the engine ends what it has begun; Ctrl-C again stops at once")

    signal.signal(signal.SIGINT, first)
    try:
        yield
    except automation.CommandError:
        if interrupted:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    if interrupted:
        raise KeyboardInterrupt


@contextmanager
def ended_like_interrupted() -> Iterator[None]:
    """Takes a request to end, and the loss of the terminal, as Ctrl-C: what must be put back afterwards is put back."""

    def interrupted(number: int, frame: FrameType | None) -> None:
        handler = signal.getsignal(signal.SIGINT)
        if not callable(handler):
            raise KeyboardInterrupt
        handler(signal.SIGINT, frame)

    heard = [one for one in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(one) is not signal.SIG_IGN]
    with _handled(heard, interrupted):
        yield


@contextmanager
def not_now() -> Iterator[None]:
    """Lets nobody stop what must be finished. A program begun meanwhile can still be stopped."""
    with _handled((signal.SIGINT, signal.SIGTERM, signal.SIGHUP), lambda _number, _frame: None):
        yield


@contextmanager
def _handled(numbers: Iterable[signal.Signals], handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, one in before.items():
            signal.signal(number, one)
