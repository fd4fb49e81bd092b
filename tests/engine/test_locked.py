"""Below a lock nothing is begun that Azure would stop half-way."""

import pytest

from hubkeeper.engine.guard import Step
from hubkeeper.engine.locked import held_by_locks

STORE = "/subscriptions/x/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stclaims"


def step(kind: str, name: str, op: str, **inputs: str) -> Step:
    return Step(op, f"urn:pulumi:prod::hubkeeper::azure-native:{kind}::{name}", f"azure-native:{kind}", inputs=inputs)


def lock(op: str = "same") -> Step:
    return step("authorization:ManagementLockByScope", "claims-store-lock", op, scope=STORE)


def role(op: str, scope: str = STORE) -> Step:
    return step("authorization:RoleAssignment", "claims-blobs", op, scope=scope)


def test_a_replaced_role_of_a_locked_store_is_told_once_with_the_way_out() -> None:
    (line,) = held_by_locks([lock(), role("replace"), role("delete-replaced")])
    assert line.startswith("claims-blobs would be replaced, and Azure refuses that below the lock on stclaims: ")
    assert "`store: {lock: false}`" in line


@pytest.mark.parametrize(
    "below",
    [
        role("delete", STORE.upper()),
        step("storage:BlobContainer", "claims-packages", "delete", accountName="stclaims", containerName="packages"),
        step("monitor:DiagnosticSetting", "claims-blobs-logs", "delete", resourceUri=f"{STORE}/blobServices/default"),
        step("storage:StorageAccount", "claims-store", "delete", accountName="stclaims"),
    ],
    ids=lambda one: one.type,
)
def test_what_lies_below_a_lock_is_not_deleted(below: Step) -> None:
    assert len(held_by_locks([lock(), below])) == 1


@pytest.mark.parametrize(
    "steps",
    [
        [lock(), role("create"), role("update"), role("same")],
        [lock(), role("delete", f"{STORE}2")],
        [lock("delete"), role("delete")],
        [lock("create"), role("delete")],
        [lock("delete")],
        [role("replace")],
        [
            lock(),
            step(
                "storage:BlobServiceProperties",
                "claims-blobs",
                "delete",
                accountName="stclaims",
                blobServicesName="default",
            ),
        ],
    ],
)
def test_what_no_lock_holds_goes_on(steps: list[Step]) -> None:
    assert held_by_locks(steps) == []


def test_a_lock_that_goes_in_the_same_run_goes_too_late_for_a_replacement() -> None:
    assert len(held_by_locks([lock("delete"), role("delete-replaced")])) == 1
