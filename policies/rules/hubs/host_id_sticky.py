"""The host id stays with its slot when code is swapped."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import WEB_APP, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.rules.hubs.host_id_own import HOST_ID
from policies.rules.hubs.hub_sticky import STICKY_NAMES
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """Looks at the lists there are; that a list is missing altogether, hub-sticky says."""
    names = {str(site.name).lower(): site for site in sites(subject.plan) if site.resource.type != WEB_APP}
    for one in subject.plan.of_type(STICKY_NAMES):
        listed, site = at(one.inputs, "appSettingNames"), names.get(str(at(one.inputs, "name")).lower())
        if site is None or (isinstance(listed, list) and HOST_ID in listed):
            continue
        unread = listed is UNKNOWN or (isinstance(listed, list) and UNKNOWN in listed)
        wrong = f"whether {HOST_ID} is sticky {UNKNOWN_WORDS}" if unread else f"{HOST_ID} is not a slot setting"
        yield Violation(f"{wrong}, so a swap may give two hosts one id", site.whose, one.urn)


RULE = Rule(
    slug="host-id-sticky",
    ref="HK109",
    level=Level.WARNING,
    scope=Scope.PLAN,
    what="The host id is a slot setting of a site that has slots.",
    why=(
        "While a swap is under way both slots run with the settings of the target. A host id that travels is then "
        "that of two hosts, and one of them does not start until the swap is over."
    ),
    fix="List AzureFunctionsWebHost__hostid in `appSettingNames` of WebAppSlotConfigurationNames, as the component does.",
    source="Storage considerations for Azure Functions: override the host ID, 2026; functions host issue #10650",
    check=check,
)
