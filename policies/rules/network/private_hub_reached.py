"""A site whose store, scheduler or SQL server is closed to all networks is in one itself."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.networks import is_integrated, public_access, store_of
from policies.reading import MAKE_LITERAL, UNKNOWN_WORDS
from policies.registered import STORE_SETTING, scheduler_of, server_of, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site or slot that is shut out from what its host needs, whatever that is."""
    for site in sites(subject.plan, subject.described):
        if is_integrated(site.resource):
            continue
        needed = {
            "store": store_of(subject.plan, site, STORE_SETTING),
            "scheduler": scheduler_of(subject.plan, site),
            "SQL server": server_of(subject.plan, site),
        }
        access = {what: public_access(one) for what, one in needed.items() if one is not None}
        if closed := [what for what, said in access.items() if said == "Disabled"]:
            are = "is" if len(closed) == 1 else "are"
            message = (
                f"its {' and '.join(closed)} {are} closed to all networks and it is in none: no virtualNetworkSubnetId"
            )
            yield Violation(message, site.whose, site.resource.urn)
        elif unread := [what for what, said in access.items() if said is UNKNOWN]:
            which = " and ".join(unread)
            message = f"publicNetworkAccess of its {which} {UNKNOWN_WORDS}: whether it is shut out cannot be checked"
            yield Violation(message, site.whose, site.resource.urn, fix=MAKE_LITERAL)


RULE = Rule(
    slug="private-hub-reached",
    ref="HK543",
    level=Level.CRITICAL,
    scope=Scope.PLAN,
    what=(
        "A site whose store, scheduler or SQL server takes no public requests is integrated with a virtual network, and so is "
        "each of its slots."
    ),
    why=(
        "The host keeps its locks and keys in the store, and its task hub there, in the scheduler or on the server. Shut out "
        "from one of them, it does not start or finds no work, running instances stand still, and their messages wait until "
        "somebody notices: a scheduler answers 403, as if a role were missing. A slot has an integration of its own, and "
        "what a swap does with it is told in two ways: one without it can shut production out."
    ),
    fix="Give the application `network: {subnet: …}`; the components integrate the site and every slot.",
    source=(
        "Azure Functions networking options; what is swapped: Azure Functions deployment slots, read 2026-11-23; private "
        "endpoints of the Durable Task Scheduler, 2026-03-24"
    ),
    check=check,
)
