"""Hosts that share a store each have a host id of their own."""

from collections.abc import Iterator
from typing import Any

from plan import UNKNOWN
from policies.reading import MAKE_LITERAL, MISSING, UNKNOWN_WORDS
from policies.registered import STORE_SETTING, Site, is_flex, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

HOST_ID = "AzureFunctionsWebHost__hostid"
LONGEST = 32


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each host of a shared store whose id is missing, unknown, too long or another's too."""
    # Flex Consumption has no such setting, and no slots.
    hosts = [site for site in sites(subject.plan, subject.described) if not is_flex(site.resource)]
    for site in hosts:
        ids = [other.settings.get(HOST_ID) for other in hosts if _may_share(site, other)]
        own = site.settings.get(HOST_ID)
        if len(ids) > 1 and (wrong := _wrong(own, ids)):
            fix = MAKE_LITERAL if own is UNKNOWN else None
            yield Violation(f"{HOST_ID} {wrong}", site.whose, site.resource.urn, fix=fix)


def _may_share(one: Site, other: Site) -> bool:
    """Whether two hosts have one store; an unknown store may be any."""
    stores = one.settings.get(STORE_SETTING), other.settings.get(STORE_SETTING)
    return UNKNOWN in stores or str(stores[0]).lower() == str(stores[1]).lower()


def _wrong(own: Any, ids: list[Any]) -> str | None:
    if own is MISSING:
        return "is not registered, so the host id is the first 32 characters of the site's name, as its neighbour's is"
    if not isinstance(own, str):
        return f"{UNKNOWN_WORDS}, expected a literal id"
    if len(own) > LONGEST:
        return f"has {len(own)} characters, expected at most {LONGEST}"
    return "is the id of another slot of the same store" if ids.count(own) > 1 else None


RULE = Rule(
    slug="host-id-own",
    ref="HK108",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Sites and slots that share a store each register a host id of their own, of at most 32 characters.",
    why=(
        "A host takes its locks and timers in the store under its id. Left out, the id is the first 32 characters of "
        "the site's name: production and a slot then have one id, refuse to start (AZFD0004) or run each timer once "
        "for both."
    ),
    fix=(
        "Keep AzureFunctionsWebHost__hostid among the settings: derived of environment, app and slot, or the one an existing "
        "host has (`names: {host_id: …}`)."
    ),
    source="Storage considerations for Azure Functions: host ID considerations, 2026; functions host issue #10650",
    check=check,
)
