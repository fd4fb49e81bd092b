"""A site is kept loaded where its plan would unload it."""

from collections.abc import Iterator

from plan import UNKNOWN, Plan, Resource
from policies.hosting_plans import is_dedicated, plan_of
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site on a Dedicated plan without it, and for each elsewhere with it."""
    for site in sites(subject.plan, subject.described):
        if wrong := _wrong(subject.plan, site.resource):
            yield Violation(f"siteConfig.alwaysOn {wrong}", site.whose, site.resource.urn)


def _wrong(plan: Plan, site: Resource) -> str | None:
    hosting, always_on = plan_of(plan, site), at(site.inputs, "siteConfig.alwaysOn")
    dedicated = is_dedicated(hosting) if hosting else None
    if hosting is None:
        return None
    if UNKNOWN in (dedicated, always_on):
        return f"or the SKU of the plan {UNKNOWN_WORDS}, expected literals"
    if dedicated and always_on is not True:
        return "is not true, and the plan unloads a site that nobody calls"
    return "is true, which a plan that scales by itself refuses" if not dedicated and always_on is True else None


RULE = Rule(
    slug="site-always-on",
    ref="HK417",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Always On is true on Dedicated plans, and only there.",
    why=(
        "A Dedicated plan unloads a site after twenty minutes without a call. Timers stop, messages of the hub wait, "
        "and instances go on only when somebody happens to start another one."
    ),
    fix="Leave `alwaysOn` to the component, which sets it by the plan's SKU.",
    source="Dedicated hosting plans for Azure Functions: Always On, 2026; PSRule AZR-000077 leaves functions out",
    check=check,
)
