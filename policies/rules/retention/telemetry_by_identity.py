"""Where Application Insights takes no key, every site sends telemetry as an identity."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

AUTHENTICATION = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING"
INSIGHTS = "azure-native:applicationinsights:Component"


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site; a value that holds the identity's id is unknown, and well."""
    keyless = [at(one.inputs, "disableLocalAuth") in (True, UNKNOWN) for one in subject.plan.of_type(INSIGHTS)]
    for site in sites(subject.plan, subject.described) if any(keyless) else ():
        value, there = site.settings.get(AUTHENTICATION), site.settings.has(AUTHENTICATION)
        if there is None:
            message = f"whether {AUTHENTICATION} is registered {UNKNOWN_WORDS}"
            yield Violation(message, site.whose, site.resource.urn)
        elif value is MISSING or (isinstance(value, str) and "authorization=aad" not in value.lower()):
            message = f"{AUTHENTICATION} does not say Authorization=AAD, and Application Insights takes no key"
            yield Violation(message, site.whose, site.resource.urn)


RULE = Rule(
    slug="telemetry-by-identity",
    ref="HK218",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Where local authentication is off, every site registers APPLICATIONINSIGHTS_AUTHENTICATION_STRING.",
    why="Telemetry sent with a key only is refused, without an error that the site shows: it is as if nothing ran.",
    fix="Set it to `ClientId=<client id>;Authorization=AAD`, as the component does, and grant Monitoring Metrics Publisher.",
    source="Microsoft Entra authentication for Application Insights; App settings reference, read 2026-11-22",
    check=check,
)
