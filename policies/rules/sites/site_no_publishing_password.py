"""No password publishes code: basic authentication is off for FTP and for the SCM endpoint."""

from collections.abc import Iterator

from plan import UNKNOWN, Resource
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import SITES, WEB_APP_SLOT, is_flex, whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject, of_type

DOORS = {"FTP": "azure-native:web:WebAppFtpAllowed", "SCM": "azure-native:web:WebAppScmAllowed"}


def check(subject: PlanSubject) -> Iterator[Violation]:
    """Each site and slot has both doors as resources of their own, found by the site's name and the slot's.

    Flex Consumption has no FTP.
    """
    for site in of_type(subject.plan.resources.values(), *SITES):
        who = whose(subject.plan, site, subject.described)
        for door, token in DOORS.items():
            if door == "FTP" and is_flex(site):
                continue
            of_slot = f"{token}Slot" if site.type == WEB_APP_SLOT else token
            if wrong := _wrong(site, subject.plan.of_type(of_slot)):
                yield Violation(f"publishing by password over {door} {wrong}, expected `allow: false`", who, site.urn)


def _wrong(site: Resource, doors: list[Resource]) -> str | None:
    own = [door for door in doors if all(_same(site, door, key) for key in ("name", "slot"))]
    allowed = [at(door.inputs, "allow") for door in own]
    if any(one is False for one in allowed):
        return None
    return UNKNOWN_WORDS if UNKNOWN in allowed else "is not turned off"


def _same(site: Resource, door: Resource, key: str) -> bool:
    one, other = at(site.inputs, key), at(door.inputs, key)
    return one is not UNKNOWN and str(one).lower() == str(other).lower()


RULE = Rule(
    slug="site-no-publishing-password",
    ref="HK415",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Basic publishing credentials are off for FTP and SCM on every site and slot.",
    why=(
        "They are one password for the whole site, shared, without a second factor, and they replace the code of "
        "running orchestrations."
    ),
    fix="Add WebAppFtpAllowed and WebAppScmAllowed (and the …Slot ones) with `allow: false`, as the components do.",
    source="Disable basic authentication in App Service deployments, read 2026-11-22",
    check=check,
)
