"""A Dedicated plan of production has two instances."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.hosting_plans import HOSTING_PLAN, is_dedicated
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Plans that the platform scales replace a lost instance by themselves."""
    dedicated, count = is_dedicated(subject.resource), at(subject.resource.inputs, "sku.capacity")
    path = (*subject.whose.path, "plan", "minimum_instances")
    if dedicated is UNKNOWN or (dedicated and count is UNKNOWN):
        yield Violation(f"sku.tier or sku.capacity {UNKNOWN_WORDS}, expected literals", path=path)
    elif dedicated and (count is MISSING or count < 2):
        yield Violation("the plan has one instance, and nobody works while it is replaced", path=path)


RULE = Rule(
    slug="plan-two-instances",
    ref="HK431",
    level={"production": Level.WARNING},
    scope=Scope.RESOURCE,
    types=(HOSTING_PLAN,),
    what="In production a Dedicated plan has two instances or more.",
    why=(
        "The platform updates hosts when it likes. With a single one every orchestration stands still for minutes, "
        "timers fire late, and partners that wait for an answer give up."
    ),
    fix="Set `plan: {minimum_instances: 2}`.",
    source="PSRule AZR-000071, with its exceptions for plans that scale by themselves; Checkov CKV_AZURE_212 has none",
    check=check,
)
