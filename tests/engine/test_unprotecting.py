"""What is unprotected for a run is protected again however it ends, without an engine."""

import copy
import os
import signal
import time
from collections.abc import Iterator
from typing import cast

import pytest
from pulumi import automation

from hubkeeper.engine.look_first import Refused
from hubkeeper.engine.session import Session
from hubkeeper.engine.unprotecting import unprotected


class State:
    """A stack's state that may not always be written."""

    def __init__(self, *protected: bool, refuses: int = 0) -> None:
        self.stack, self.refuses = self, refuses
        self.resources = [{"urn": f"urn:{n}", "protect": one} for n, one in enumerate(protected)]

    def export_stack(self) -> automation.Deployment:
        return automation.Deployment(version=3, deployment={"resources": copy.deepcopy(self.resources)})

    def import_stack(self, state: automation.Deployment) -> None:
        resources = (state.deployment or {})["resources"]
        if resources[0]["protect"] and self.refuses:
            self.refuses -= 1
            raise automation.CommandError(automation._cmd.CommandResult(stdout="", stderr="", code=255))
        self.resources = resources

    @property
    def protected(self) -> list[bool]:
        return [one["protect"] for one in self.resources]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    slept: list[int] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """What a terminal would have set: a run in the background or under nohup begins with signals that are not heard at all."""
    usual = {
        signal.SIGINT: signal.default_int_handler,
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGHUP: signal.SIG_DFL,
    }
    before = {number: signal.signal(number, handler) for number, handler in usual.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_whoever_ends_the_run_finds_protected_what_was_and_nothing_else(
    number: signal.Signals, waits: list[int]
) -> None:
    state = State(True, False, refuses=2)
    before = signal.getsignal(number)

    def run() -> None:
        with unprotected(cast(Session, state), frozenset({"urn:0", "urn:1"})):
            assert state.protected == [False, False]
            os.kill(os.getpid(), number)

    with pytest.raises(KeyboardInterrupt):
        run()
    assert (state.protected, waits) == ([True, False], [1, 5])
    assert signal.getsignal(number) is before


def test_what_cannot_be_protected_again_is_named_beside_what_went_wrong(waits: list[int]) -> None:
    state = State(True, refuses=99)
    with pytest.raises(Refused) as refused, unprotected(cast(Session, state), frozenset({"urn:0"})):
        raise Refused("something else")
    assert refused.value.reasons[0] == "something else"
    assert refused.value.reasons[-1].startswith("pulumi state protect 'urn:0'")
    assert waits == [1, 5, 15]
