"""Work on all cores: the same results in the same order as on one, and no process that fails takes a result along."""

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hubkeeper import on_all_cores as module
from hubkeeper.on_all_cores import on_all_cores, processes


@pytest.fixture(autouse=True)
def _three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes, whatever this machine has and whatever threads the tests' own runner keeps."""
    monkeypatch.setattr(module, "processes", lambda: 3 if sys.platform == "linux" else 1)


def slowly(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def test_results_come_in_the_order_of_the_items_and_each_once() -> None:
    found = on_all_cores(slowly, range(40))
    assert [square for square, _ in found] == [number * number for number in range(40)]
    assert on_all_cores(slowly, []) == []


def test_more_items_than_fit_into_a_pipe_are_all_done() -> None:
    assert on_all_cores(str, range(25_000)) == [str(number) for number in range(25_000)]


def at(number: int, error: Callable[[], object]) -> Callable[[int], int]:
    def work(item: int) -> int:
        if item >= number:
            error()
        return item

    return work


def test_the_first_error_in_order_is_raised_here_with_its_own_type_and_text() -> None:
    def fail(item: int) -> int:
        if item in (3, 4, 17):
            raise LookupError(f"item {item}")
        return item

    for _ in range(5):
        with pytest.raises(LookupError, match=r"^item 3$"):
            on_all_cores(fail, range(20))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_what_a_killed_process_does_not_bring_is_done_here() -> None:
    here = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    assert on_all_cores(work, range(10)) == list(range(10))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_results_that_cannot_be_sent_are_made_here() -> None:
    found = on_all_cores(lambda item: lambda: item, range(6))
    assert [one() for one in found] == list(range(6))


def test_no_process_and_no_open_file_is_left_behind() -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("open files are counted in /proc")
    before = len(list(Path("/proc/self/fd").iterdir()))
    on_all_cores(slowly, range(9))
    with pytest.raises(ZeroDivisionError):
        on_all_cores(at(5, lambda: 1 // 0), range(9))
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
@pytest.mark.parametrize("granted", [0, 1])
def test_where_no_more_processes_are_granted_those_there_are_do_it_all(
    granted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fork, made = os.fork, [0]

    def refused() -> int:
        if made[0] == granted:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        made[0] += 1
        return fork()

    monkeypatch.setattr(os, "fork", refused)
    before = len(list(Path("/proc/self/fd").iterdir()))
    assert on_all_cores(str, range(9)) == [str(number) for number in range(9)]
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_it_works_where_the_end_of_a_process_is_told_to_nobody() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert on_all_cores(str, range(9)) == [str(number) for number in range(9)]
        with pytest.raises(ZeroDivisionError):
            on_all_cores(at(5, lambda: 1 // 0), range(9))
    finally:
        signal.signal(signal.SIGCHLD, before)


KILLED = """
import os, signal, sys, time
from hubkeeper import on_all_cores as module
module.processes = lambda: 2
here = os.getpid()
def work(number):
    if os.getpid() == here:
        os.kill(here, signal.SIGKILL)
    while os.getppid() == here:
        time.sleep(0.01)
    return "x" * 1_000_000
module.on_all_cores(work, range(2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_when_the_command_is_killed_none_of_its_processes_stays() -> None:
    killed = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE)
    out, _ = killed.communicate(timeout=60)  # the pipe is open as long as one of them is there
    assert (out, killed.returncode) == (b"", -signal.SIGKILL)


def test_the_collector_is_as_it_was() -> None:
    on_all_cores(slowly, range(3))
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_beside_another_thread_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert processes() == 1
    finally:
        done.set()
        thread.join()
