"""Every mistake that Azure's schema can tell is found: some that people make, and one put everywhere it can stand."""

from collections.abc import Iterator
from typing import Any

import pytest

from plan import UNKNOWN, Plan, Resource, Secret
from tests.components.conftest import plan_of
from tests.matrix.cells import Cell, environment_of
from tests.schemas.bodies import mistakes
from tests.schemas.seeded import IN_DATABASE, IN_NETWORK, ON_FLEX, SEEDED, Change, broken, setting


@pytest.fixture(scope="module")
def plans() -> dict[Cell, Plan]:
    return {cell: plan_of(environment_of(cell)) for cell in (IN_NETWORK, ON_FLEX, IN_DATABASE)}


def azure(plan: Plan) -> Iterator[Resource]:
    return (one for one in plan.resources.values() if one.type.startswith("azure-native:"))


@pytest.mark.parametrize(("cell", "token", "change", "says"), SEEDED, ids=[one[-1][:60] for one in SEEDED])
def test_a_mistake_is_told_with_its_place(
    cell: Cell, token: str, change: Change, says: str, plans: dict[Cell, Plan]
) -> None:
    resource = plans[cell].of_type(f"azure-native:{token}")[0]
    assert mistakes(resource) == []
    [told] = mistakes(broken(resource, change))
    assert told.startswith(says)


def objects_in(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where every object within a value stands."""
    if isinstance(value, dict):
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in pairs:
        yield from objects_in(one, (*path, step))


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


#: Objects with keys of people's own.
FREE = ("tags", "customProperties", "webHookProperties")


def test_a_property_that_nobody_looked_up_is_found_wherever_it_stands(plans: dict[Cell, Plan]) -> None:
    tried = 0
    for resource in (one for plan in plans.values() for one in azure(plan)):
        for path in objects_in(resource.inputs):
            if any(step in FREE for step in path):
                continue
            told = mistakes(broken(resource, lambda inputs, path=path: _at(inputs, path).update(unheardOf=1)))
            assert any("unheardOf: " in one for one in told), (resource.type, path)
            tried += 1
    assert tried > 300


def test_what_only_azure_knows_is_taken_for_right_and_a_secret_is_not_shown(plans: dict[Cell, Plan]) -> None:
    account = plans[IN_NETWORK].of_type("azure-native:storage:StorageAccount")[0]
    assert mistakes(broken(account, setting(location=UNKNOWN, kind=Secret("StorageV2")))) == []
    [told] = mistakes(broken(account, setting(kind=Secret("hunter2"))))
    assert told == "kind: a secret that does not hold"
