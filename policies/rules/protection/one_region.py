"""Everything of an environment is in the environment's region."""

from collections.abc import Iterator

from plan import UNKNOWN, Resource
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import RESOURCE_GROUP, whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """Against the description; without one against the resource groups. What is global has no region."""
    regions = {subject.described.location} if subject.described else _of_groups(subject)
    for resource in subject.plan.resources.values():
        location = at(resource.inputs, "location")
        if location is MISSING or not regions or str(location).lower() == "global":
            continue
        known = _normal(location) in regions
        if not known:
            message = (
                UNKNOWN_WORDS if location is UNKNOWN else f"is {location}, expected {' or '.join(sorted(regions))}"
            )
            yield Violation(f"location {message}", whose(subject.plan, resource, subject.described), resource.urn)


def _of_groups(subject: PlanSubject) -> set[str]:
    return {_normal(at(one.inputs, "location")) for one in subject.plan.of_type(RESOURCE_GROUP) if _said(one)}


def _said(group: Resource) -> bool:
    return isinstance(at(group.inputs, "location"), str)


def _normal(location: object) -> str:
    return str(location).replace(" ", "").lower()


RULE = Rule(
    slug="one-region",
    ref="HK503",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Every resource is in the region of its environment.",
    why=(
        "A host polls its hub all day: across regions each poll is slower and paid for, one region's outage stops the "
        "work of two, and personal data is where nobody declared it."
    ),
    fix="Set `location` to the environment's; where a service is not offered there, waive the finding and say why.",
    source="Storage considerations for Azure Functions: storage account location, 2026",
    check=check,
)
