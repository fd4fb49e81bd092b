"""What a run is stopped for before it touches anything, without an engine."""

from dataclasses import replace
from pathlib import Path

import pytest

from environments import Environment, load_estate, task_hubs
from hubkeeper.engine.guard import Step, abandoned, losses, moved, protected_holders, repartitioned

STORE = "azure-native:storage:StorageAccount"
URN = "urn:pulumi:prod::hubkeeper::azure-native:storage:StorageAccount::claims-store"


@pytest.fixture
def prod(project_root: Path) -> Environment:
    return load_estate(project_root / "environments")["prod"]


def lowered(environment: Environment) -> Environment:
    """The same environment, its tier lowered to development."""
    return environment.model_copy(update={"tier": "development"})


def store_step(op: str, *, protected: bool = False) -> Step:
    return Step(op, URN, STORE, ("location",), {"accountName": "stclaimsprod2xyq4i"}, protected)


def test_a_replaced_store_is_named_with_the_hubs_it_holds_and_what_changed(prod: Environment) -> None:
    assert losses(prod, [store_step("replace")]) == [
        "storage account stclaimsprod2xyq4i would be replaced (changed: location); it holds prodclaims, prodclaimsstaging"
    ]


def test_a_store_that_is_updated_in_place_is_not_lost(prod: Environment) -> None:
    assert losses(prod, [store_step("update"), store_step("same"), store_step("create")]) == []


def test_a_store_of_development_may_be_replaced(prod: Environment) -> None:
    assert losses(lowered(prod), [store_step("replace")]) == []


def test_lowering_the_tier_in_the_same_change_does_not_let_a_protected_store_go(prod: Environment) -> None:
    assert len(losses(lowered(prod), [store_step("delete", protected=True)])) == 1


def test_a_hub_that_nothing_uses_any_more_is_told_even_when_the_tier_was_lowered(prod: Environment) -> None:
    deployed = [
        replace(hub, name=f"{hub.name}old") for hub in task_hubs(prod) if hub.app == "claims" and hub.slot is None
    ]

    told = abandoned(lowered(prod), deployed)

    assert told == [
        "task hub prodclaimsold in stclaimsprod2xyq4i (prod/claims/production) would be left behind with whatever runs on it"
    ]


def test_only_the_hub_that_was_named_may_be_left_behind(prod: Environment) -> None:
    deployed = [replace(hub, name=f"{hub.name}old") for hub in task_hubs(prod) if hub.app == "claims"]

    assert len(abandoned(prod, deployed, frozenset({"stclaimsprod2xyq4i"}))) == 2
    assert len(abandoned(prod, deployed, frozenset({"prodclaimsold"}))) == 1
    assert abandoned(prod, list(task_hubs(prod))) == []


def test_what_was_agreed_may_be_deleted_but_not_replaced(prod: Environment) -> None:
    assert losses(prod, [store_step("delete", protected=True)], frozenset({URN})) == []
    assert len(losses(prod, [store_step("replace")], frozenset({URN}))) == 1
    assert len(losses(prod, [store_step("delete")], frozenset({"another"}))) == 1


def test_another_subscription_or_tenant_is_told_and_none_that_was_handed_off_is_not(prod: Environment) -> None:
    same = {"subscription_id": prod.subscription_id, "tenant_id": prod.tenant_id}
    assert moved(prod, same) == moved(prod, {}) == []
    (line,) = moved(prod, {**same, "tenant_id": "another"})
    assert line.startswith(f"tenant another becomes {prod.tenant_id}: what is deployed stays in the old one")


def test_a_destroy_is_told_of_everything_that_is_protected() -> None:
    resources = [
        {"urn": URN, "type": STORE, "custom": True, "protect": True, "inputs": {"accountName": "stone"}},
        {"urn": URN + "2", "type": STORE, "custom": True, "inputs": {"accountName": "sttwo"}},
    ]
    assert protected_holders(resources) == ["storage account stone is protected"]


def handed_off(partitions: float, tier: str = "production") -> dict[str, object]:
    """What the last `up` of prod said of one hub; the engine gives numbers back as floats."""
    hub = {"name": "prodfreight", "store": "stfreightprodb4uime", "partitions": partitions}
    return {"tier": tier, "apps": {"freight": {"task_hubs": {"production": hub}}}}


def test_another_number_of_partitions_is_told_as_another_hub(prod: Environment) -> None:
    assert repartitioned(prod, handed_off(4.0)) == [
        "task hub prodfreight in stfreightprodb4uime (prod/freight/production) has 4 partitions, and 8 would be another hub, "
        "which wants a name of its own (`task_hub: {name: …}`)"
    ]
    assert len(repartitioned(lowered(prod), handed_off(4.0))) == 1


def test_the_same_number_of_partitions_or_none_handed_off_is_no_change(prod: Environment) -> None:
    assert repartitioned(prod, handed_off(8.0)) == []
    assert repartitioned(prod, {}) == []
    assert repartitioned(lowered(prod), handed_off(4.0, tier="development")) == []
