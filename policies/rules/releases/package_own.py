"""Code comes from the application's own store."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from plan import UNKNOWN
from policies.reading import MAKE_LITERAL, UNKNOWN_WORDS
from policies.registered import STORE_SETTING, Site, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

PACKAGE = "WEBSITE_RUN_FROM_PACKAGE"


def check(subject: PlanSubject) -> Iterator[Violation]:
    """Only addresses: `1`, which is a package of the site itself, and nothing are no matter of this rule."""
    for site in sites(subject.plan, subject.described):
        if wrong := _wrong(site):
            fix = MAKE_LITERAL if site.settings.get(PACKAGE) is UNKNOWN else None
            path = (*site.whose.path, "package")
            yield Violation(f"{PACKAGE} {wrong}", site.whose, site.resource.urn, path, fix=fix)


def _wrong(site: Site) -> str | None:
    package, store = site.settings.get(PACKAGE), site.settings.get(STORE_SETTING)
    if package is UNKNOWN:
        return f"{UNKNOWN_WORDS}, expected the address of a blob"
    if not isinstance(package, str) or "://" not in package or not isinstance(store, str):
        return None
    host = (urlsplit(package).hostname or "").lower()
    if not package.startswith("https://") or host.partition(".")[0] != store.lower() or ".blob." not in host:
        return f"is not a blob of the application's store {store}"
    return None


RULE = Rule(
    slug="package-own",
    ref="HK607",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="A site runs a package from its own application's store.",
    why=(
        "Whoever can write the package runs code as the application's identity. A package in another environment's "
        "store is changed there by people who do not know who else runs it, and it is gone when that one is."
    ),
    fix="Name the blob alone (`package: claims-1.4.0.zip`); the address in the own private container is derived.",
    source="Run your functions from a package file: external package URL, read 2026-11-22",
    check=check,
)
