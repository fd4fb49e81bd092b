"""Elastic Premium in a network lets the runtime itself watch its triggers."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.hosting_plans import plan_of
from policies.networks import is_integrated
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

_MONITORED = "siteConfig.functionsRuntimeScaleMonitoringEnabled"


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site or slot in a network that nobody scales."""
    for site in sites(subject.plan, subject.described):
        hosting = plan_of(subject.plan, site.resource)
        if hosting is None or not is_integrated(site.resource):
            continue
        tier, monitored = at(hosting.inputs, "sku.tier"), at(site.resource.inputs, _MONITORED)
        if tier is UNKNOWN or (tier == "ElasticPremium" and monitored is UNKNOWN):
            yield Violation(
                f"sku.tier or {_MONITORED} {UNKNOWN_WORDS}, expected literals", site.whose, site.resource.urn
            )
        elif tier == "ElasticPremium" and monitored is not True:
            is_so = "is not set" if monitored is MISSING else f"is {monitored!r}"
            yield Violation(f"{_MONITORED} {is_so} in a network, expected true", site.whose, site.resource.urn)


RULE = Rule(
    slug="private-app-scales",
    ref="HK545",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="A site on Elastic Premium in a virtual network has runtime scale monitoring.",
    why=(
        "The platform's scale controller is outside of the network and sees no queue. The application stays at its "
        "pre-warmed instances, whatever piles up in its hub."
    ),
    fix="Leave `plan: {scale_monitoring: …}` out: the components turn it on for an application with `network:`.",
    source="Azure Functions networking options: virtual network triggers, read 2026-11-23; durable extension issue #1632",
    check=check,
)
