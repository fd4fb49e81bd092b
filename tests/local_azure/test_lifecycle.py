"""Lifecycle policies of a store, as Azure takes or refuses them."""

from typing import Any

import pytest

from tests.local_azure.driver import Refused
from tests.local_azure.estate import GROUP, Estate

DELETE = {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 30}}}


def rule(**over: Any) -> dict[str, Any]:
    definition = {"actions": DELETE, "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["exports/"]}}
    known = {key: over.pop(key) for key in ("name",) if key in over}
    return {"name": "old", "enabled": True, "type": "Lifecycle", "definition": {**definition, **over}} | known


def policy(*rules: dict[str, Any], name: str = "default") -> dict[str, Any]:
    return {
        "resourceGroupName": GROUP,
        "accountName": "stdevclaims",
        "managementPolicyName": name,
        "policy": {"rules": list(rules)},
    }


def test_a_store_has_one_policy_and_it_is_called_default(estate: Estate) -> None:
    with pytest.raises(Refused, match="stdevclaims"):
        estate.caller.create("storage:ManagementPolicy", policy(rule()), "early")
    assert estate.store.id
    made = estate.caller.create("storage:ManagementPolicy", policy(rule()), "lifecycle")
    assert made.id.endswith("/storageAccounts/stdevclaims/managementPolicies/default")
    assert "it must be 'default'" in estate.caller.check("storage:ManagementPolicy", policy(rule(), name="mine"))[0]


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ([], "has 0 rules; it can have 1 to 100"),
        ([rule(name=f"r{n}") for n in range(101)], "has 101 rules"),
        ([rule(), rule()], "the rule name 'old' is there twice"),
        ([rule(filters={"blobTypes": ["pageBlob"]})], "blobTypes can be blockBlob and appendBlob"),
        ([rule(filters={"blobTypes": ["blockBlob"], "prefixMatch": [f"c{n}/" for n in range(11)]})], "has 11 prefixes"),
        (
            [
                rule(
                    filters={"blobTypes": ["appendBlob"]},
                    actions={"baseBlob": {"tierToArchive": {"daysAfterModificationGreaterThan": 9}}},
                )
            ],
            "tierToArchive is not for append blobs",
        ),
        ([rule(actions={"baseBlob": {"delete": {}}})], "delete says no number of days"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_at_preview(estate: Estate, rules: list[dict[str, Any]], says: str) -> None:
    (refused,) = estate.caller.check("storage:ManagementPolicy", policy(*rules))
    assert says in refused
