"""A site whose store is closed to all networks is in one itself."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.networks import is_integrated, public_access, store_of
from policies.reading import MAKE_LITERAL, UNKNOWN_WORDS
from policies.registered import STORE_SETTING, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site or slot that is shut out from its own store."""
    for site in sites(subject.plan, subject.described):
        store = store_of(subject.plan, site, STORE_SETTING)
        if store is None or is_integrated(site.resource):
            continue
        access = public_access(store)
        if access is UNKNOWN:
            message = f"publicNetworkAccess of its store {UNKNOWN_WORDS}: whether it is shut out cannot be checked"
            yield Violation(message, site.whose, site.resource.urn, fix=MAKE_LITERAL)
        elif access == "Disabled":
            message = "its store is closed to all networks and it is in none: no virtualNetworkSubnetId"
            yield Violation(message, site.whose, site.resource.urn)


RULE = Rule(
    slug="private-hub-reached",
    ref="HK543",
    level=Level.CRITICAL,
    scope=Scope.PLAN,
    what="A site whose store takes no public requests is integrated with a virtual network, and so is each of its slots.",
    why=(
        "The host keeps its locks, keys and task hub in the store. Shut out from it, it does not start, running instances "
        "stand still, and their messages wait until somebody notices. A slot has an integration of its own, and "
        "what a swap does with it is told in two ways: one without it can shut production out."
    ),
    fix="Give the application `network: {subnet: …}`; the components integrate the site and every slot.",
    source="Azure Functions networking options; what is swapped: Azure Functions deployment slots, read 2026-11-23",
    check=check,
)
