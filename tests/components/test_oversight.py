"""What is written down about an application's resources, and what Azure itself refuses to delete."""

from collections.abc import Callable

import pytest

from environments import Environment, Estate
from plan import Plan
from tests.components.dependencies import needs

LOCK = "azure-native:authorization:ManagementLockByScope"
SETTING = "azure-native:monitor:DiagnosticSetting"
STORE = "azure-native:storage:StorageAccount"


def changed(environment: Environment, app: str, **store: object) -> Environment:
    described = environment.apps[app]
    other = described.model_copy(update={"store": described.store.model_copy(update=store)})
    return environment.model_copy(update={"apps": {**environment.apps, app: other}})


def test_in_production_nobody_can_delete_the_store_of_a_hub(plans: dict[str, Plan]) -> None:
    plan = plans["prod"]
    locked = [lock.property_dependencies["scope"] for lock in plan.of_type(LOCK)]
    assert sorted(locked) == sorted((store.urn,) for store in plan.of_type(STORE))
    assert {lock.inputs["level"] for lock in plan.of_type(LOCK)} == {"CanNotDelete"}
    assert plans["test"].of_type(LOCK) == plans["dev"].of_type(LOCK) == []


def test_a_lock_is_taken_away_before_anything_it_would_hold(plans: dict[str, Plan]) -> None:
    """What the engine deletes first is what was made last; role assignments and settings of the store are below the lock."""
    plan = plans["prod"]
    for lock in plan.of_type(LOCK):
        app = lock.name.removesuffix("-store-lock")
        below = {
            one.urn
            for one in plan.resources.values()
            if one.custom
            and one.name
            in (
                f"{app}-{part}"
                for part in ("store", "blobs", "queues", "tables", "packages", "blobs-logs", "tables-logs")
            )
        }
        assert len(below) == 8, "blobs is both the role assignment and the service"
        assert below <= needs(plan, lock)


def test_the_description_may_lock_elsewhere_and_not_lock_in_production(
    estate: Estate, planned: Callable[..., Plan]
) -> None:
    assert len(planned(changed(estate["dev"], "claims", lock=True)).of_type(LOCK)) == 1
    assert len(planned(changed(estate["prod"], "claims", lock=False)).of_type(LOCK)) == 2


@pytest.mark.parametrize(
    ("wanted", "categories"),
    [
        ("none", {}),
        ("audit", {"vault": ["AuditEvent"], "blobs": ["StorageDelete"], "tables": ["StorageDelete"]}),
    ],
)
def test_audit_writes_down_who_read_a_secret_and_who_deleted_and_no_poll_of_a_queue(
    wanted: str, categories: dict[str, list[str]], estate: Estate, planned: Callable[..., Plan]
) -> None:
    dev = estate["dev"]
    telemetry = dev.telemetry.model_copy(update={"diagnostics": wanted})
    plan = planned(dev.model_copy(update={"telemetry": telemetry}))
    found = {one.name: [log["category"] for log in one.inputs["logs"]] for one in plan.of_type(SETTING)}
    assert found == {f"{app}-{name}-logs": value for app in dev.apps for name, value in categories.items()}


def test_all_writes_down_every_call_and_the_log_of_every_slot(estate: Estate, planned: Callable[..., Plan]) -> None:
    telemetry = estate["dev"].telemetry.model_copy(update={"diagnostics": "all"})
    plan = planned(estate["dev"].model_copy(update={"telemetry": telemetry}))
    names = {one.name for one in plan.of_type(SETTING) if one.name.startswith("claims-")}
    assert names == {f"claims-{part}-logs" for part in ("vault", "blobs", "tables", "queues", "site", "site-staging")}


def test_without_a_word_staging_and_production_are_audited_and_development_is_not(plans: dict[str, Plan]) -> None:
    assert plans["dev"].of_type(SETTING) == []
    for name in ("test", "prod"):
        [workspace] = plans[name].of_type("azure-native:operationalinsights:Workspace")
        settings = plans[name].of_type(SETTING)
        assert len(settings) == 9
        assert {one.property_dependencies["workspaceId"] for one in settings} == {(workspace.urn,)}
