"""What a store deletes by age: what the description names, and nothing where it names nothing."""

from collections.abc import Callable

from environments import Environment, Estate
from environments.model import Store
from plan import Plan

POLICY = "azure-native:storage:ManagementPolicy"


def deleting(environment: Environment, *rules: tuple[str, int]) -> Environment:
    """The environment, with claims deleting by these rules."""
    told = {"lifecycle": [{"prefix": prefix, "delete_after_days": days} for prefix, days in rules]}
    claims = environment.apps["claims"].model_copy(update={"store": Store.model_validate(told)})
    return environment.model_copy(update={"apps": {"claims": claims}})


def test_nothing_is_deleted_by_age_where_nobody_says_so(plans: dict[str, Plan]) -> None:
    assert [plan.of_type(POLICY) for plan in plans.values()] == [[], [], []]


def test_what_is_named_is_deleted_and_only_blobs_below_its_container(
    estate: Estate, planned: Callable[..., Plan]
) -> None:
    plan = planned(deleting(estate["prod"], ("exports/", 400), ("reports/2026", 30)))
    [policy] = plan.of_type(POLICY)
    assert (policy.inputs["managementPolicyName"], policy.inputs["accountName"]) == (
        "default",
        estate["prod"].app_names("claims").storage_account,
    )
    rules = policy.inputs["policy"]["rules"]
    assert [rule["definition"]["filters"] for rule in rules] == [
        {"blobTypes": ["blockBlob"], "prefixMatch": ["exports/"]},
        {"blobTypes": ["blockBlob"], "prefixMatch": ["reports/2026"]},
    ]
    assert [rule["definition"]["actions"] for rule in rules] == [
        {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 400}}},
        {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 30}}},
    ]


def test_a_rule_keeps_its_name_in_another_order_and_none_has_two(estate: Estate, planned: Callable[..., Plan]) -> None:
    both = ("exports/a-b", 400), ("exports/a/b", 400)
    names = [
        {
            rule["name"]
            for rule in planned(deleting(estate["prod"], *order)).of_type(POLICY)[0].inputs["policy"]["rules"]
        }
        for order in (both, both[::-1])
    ]
    assert names[0] == names[1]
    assert len(names[0]) == 2
