"""However the reading of an adoption ends early, the stack is as it was: nothing is in it that was not found in Azure."""

import os
import signal
from pathlib import Path
from typing import Any, cast

import pytest
from pulumi import automation

from hubkeeper.engine.adoption import adopt
from hubkeeper.engine.operations import EngineFailed, Output
from hubkeeper.engine.session import Session
from plan import Plan, Resource

pytestmark = pytest.mark.usefixtures("heard")
GROUP = "azure-native:resources:ResourceGroup"
PROVIDER = "pulumi:providers:azure-native"
ENDED = automation.CommandError(automation._cmd.CommandResult(stdout="", stderr="error: not today", code=255))


class State:
    """A stack whose refresh ends in a way of its own."""

    def __init__(self, ends: "signal.Signals | automation.CommandError", *, refuses: int = 0) -> None:
        self.stack, self.ends, self.refuses = self, ends, refuses
        self.state: dict[str, Any] = {"resources": []}

    def export_stack(self) -> automation.Deployment:
        return automation.Deployment(version=3, deployment=dict(self.state))

    def import_stack(self, wanted: automation.Deployment) -> None:
        if self.refuses and self.state["resources"]:
            self.refuses -= 1
            raise ENDED
        self.state = dict(wanted.deployment or {})

    def refresh(self, **_: object) -> None:
        assert [one["id"] for one in self.state["resources"] if one["type"] == GROUP] == [
            "/subscriptions/s/resourceGroups/rg"
        ]
        if isinstance(self.ends, automation.CommandError):
            raise self.ends
        os.kill(os.getpid(), self.ends)
        raise ENDED


def wanted() -> Plan:
    urns = [f"urn:pulumi:prod::hubkeeper::{token}::one" for token in (PROVIDER, GROUP)]
    return Plan(
        "hubkeeper",
        "prod",
        {
            urns[0]: Resource(urns[0], PROVIDER, "one", "", True, {"subscriptionId": "s"}),
            urns[1]: Resource(urns[1], GROUP, "one", "", True, {"resourceGroupName": "rg"}),
        },
    )


def adopted(state: State) -> None:
    adopt(cast(Session, state), wanted(), Output(lambda line: None), agree=lambda what: True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_ends_it_finds_the_stack_as_it_was(number: signal.Signals, waits: list[int]) -> None:
    state = State(number, refuses=2)
    with pytest.raises(KeyboardInterrupt):
        adopted(state)
    assert (state.state["resources"], waits) == ([], [1, 5])


def test_a_reading_that_fails_says_why_and_leaves_the_stack_as_it_was(waits: list[int]) -> None:
    state = State(ENDED)
    with pytest.raises(EngineFailed, match="not today; the stack is as it was"):
        adopted(state)
    assert (state.state["resources"], waits) == ([], [])


def test_a_stack_that_cannot_be_put_back_is_told(waits: list[int]) -> None:
    with pytest.raises(EngineFailed, match="the stack has entries that were not read"):
        adopted(State(ENDED, refuses=99))
    assert waits == [1, 5, 15]


def test_a_state_is_written_from_a_file_that_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hubkeeper.engine.stack import _Workspace

    seen: list[str] = []

    def fails(self: _Workspace, arguments: list[str], *_: object) -> None:
        seen.append(Path(arguments[arguments.index("--file") + 1]).read_text())
        raise ENDED

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(_Workspace, "_run_pulumi_cmd_sync", fails)
    workspace = _Workspace.__new__(_Workspace)
    with pytest.raises(automation.CommandError):
        workspace.import_stack("prod", automation.Deployment(version=3, deployment={"key": "hunter2"}))
    assert "hunter2" in seen[0]
    assert list(tmp_path.iterdir()) == []
