"""What people are told that a change does to what runs: restarts, replacements and losses, by name and never with a value."""

from copy import deepcopy
from typing import Any

import pytest

from environments import Environment
from policies.between_plans import effects_between
from policies.effect import Effect, Kind, in_words
from tests.policies.planned import planned
from tests.policies.sound import DESCRIBED

VALUE = "a-value-that-nobody-may-see"


def told(changed: dict[str, Any]) -> list[str]:
    before, after = deepcopy(DESCRIBED), deepcopy(DESCRIBED)
    for path, value in changed.items():
        *above, last = path.split(".")
        place = after
        for step in above:
            place = place.setdefault(step, {})
        place[last] = value
    plans = [planned(Environment.model_validate(one)) for one in (before, after)]
    return in_words(effects_between(*plans))


CLAIMS = "apps.claims"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        (
            {f"{CLAIMS}.settings": {"ONE": VALUE, "TWO": VALUE}},
            [
                "claims: restarts production (settings changed: ONE, TWO)",
                "claims: restarts staging (settings changed: ONE, TWO)",
            ],
        ),
        (
            {f"{CLAIMS}.plan.sku": "EP2"},
            [
                "claims: restarts production and all slots, on other machines of plan plan-claims-prod (changed: sku.name, "
                "sku.size)"
            ],
        ),
        (
            {"telemetry.retention_days": 365},
            ["environment: changes in place 1 workspace, 1 Application Insights component"],
        ),
        ({f"{CLAIMS}.store": {"soft_delete_days": 30}}, ["claims: changes in place 1 resource"]),
    ],
)
def test_a_change_is_told_in_a_few_words(changed: dict[str, Any], expected: list[str]) -> None:
    assert told(changed) == expected


def test_a_replaced_store_and_a_replaced_vault_are_told_with_what_goes_with_them() -> None:
    lines = told({f"{CLAIMS}.names.storage_account": "stother", f"{CLAIMS}.names.key_vault": "kv-other"})
    assert "claims: replaces storage account stclaimsprod, and its hubs with it (changed: accountName)" in lines
    assert any(line.endswith("and its secrets with it (changed: vaultName)") for line in lines)


def test_what_is_added_is_counted_by_what_people_call_it() -> None:
    words = ("alert", "", "alert", "identity", "identity", "")
    effects = [Effect(Kind.ADDED, "what", sort=word) for word in words]
    assert in_words(effects) == ["environment: adds 2 alerts, 2 identities, 2 other resources"]


def test_an_environment_that_is_new_has_nothing_that_could_be_disturbed() -> None:
    plan = planned(Environment.model_validate(DESCRIBED))
    assert effects_between(type(plan)("hubkeeper", "prod"), plan) == ()
