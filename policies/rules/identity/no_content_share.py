"""No content share where the store refuses keys."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import STORAGE_ACCOUNT, STORE_SETTING, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

CONTENT = ("WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTSHARE")


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each content setting of a site whose own store takes keys from nobody."""
    keyless = {
        str(at(account.inputs, "accountName")).lower()
        for account in subject.plan.of_type(STORAGE_ACCOUNT)
        if at(account.inputs, "allowSharedKeyAccess") in (False, UNKNOWN)
    }
    for site in sites(subject.plan, subject.described):
        store = site.settings.get(STORE_SETTING)
        if store is not UNKNOWN and str(store).lower() not in keyless:
            continue
        if not site.settings.complete:
            yield Violation(
                f"the name of a setting {UNKNOWN_WORDS}, expected literal names", site.whose, site.resource.urn
            )
            continue
        for name in CONTENT:
            if site.settings.get(name) is not MISSING:
                path = ("apps", site.whose.app or "", "settings", name)
                message = f"{name} is registered, but a content share needs a key and the store takes none"
                yield Violation(message, site.whose, site.resource.urn, path)


RULE = Rule(
    slug="no-content-share",
    ref="HK302",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="A site whose store has shared keys off has no content-share settings.",
    why=(
        "Azure Files has no identity-based connection for content: the site is deployed, cannot mount its files, and "
        "never starts."
    ),
    fix=(
        "Remove WEBSITE_CONTENTAZUREFILECONNECTIONSTRING and WEBSITE_CONTENTSHARE; the package is read from the "
        "private container by WEBSITE_RUN_FROM_PACKAGE and the identity."
    ),
    source="Storage considerations for Azure Functions: create an app without Azure Files, 2026",
    check=check,
)
