"""Mistakes made together: none hides another, and none is told under a name that neither has alone."""

from typing import Final

import pytest

from tests.policies.cases import CASES
from tests.policies.cases.networks import NETWORKS
from tests.policies.sound import sound
from tests.policies.world import Change

#: The first case of each rule that breaks it, but for those that give another backend or plan, and so another world.
FIRST: Final = [
    case
    for case in list({case.rule: case for case in reversed(CASES) if case.expected}.values())[::-1]
    if not case.rule.startswith(("scheduler-", "database-", "flex-")) and case not in NETWORKS
]
HISTORY: Final = (
    "history-declared history-outlasts-orchestration history-within-telemetry telemetry-kept telemetry-alike"
)
OF_A_SLOT: Final = (
    "hub-no-default-name hub-sticky hub-as-described host-id-own host-id-sticky telemetry-connected telemetry-by-identity "
    "site-no-ftp slots-versioned site-no-affinity site-always-on no-auto-swap package-per-slot runtime-supported"
)
OF_ORCHESTRATIONS: Final = (
    "history-outlasts-orchestration long-instances-versioned retries-idempotent retries-end-in-time stuck-is-near "
    "wait-has-end timers-end-in-time instance-id-tells fan-out-within-scale"
)
#: Mistakes that take the ground from others, or set the same value: the others are not there any more beside them.
REPLACES: Final = {
    "hub-explicit": "unique-task-hub",  # no hub, so none that is shared
    "hub-as-described": "hub-no-default-name",
    "host-id-sticky": "hub-sticky",
    "long-instances-versioned": f"{OF_A_SLOT} history-outlasts-orchestration orchestrations-told retries-end-in-time stuck-is-near",
    "orchestrations-told": OF_ORCHESTRATIONS,
    "history-outlasts-orchestration": HISTORY,
    "history-within-telemetry": HISTORY,
    "telemetry-kept": HISTORY,
    "personal-history-bounded": HISTORY,
    "review-within-reach": "history-review-due",
    "retries-end-in-time": "history-outlasts-orchestration retries-idempotent stuck-is-near",
    "timers-end-in-time": "wait-has-end",
    "insights-no-key": "telemetry-by-identity",  # where a key will do, no identity is needed
    "store-no-shared-key": "no-content-share",  # where there is a key, a content share works
    "role-scope-narrow": "identity-no-admin",
    "vault-reference-identity": "no-idle-identity",
    "plan-two-instances": "site-always-on",
    "package-per-slot": "package-own",
    "elastic-bounded": "budget-for-growth",
    "host-json-advised": "host-json-fulfils",
    # where a token is asked for, the address does not matter; and the case shuts the SCM site
    "site-not-open": "authentication-one-tenant authentication-names-callers scm-not-open",
}


def rules_found(*changes: Change) -> set[str]:
    world = sound()
    for change in changes:
        change(world)
    return {finding.rule for finding in world.findings()}


def are_apart(one: str, other: str) -> bool:
    return one not in REPLACES.get(other, "").split() and other not in REPLACES.get(one, "").split()


@pytest.mark.parametrize("number", range(len(FIRST)), ids=lambda number: FIRST[number].rule)
def test_beside_any_other_mistake_each_is_found_and_under_no_further_name(number: int) -> None:
    one = FIRST[number]
    strange = {
        other.rule: found
        for other in FIRST[number + 1 :]
        if are_apart(one.rule, other.rule)
        and (found := rules_found(one.change, other.change)) != {one.rule, other.rule}
    }
    assert strange == {}


def test_what_replaces_another_mistake_is_a_rule_and_few_do() -> None:
    rules = {case.rule for case in FIRST}
    named = {one for names in REPLACES.values() for one in names.split()}
    assert (named | REPLACES.keys()) <= rules
    apart = sum(are_apart(one.rule, other.rule) for one in FIRST for other in FIRST) / len(FIRST) ** 2
    assert apart > 0.97
