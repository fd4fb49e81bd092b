"""What a change does is told without an engine; the real one, asked for a preview of the same change, takes the same steps."""

import copy
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml
from pulumi import automation

from environments import load_estate
from environments.replacements import forces
from hubkeeper.engine.operations import Watcher
from hubkeeper.engine.session import Session, open_local
from hubkeeper.project import find_project
from plan import Plan
from plan.changes import changes
from tests.check.single_changes import Edit
from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Workbench
from tests.policies.planned import planned

pytestmark = pytest.mark.engine

#: How the engine calls what is one step here.
_REPLACES = {"replace", "create-replacement", "delete-replaced"}

ORDERS = ("apps", "orders")
STORAGE = [
    Edit((*ORDERS, "settings"), "set", {"REMINDER_HOURS": "24"}),
    Edit((*ORDERS, "plan", "os"), "set", "linux"),
    Edit((*ORDERS, "task_hub", "name"), "set", "another"),
    Edit((*ORDERS, "slots"), "remove"),
    Edit((*ORDERS, "names", "identity"), "set", "id-another"),
    Edit((*ORDERS, "names", "function_app"), "set", "func-another"),
    Edit((*ORDERS, "names", "storage_account"), "set", "stanother"),
    Edit(("names", "workspace"), "set", "log-another"),
    Edit(("location",), "set", "northeurope"),
    Edit(("apps", "orders"), "rename", "invoices"),
]
SCHEDULER = [
    Edit((*ORDERS, "task_hub", "name"), "set", "DEVORDERS"),
    Edit((*ORDERS, "task_hub", "scheduler", "ip_allow_list"), "set", ["198.51.100.0/24"]),
    Edit((*ORDERS, "names", "scheduler"), "set", "dts-another"),
]


class Up:
    """An environment that is up on the local Azure, as development, so that nothing stops the engine from showing its steps."""

    def __init__(self, bench: Workbench, name: str, session: Session) -> None:
        self.bench, self.name, self.session = bench, name, session
        self.document: dict[str, Any] = yaml.safe_load(bench.description(name).read_text())
        exported = session.stack.export_stack()
        self.state = Plan.from_deployment({"version": exported.version, "deployment": exported.deployment})

    def steps_of_the_engine(self) -> dict[str, str]:
        watcher = Watcher()
        self.session.stack.preview(on_event=watcher, on_output=lambda _: None, suppress_progress=True)
        found: dict[str, str] = {}
        for step in watcher.steps:
            if step.type.startswith("azure-native:") and step.op != "same":
                found[step.urn] = "replace" if step.op in _REPLACES else step.op
        return found

    def told_steps(self) -> dict[str, str]:
        wanted = planned(load_estate(self.bench.root / "environments")[self.name])
        return {one.urn: one.op for one in changes(self.state, wanted, forces) if one.op != "same"}


@pytest.fixture(scope="module")
def up_of(
    already_up: AlreadyUp, tmp_path_factory: pytest.TempPathFactory, pulumi_cli: Path
) -> Iterator[Callable[[str, str], Up]]:
    """An example that is up, once for all tests. The engine is opened here and not by the command, so the CLI is named here."""
    made: dict[str, Up] = {}
    with ExitStack() as stack, pytest.MonkeyPatch.context() as variables:
        variables.setenv("HUBKEEPER_PULUMI", str(pulumi_cli))

        def up(example: str, name: str) -> Up:
            if example not in made:
                tier = "" if name == "dev" else "development"
                bench, _ = already_up.example(tmp_path_factory.mktemp("steps") / "project", example, tier)
                session = stack.enter_context(open_local(find_project(bench.root), name, lambda _: None))
                made[example] = Up(bench, name, session)
            return made[example]

        yield up


@pytest.mark.parametrize(
    ("example", "name", "edit"),
    [
        *(("elastic-premium", "prod", edit) for edit in STORAGE),
        *(("durable-task-scheduler", "dev", edit) for edit in SCHEDULER),
    ],
    ids=str,
)
def test_the_engine_takes_the_steps_that_were_told(
    up_of: Callable[[str, str], Up], example: str, name: str, edit: Edit
) -> None:
    up = up_of(example, name)
    changed = edit.applied(copy.deepcopy(up.document))
    up.bench.description(name).write_text(yaml.safe_dump(changed, sort_keys=False))
    try:
        engine, told = up.steps_of_the_engine(), up.told_steps()
    except automation.CommandError as error:
        pytest.fail(str(error))
    finally:
        up.bench.description(name).write_text(yaml.safe_dump(up.document, sort_keys=False))
    # A preview does not know what an updated resource will answer, and shows what hangs on it as changed, too.
    more = {urn: op for urn, op in engine.items() if told.get(urn) != op}
    assert told.keys() <= engine.keys()
    assert {urn: (op, told.get(urn)) for urn, op in more.items() if urn in told or op == "delete"} == {}
