"""Lifecycle rules delete nothing that a hub or a host still needs."""

from collections.abc import Iterator
from typing import Any

from environments import PACKAGE_CONTAINER
from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

POLICY = "azure-native:storage:ManagementPolicy"
LIVE = ("azure-webjobs", "scm", PACKAGE_CONTAINER, "app-package")
OF_HUB = ("-leases", "-applease", "-largemessages")


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each rule that deletes without a prefix, or under one where something lives."""
    for policy in subject.plan.of_type(POLICY):
        who = whose(subject.plan, policy, subject.described)
        rules = at(policy.inputs, "policy.rules")
        for number, rule in enumerate(rules if isinstance(rules, list) else [UNKNOWN], 1):
            if wrong := _wrong(rule):
                yield Violation(f"lifecycle rule {number} {wrong}", who, policy.urn)


def _wrong(rule: Any) -> str | None:
    deletes = at(rule, "definition.actions.baseBlob.delete")
    prefixes = at(rule, "definition.filters.prefixMatch")
    if deletes is MISSING or at(rule, "enabled") is False:
        return None
    if prefixes is MISSING or prefixes == []:
        return "deletes blobs under every prefix, those of hubs and hosts too"
    if not isinstance(prefixes, list) or UNKNOWN in prefixes:
        return f"has prefixes that {UNKNOWN_WORDS}"
    hit = [one for one in prefixes if _is_live(str(one).partition("/")[0])]
    return f"deletes under {', '.join(map(str, hit))}, where a hub or a host lives" if hit else None


def _is_live(container: str) -> bool:
    return container.endswith(OF_HUB) or any(container.startswith(one) or one.startswith(container) for one in LIVE)


RULE = Rule(
    slug="lifecycle-spares-hubs",
    ref="HK216",
    level={"production": Level.CRITICAL, "staging": Level.ERROR, "development": Level.ERROR},
    scope=Scope.PLAN,
    what="Lifecycle rules of a store delete only under prefixes where no hub, host or package lives.",
    why=(
        "Payloads of a waiting instance are old blobs that nobody touches: a rule on age deletes them, and the instance "
        "fails with `The specified blob does not exist` when its event comes at last."
    ),
    fix=(
        "Give the rule a `prefixMatch` of your own containers; history and payloads are deleted by a purge "
        "(`task_hub: {history_days: …}`), not by age."
    ),
    source="Storage considerations for Azure Functions: lifecycle management, 2026; durabletask issue #1215",
    check=check,
)
