"""Slots on Elastic Premium can be swapped though their store is closed."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.hosting_plans import plan_of
from policies.networks import public_access, store_of
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import STORE_SETTING, WEB_APP_SLOT, Site, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

SETTING = "WEBSITE_OVERRIDE_STICKY_DIAGNOSTICS_SETTINGS"


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site with slots, and each slot, that lacks the setting."""
    found = list(sites(subject.plan, subject.described))
    swapped = {one.name for one in found if one.resource.type == WEB_APP_SLOT and isinstance(one.name, str)}
    for site in found:
        value = site.settings.get(SETTING)
        if site.name not in swapped or value == "0" or not _is_closed(subject, site):
            continue
        is_so = UNKNOWN_WORDS if value is UNKNOWN else "is not set" if value is MISSING else "is not 0"
        yield Violation(f"{SETTING} {is_so}, expected 0 in every slot", site.whose, site.resource.urn)


def _is_closed(subject: PlanSubject, site: Site) -> bool:
    """Whether it is on Elastic Premium and its store takes no public requests."""
    store, hosting = store_of(subject.plan, site, STORE_SETTING), plan_of(subject.plan, site.resource)
    tier = at(hosting.inputs, "sku.tier") if hosting else MISSING
    return store is not None and public_access(store) == "Disabled" and tier == "ElasticPremium"


RULE = Rule(
    slug="private-app-swaps",
    ref="HK546",
    level=Level.WARNING,
    scope=Scope.PLAN,
    what="Slots on Elastic Premium whose store is closed have WEBSITE_OVERRIDE_STICKY_DIAGNOSTICS_SETTINGS at 0.",
    why=(
        "A swap moves an old logging feature that reaches for the store from outside of the network. The swap fails, "
        "usually in the middle of a release."
    ),
    fix="Take the settings of the description (`settings_of`), which have it for production and every slot.",
    source="App settings reference for Azure Functions, learn.microsoft.com, 2026",
    check=check,
)
