"""Every plan and slot strategy with a scheduler of either SKU in place of Azure Storage: recorded, and judged by every rule."""

import pytest

from environments import Environment, Scheduler, catalogue, retention_of, task_hubs
from environments.task_hub import TaskHubSpec
from policies.registered import registered_hubs
from tests.components.conftest import plan_of
from tests.components.test_matrix import CELLS, Cell, environment_of, findings

#: One language on each system: what a hub lives in does not hang on the others.
CELLS_OF_ONE_LANGUAGE = tuple(cell for cell in CELLS if cell.language == "node")


def moved(environment: Environment, sku: str) -> Environment:
    """The environment with its hub in a scheduler."""
    app = environment.apps["orders"]
    scheduler = Scheduler.model_validate({"sku": sku, "ip_allow_list": ["203.0.113.0/28"]})
    hub = app.task_hub.model_dump(exclude_unset=True) | {
        "backend": "durable-task-scheduler",
        "scheduler": scheduler,
        "history_days": catalogue.scheduler_skus()[sku].history_days,
        "purged_by": None,
        "review_due": "2027-05-01",
    }
    return environment.model_copy(
        update={"apps": {"orders": app.model_copy(update={"task_hub": TaskHubSpec.model_validate(hub)})}}
    )


@pytest.mark.parametrize("sku", catalogue.scheduler_skus())
@pytest.mark.parametrize("cell", CELLS_OF_ONE_LANGUAGE, ids=str)
def test_a_scheduler_goes_with_every_plan_and_no_rule_is_against_it(cell: Cell, sku: str) -> None:
    environment = moved(environment_of(cell), sku)
    plan = plan_of(environment)
    assert findings(environment, plan) == []
    registered, undecided = registered_hubs(plan, environment)
    assert [hub for hub, _ in registered] == list(task_hubs(environment))
    assert undecided == ()


def test_the_matrix_has_every_backend() -> None:
    apps = [environment_of(CELLS[0]).apps["orders"], moved(environment_of(CELLS[0]), "Dedicated").apps["orders"]]
    assert {retention_of(app).backend.title for app in apps} == {one.title for one in catalogue.backends().values()}
