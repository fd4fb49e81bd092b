"""Every plan and slot strategy with a scheduler that is paid by use: the matrix has the other SKU, which any hub can live in."""

import pytest

from environments import Environment, Scheduler, catalogue, retention_of, task_hubs
from environments.task_hub import TaskHubSpec
from policies.registered import registered_hubs
from tests.components.conftest import plan_of
from tests.matrix.cells import CELLS, Cell, environment_of
from tests.matrix.judging import findings

#: One language on each system: what a hub lives in does not hang on the others.
ON_SCHEDULER = [
    cell
    for cell in CELLS
    if cell.backend == "durable-task-scheduler" and cell.language == "node" and cell.network == "public"
]


def paid_by_use(environment: Environment) -> Environment:
    """The environment with its hub in a scheduler of the other SKU."""
    app = environment.apps["orders"]
    hub = app.task_hub.model_dump(exclude_unset=True) | {
        "scheduler": Scheduler.model_validate({"sku": "Consumption", "ip_allow_list": ["203.0.113.0/28"]}),
        "history_days": catalogue.scheduler_skus()["Consumption"].history_days,
    }
    return environment.model_copy(
        update={"apps": {"orders": app.model_copy(update={"task_hub": TaskHubSpec.model_validate(hub)})}}
    )


@pytest.mark.parametrize("cell", ON_SCHEDULER, ids=str)
def test_a_scheduler_paid_by_use_goes_with_every_plan_and_no_rule_is_against_it(cell: Cell) -> None:
    environment = paid_by_use(environment_of(cell))
    plan = plan_of(environment)
    assert findings(environment, plan) == []
    registered, undecided = registered_hubs(plan, environment)
    assert [hub for hub, _ in registered] == list(task_hubs(environment))
    assert undecided == ()


def test_the_matrix_has_every_backend() -> None:
    apps = [environment_of(cell).apps["orders"] for cell in CELLS if cell[:3] == ("S1", "linux", "node")]
    assert {retention_of(app).backend.title for app in apps} == {one.title for one in catalogue.backends().values()}
