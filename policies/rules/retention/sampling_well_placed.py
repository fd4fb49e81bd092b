"""Settings that set sampling are spelled so that the host reads them."""

from collections.abc import Iterator

from policies.reading import UNKNOWN_WORDS
from policies.registered import SITES, is_function_app, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

HOST = "azurefunctionsjobhost__"
READ_FROM = "azurefunctionsjobhost__logging__applicationinsights__samplingsettings__"
KNOWN = frozenset(
    READ_FROM + name
    for name in (
        "isenabled",
        "maxtelemetryitemspersecond",
        "evaluationinterval",
        "initialsamplingpercentage",
        "samplingpercentageincreasetimeout",
        "samplingpercentagedecreasetimeout",
        "minsamplingpercentage",
        "maxsamplingpercentage",
        "movingaverageratio",
        "excludedtypes",
        "includedtypes",
    )
)


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each override that speaks of sampling and that no host knows."""
    if not is_function_app(subject.resource):
        return
    settings = settings_of(subject.resource)
    for name in settings.values:
        key = name.lower()
        if key.startswith(HOST) and ("sampling" in key or "excludedtypes" in key) and key not in KNOWN:
            path = (*subject.whose.path[:2], "settings", name)
            yield Violation(f"setting {name} is read by no host, so sampling stays as it was", path=path)
    if not settings.complete:
        yield Violation(f"the name of a setting {UNKNOWN_WORDS}, expected literal names")


RULE = Rule(
    slug="sampling-well-placed",
    ref="HK220",
    level=Level.WARNING,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Settings for sampling are keys of logging.applicationInsights.samplingSettings.",
    why=(
        "A key in the wrong place is not refused: `samplingExcludedTypes` or `logging__samplingSettings` change "
        "nothing, and the tracking events of orchestrations are dropped when they are needed."
    ),
    fix="Set sampling in the description (`telemetry: {sampling: …}`) and remove the setting from `settings:`.",
    source="Functions host, ApplicationInsightsLoggerOptionsSetup, read 2026-06; azure-docs issues #47219, #51027",
    check=check,
)
