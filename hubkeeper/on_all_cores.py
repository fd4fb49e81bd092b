"""Work on many things shared among processes: forked ones, so that what is imported and read is there and counts once.

Only on Linux and only while this process has no other thread, since a fork takes along the locks but not the threads that
hold them; elsewhere everything is done here, one after the other. What a forked process does not bring, because it failed or
was killed, is done again here: an error is always raised by this process, and always the one that comes first in order.
"""

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Processes at most: each takes some fifty MiB of its own.
MOST: Final = 3
_AT_ONCE: Final = 10_000
_TOKEN: Final = 4


def on_all_cores(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """What `work` gives for each, in the order of the items; it must not hang on the others. Raises what `work` raises."""
    results: list[Result] = []
    with _collected_by_hand():
        for start in range(0, len(items), _AT_ONCE):  # so many numbers fit into a pipe
            results += _shared(work, items[start : start + _AT_ONCE])
    return results


def processes() -> int:
    """How many processes may share work here; one where forking is not safe."""
    if sys.platform != "linux":
        return 1
    try:
        is_alone = len(list(Path("/proc/self/task").iterdir())) == 1
        return min(MOST, len(os.sched_getaffinity(0))) if is_alone else 1
    except OSError:
        return 1


def _shared(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    numbers = _queue(len(items))
    children: list[tuple[int, int]] = []
    try:
        with suppress(OSError):  # no more processes are granted: those there are do it all
            for _ in range(min(processes(), len(items)) - 1):
                children.append(_forked(work, items, numbers))
        done, failed = _share(work, items, numbers)
        while children:
            child, answers = children[-1]
            with open(answers, "rb", closefd=False) as stream, suppress(EOFError, pickle.UnpicklingError):
                done.update(pickle.load(stream))
            _ended(child)
            os.close(children.pop()[1])
    finally:
        os.close(numbers)
        for child, answers in children:  # there are some only after an interruption
            os.close(answers)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
            _ended(child)
    results = []
    for number, item in enumerate(items):
        if failed and failed[0] == number:
            raise failed[1]
        results.append(done[number] if number in done else work(item))
    return results


def _ended(child: int) -> None:
    """Waits until a child has ended. Whoever started us may have had SIGCHLD ignored: then nobody is told that it has."""
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def _queue(count: int) -> int:
    """A pipe with a number for each item: whoever reads it takes the next one."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(_TOKEN, "big") for number in range(count)))
    os.close(writing)
    return reading


def _share(
    work: Callable[[Item], Result], items: Sequence[Item], numbers: int
) -> tuple[dict[int, Result], tuple[int, Exception] | None]:
    """What this process did until nothing was left, and what failed; after a failure nobody begins anything more."""
    done: dict[int, Result] = {}
    while token := os.read(numbers, _TOKEN):
        number = int.from_bytes(token, "big")
        try:
            done[number] = work(items[number])
        except Exception as error:
            while os.read(numbers, _TOKEN * _AT_ONCE):
                pass
            return done, (number, error)
        gc.collect()
    return done, None


def _forked(work: Callable[[Item], Result], items: Sequence[Item], numbers: int) -> tuple[int, int]:
    """A process that takes its share, and the pipe that its results come by. Raises OSError where none is granted."""
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if not child:
        _answer(work, items, numbers, reading, writing)
    os.close(writing)
    return child, reading


def _answer(
    work: Callable[[Item], Result], items: Sequence[Item], numbers: int, reading: int, writing: int
) -> NoReturn:
    """What a forked process does. Nothing may leave it: what stands above on the stack is the other process's business."""
    with suppress(BaseException):
        os.close(reading)  # else a long answer would wait for ever for another process that was killed
        answer = pickle.dumps(_share(work, items, numbers)[0])
        with os.fdopen(writing, "wb") as stream:
            stream.write(answer)
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)


@contextmanager
def _collected_by_hand() -> Iterator[None]:
    """Garbage is collected after each piece of work, and only among what is new.

    Passes over all that is imported cost more than they find, and would make forked processes copy it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()
