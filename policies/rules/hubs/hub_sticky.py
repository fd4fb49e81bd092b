"""The setting that names the hub stays with the slot or goes with the code, as `hub_binding` declares."""

from collections.abc import Iterator

from environments import DATABASE_SETTING, HUB_SETTING
from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import WEB_APP_SLOT, Site, is_on_database, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

STICKY_NAMES = "azure-native:web:WebAppSlotConfigurationNames"


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each slot whose hub setting would do something else in a swap than is declared."""
    for site in sites(subject.plan, subject.described):
        stays = _binding(subject, site) == "slot"
        # On MSSQL the name is what people read, and the connection is what leads to the hub.
        settings = (HUB_SETTING, DATABASE_SETTING) if is_on_database(site) else (HUB_SETTING,)
        for setting in settings if site.resource.type == WEB_APP_SLOT else ():
            if wrong := _wrong(subject, site, stays, setting):
                path = (*site.whose.path, "hub_binding")
                expected = "it sticky for `hub_binding: slot`" if stays else "it not sticky for `hub_binding: code`"
                yield Violation(f"{wrong}, expected {expected}", site.whose, site.resource.urn, path)


def _binding(subject: PlanSubject, site: Site) -> str:
    """What nothing describes is held to the safer one: new code on a known hub, rather than a hub out of sight."""
    app = subject.described.apps.get(site.whose.app or "") if subject.described else None
    slot = app.slots.get(site.whose.slot or "") if app else None
    return slot.hub_binding if slot else "slot"


def _wrong(subject: PlanSubject, site: Site, stays: bool, setting: str) -> str | None:
    lists = [one for one in subject.plan.of_type(STICKY_NAMES) if _same_site(at(one.inputs, "name"), site.name)]
    names = [at(one.inputs, "appSettingNames") for one in lists]
    if site.name is UNKNOWN:
        return f"the site's name {UNKNOWN_WORDS}"
    for listed in names:
        if isinstance(listed, list) and setting in listed:
            return None if stays else f"{setting} is sticky, so a swap takes the hub from the code it belongs to"
        if listed is UNKNOWN or (isinstance(listed, list) and UNKNOWN in listed):
            return f"whether {setting} is sticky {UNKNOWN_WORDS}"
    return f"{setting} is not in the site's WebAppSlotConfigurationNames, so a swap moves the hub" if stays else None


def _same_site(one: object, other: object) -> bool:
    return one is UNKNOWN or (isinstance(one, str) and isinstance(other, str) and one.lower() == other.lower())


RULE = Rule(
    slug="hub-sticky",
    ref="HK106",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what=(
        "TASKHUB_NAME, and on MSSQL SQLDB_Connection, is a slot setting of the site where `hub_binding: slot` is declared, "
        "and none for `code`."
    ),
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
