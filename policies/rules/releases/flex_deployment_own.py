"""On Flex Consumption, deployments lie in the application's own store and are read by identity."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from plan import UNKNOWN
from policies.reading import MAKE_LITERAL, UNKNOWN_WORDS, at
from policies.registered import STORE_SETTING, Site, is_flex, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

STORAGE = "functionAppConfig.deployment.storage"
BY_IDENTITY = ("SystemAssignedIdentity", "UserAssignedIdentity")


def check(subject: PlanSubject) -> Iterator[Violation]:
    """The container's address, and how it is reached."""
    for site in sites(subject.plan, subject.described):
        for wrong in _wrong(site) if is_flex(site.resource) else ():
            fix = MAKE_LITERAL if UNKNOWN_WORDS in wrong else None
            yield Violation(f"{STORAGE}.{wrong}", site.whose, site.resource.urn, fix=fix)


def _wrong(site: Site) -> Iterator[str]:
    kind = at(site.resource.inputs, f"{STORAGE}.authentication.type")
    if kind is UNKNOWN:
        yield f"authentication.type {UNKNOWN_WORDS}, expected {' or '.join(BY_IDENTITY)}"
    elif kind not in BY_IDENTITY:
        yield f"authentication.type is no identity, expected {' or '.join(BY_IDENTITY)}"
    container, store = at(site.resource.inputs, f"{STORAGE}.value"), site.settings.get(STORE_SETTING)
    if container is UNKNOWN:
        yield f"value {UNKNOWN_WORDS}, expected the address of a container"
    elif isinstance(store, str):
        host = (urlsplit(str(container)).hostname or "").lower()
        if not str(container).startswith("https://") or not host.startswith(f"{store.lower()}.blob."):
            yield f"value is not a container of the application's store {store}"


RULE = Rule(
    slug="flex-deployment-own",
    ref="HK630",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="On Flex Consumption, deployments lie in the application's own store and are read by identity.",
    why=(
        "Whoever can write the package runs code as the application's identity. A connection string needs the store's "
        "shared key, which opens the hub as well."
    ),
    fix="Leave `functionAppConfig.deployment` to the component: the container of the own store, and the own identity.",
    source="Flex Consumption: configure deployment settings, learn.microsoft.com, read 2026-11-22",
    check=check,
)
