"""Ctrl-C while the engine works. The terminal tells it to the engine too, which stops in order and keeps its state whole."""

import signal
from collections.abc import Callable, Iterator
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
