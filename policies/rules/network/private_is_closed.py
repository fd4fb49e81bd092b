"""What is reached by a private endpoint is closed to everybody else."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.networks import privately_reached, public_access
from policies.reading import MISSING, UNKNOWN_WORDS
from policies.registered import whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each store, vault, site or slot that still answers to all networks."""
    told: set[str] = set()
    for target, _ in privately_reached(subject.plan):
        value = public_access(target)
        if value == "Disabled" or target.urn in told:
            continue
        told.add(target.urn)
        is_so = UNKNOWN_WORDS if value is UNKNOWN else "is not set" if value is MISSING else f"is {value!r}"
        message = f"publicNetworkAccess {is_so} beside a private endpoint, expected Disabled"
        yield Violation(message, whose(subject.plan, target, subject.described), target.urn)


RULE = Rule(
    slug="private-is-closed",
    ref="HK541",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="A store, vault or site that a private endpoint leads to has public network access turned off.",
    why=(
        "An endpoint opens a second way in and closes none. With the first one open the network protects nothing, and "
        "everybody believes that it does."
    ),
    fix="Set `publicNetworkAccess: Disabled`, as the components do for an application with `network:`.",
    source="Use private endpoints for Azure Storage, read 2026-11-23; Checkov CKV_AZURE_59, CKV_AZURE_189",
    check=check,
)
