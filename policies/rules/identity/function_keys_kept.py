"""Function keys are kept where a swap does not lose them."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS
from policies.registered import SITES, is_function_app, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

KEPT_IN = "AzureWebJobsSecretStorageType"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Not set means blobs, which is well."""
    if not is_function_app(subject.resource):
        return
    value = settings_of(subject.resource).get(KEPT_IN)
    if value is UNKNOWN:
        yield Violation(f"{KEPT_IN} {UNKNOWN_WORDS}, expected blob or keyvault")
    elif value is not MISSING and str(value).lower() not in ("blob", "keyvault"):
        yield Violation(f"{KEPT_IN} keeps keys on the instance's own disk, expected blob or keyvault")


RULE = Rule(
    slug="function-keys-kept",
    ref="HK313",
    level=Level.WARNING,
    scope=Scope.RESOURCE,
    types=SITES,
    what="AzureWebJobsSecretStorageType is blob, keyvault, or not set.",
    why=(
        "Keys kept in files are made anew in a swap and differ between instances: callers, and whoever raises events "
        "by the management address that a status reply gave out, are turned away."
    ),
    fix="Remove AzureWebJobsSecretStorageType from `settings:`; blobs of the store are the default.",
    source="Azure Functions deployment slots; App settings reference (AzureWebJobsSecretStorageType), read 2026-11-22",
    check=check,
)
