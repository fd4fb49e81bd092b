"""The setting that names the hub stays with the slot, as `hub_binding: slot` declares."""

from collections.abc import Iterator

from environments import HUB_SETTING
from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import WEB_APP_SLOT, Site, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

STICKY_NAMES = "azure-native:web:WebAppSlotConfigurationNames"


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each slot whose hub setting would be swapped."""
    for site in sites(subject.plan, subject.described):
        if site.resource.type == WEB_APP_SLOT and (wrong := _wrong(subject, site)):
            path = (*site.whose.path, "hub_binding")
            yield Violation(f"{wrong}, expected it sticky for `hub_binding: slot`", site.whose, site.resource.urn, path)


def _wrong(subject: PlanSubject, site: Site) -> str | None:
    lists = [one for one in subject.plan.of_type(STICKY_NAMES) if _same_site(at(one.inputs, "name"), site.name)]
    names = [at(one.inputs, "appSettingNames") for one in lists]
    if site.name is UNKNOWN:
        return f"the site's name {UNKNOWN_WORDS}"
    for listed in names:
        if isinstance(listed, list) and HUB_SETTING in listed:
            return None
        if listed is UNKNOWN or (isinstance(listed, list) and UNKNOWN in listed):
            return f"whether {HUB_SETTING} is sticky {UNKNOWN_WORDS}"
    return f"{HUB_SETTING} is not in the site's WebAppSlotConfigurationNames, so a swap moves the hub"


def _same_site(one: object, other: object) -> bool:
    return one is UNKNOWN or (isinstance(one, str) and isinstance(other, str) and one.lower() == other.lower())


RULE = Rule(
    slug="hub-sticky",
    ref="HK106",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Where `hub_binding: slot` is declared, TASKHUB_NAME is a slot setting of the site.",
    why=(
        "A setting that is not sticky goes to the other slot in a swap: the new code gets staging's empty hub, and "
        "production's running instances go on in the staging slot, on the old code, unseen."
    ),
    fix=(
        "List TASKHUB_NAME in `appSettingNames` of WebAppSlotConfigurationNames; there is one such list for a site. "
        "The component does so by itself for `slots: {<slot>: {hub_binding: slot}}`."
    ),
    source=(
        "Set up staging environments in Azure Functions; Task hubs in Durable Functions, 2026-04-22; pulumi-azure-"
        "native issue #834"
    ),
    check=check,
)
