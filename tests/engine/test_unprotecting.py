"""What is unprotected for a run is protected again however it ends, without an engine."""

import copy
import os
import signal
from typing import cast

import pytest
from pulumi import automation

from hubkeeper.engine.look_first import Refused
from hubkeeper.engine.session import Session
from hubkeeper.engine.unprotecting import unprotected


class State:
    """A stack's state that may not always be written."""

    def __init__(self, *protected: bool, refuses: int = 0) -> None:
        self.stack, self.name, self.refuses = self, "prod", refuses
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


pytestmark = pytest.mark.usefixtures("heard")


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
    assert refused.value.reasons[-1] == "pulumi state protect 'urn:0' --yes -s prod, if it is still there"
    assert waits == [1, 5, 15]
