"""Where people wait for orchestrations, somebody is told when those fail or stand still."""

from collections.abc import Iterator

from environments.alerts import ALERTS
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import EnvironmentSubject

#: Azure's severity up to which an alert is about lost or standing work.
GRAVE = 1


def check(subject: EnvironmentSubject) -> Iterator[Violation]:
    """One violation where there are no alerts at all, else one for each grave one that is left out."""
    alerts = subject.environment.alerts
    if alerts.enabled is False:
        yield Violation("alerts are switched off, expected them on", path=("alerts", "enabled"))
        return
    grave = {alert.slug: alert.title for alert in ALERTS if alert.severity <= GRAVE}
    for place, slug in enumerate(alerts.without):
        if slug in grave:
            message = f"nobody is told of '{grave[slug]}', expected the alert {slug}"
            yield Violation(message, path=("alerts", "without", place), level=Level.WARNING)


RULE = Rule(
    slug="alerts-on",
    ref="HK780",
    level={"production": Level.ERROR, "staging": Level.WARNING},
    also=(Level.WARNING,),
    scope=Scope.ENVIRONMENT,
    what="Staging and production have alerts, the grave ones among them.",
    why=(
        "An orchestration that fails or stands still makes no noise: no request fails, no page is red. Customers are "
        "the first to notice."
    ),
    fix="Remove `alerts: {enabled: false}`, and from `alerts: {without: […]}` what is about failed or standing work.",
    source="Azure Well-Architected Framework, operational excellence: emergency response, read 2026-11-22",
    check=check,
)
