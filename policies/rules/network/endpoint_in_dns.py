"""Every private endpoint has its address in a zone that its network asks."""

from collections.abc import Iterator

from plan import UNKNOWN, Plan, Resource
from policies.networks import ENDPOINT, LINK, ZONE, ZONE_GROUP
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

_NAME, _CONFIGS = "privateEndpointName", "privateDnsZoneConfigs"


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each endpoint whose address nobody finds."""
    for endpoint in subject.plan.of_type(ENDPOINT):
        if wrong := _wrong(subject.plan, endpoint):
            yield Violation(wrong, whose(subject.plan, endpoint, subject.described), endpoint.urn)


def _wrong(plan: Plan, endpoint: Resource) -> str | None:
    name = at(endpoint.inputs, _NAME)
    groups = [one for one in plan.of_type(ZONE_GROUP) if at(one.inputs, _NAME) == name]
    if name is UNKNOWN or any(at(one.inputs, _CONFIGS) is UNKNOWN for one in groups):
        return f"{_NAME if name is UNKNOWN else _CONFIGS} {UNKNOWN_WORDS}: whether its address is in a zone cannot be checked"
    if not any(at(one.inputs, _CONFIGS) not in (MISSING, []) for one in groups):
        return "no zone tells the address of a private endpoint, so its name leads to the closed public one"
    used = {urn for one in groups for urn in one.property_dependencies.get(_CONFIGS, ())}
    for zone in (one for one in plan.of_type(ZONE) if one.urn in used):
        if not any(_is_of(link, zone) for link in plan.of_type(LINK)):
            return f"no network asks the zone {at(zone.inputs, 'privateZoneName')}: it is made here and not linked"
    return None


def _is_of(link: Resource, zone: Resource) -> bool:
    named = at(link.inputs, "privateZoneName")
    return named is UNKNOWN or named == at(zone.inputs, "privateZoneName")


RULE = Rule(
    slug="endpoint-in-dns",
    ref="HK542",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Every private endpoint has a zone group, and zones that are made here are linked to a network.",
    why=(
        "Azure changes no program's address of a store. Only the private zone makes the same name lead to the endpoint; "
        "without it the host asks the public address, which is closed, and never starts."
    ),
    fix="Take the component, which makes both, or name the zone under `private_dns_zone_resource_ids`.",
    source="Azure Private Endpoint DNS configuration, learn.microsoft.com, read 2026-11-23",
    check=check,
)
