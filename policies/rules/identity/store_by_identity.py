"""A site reaches its store by identity, with every setting that needs."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MAKE_LITERAL, MISSING, UNKNOWN_WORDS
from policies.registered import SERVICE_SETTINGS, SITES, STORE_SETTING, is_function_app, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

PLAIN = "AzureWebJobsStorage"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each setting that is missing, wrong, or there and must not be."""
    if not is_function_app(subject.resource):
        return
    settings = settings_of(subject.resource)
    store = settings.get(STORE_SETTING)
    if store is MISSING:
        yield Violation(f"{STORE_SETTING} is not registered, expected the name of the storage account")
    elif store is UNKNOWN:
        yield Violation(f"{STORE_SETTING} {UNKNOWN_WORDS}, expected a literal name", fix=MAKE_LITERAL)
    credential = settings.get(f"{PLAIN}__credential")
    if credential is UNKNOWN:
        yield Violation(f"{PLAIN}__credential {UNKNOWN_WORDS}, expected managedidentity", fix=MAKE_LITERAL)
    elif credential != "managedidentity":
        yield Violation(f"{PLAIN}__credential is missing or something else, expected managedidentity")
    if settings.get(f"{PLAIN}__clientId") is MISSING:
        yield Violation(f"{PLAIN}__clientId is not registered, expected the client id of the application's identity")
    if settings.complete and settings.get(PLAIN) is not MISSING:
        yield Violation(f"{PLAIN} is registered, and an exact name wins over {PLAIN}__…, so the identity is not used")
    for name in SERVICE_SETTINGS:
        if settings.has(name):
            yield Violation(f"{name} is registered and wins over {STORE_SETTING}, so a part of the store is elsewhere")
    if settings.has(f"{PLAIN}__managedIdentityResourceId"):
        yield Violation(f"{PLAIN}__managedIdentityResourceId is registered, which Durable Functions does not know")


RULE = Rule(
    slug="store-by-identity",
    ref="HK301",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what=(
        "Each site has AzureWebJobsStorage__accountName, __credential=managedidentity and __clientId, no plain "
        "AzureWebJobsStorage and no address of a single service."
    ),
    why=(
        "With one of them missing the host falls back to another identity or to none and does not start. A plain "
        "AzureWebJobsStorage, even an empty one, is an exact match and wins. `__blobServiceUri` and its like win over the "
        "account's name: hubs are then not where they seem to be."
    ),
    fix=(
        "Leave these settings to the component, and remove AzureWebJobsStorage from wherever it is set (remove it, do "
        "not blank it)."
    ),
    source=(
        "Configure Durable Functions with managed identity, learn.microsoft.com, 2026-05-20; functions host, "
        "StorageServiceUriOptions, 2024-10"
    ),
    check=check,
)
