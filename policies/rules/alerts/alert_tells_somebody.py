"""An alert that is there is on, and tells somebody."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

LOG_ALERT = "azure-native:monitor:ScheduledQueryRule"
METRIC_ALERT = "azure-native:monitor:MetricAlert"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Its action groups: an id that is unknown in a preview is one all the same."""
    resource = subject.resource
    told = at(resource.inputs, "actions" if resource.type == METRIC_ALERT else "actions.actionGroups")
    if told is UNKNOWN:
        yield Violation(f"whom the alert tells {UNKNOWN_WORDS}, expected an action group")
    elif told is MISSING or not isinstance(told, list) or not told:
        yield Violation("the alert tells nobody, expected an action group")
    if at(resource.inputs, "enabled") is False:
        yield Violation("the alert is switched off, expected it on or not there")


RULE = Rule(
    slug="alert-tells-somebody",
    ref="HK782",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=(LOG_ALERT, METRIC_ALERT),
    what="Every alert is on and has an action group.",
    why="An alert without one turns red in a list that nobody looks at, and is counted on all the same.",
    fix="Give it `actions` with the action group's id, as the component does; or remove the alert.",
    source="Action groups, learn.microsoft.com, read 2026-11-22",
    check=check,
)
