"""No table of a workspace keeps telemetry shorter than the workspace says."""

from collections.abc import Iterator

from plan import UNKNOWN, Resource
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

TABLE = "azure-native:operationalinsights:Table"
WORKSPACE = "azure-native:operationalinsights:Workspace"
#: Where Durable Functions are seen; "Data in Application Insights", read 2026-11-22.
SEEN_IN = ("AppTraces", "AppRequests", "AppDependencies", "AppExceptions", "FunctionAppLogs")


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each table; -1 and nothing mean as the workspace."""
    known = [at(one.inputs, "retentionInDays") for one in subject.plan.of_type(WORKSPACE)]
    least = min((days for days in known if isinstance(days, int)), default=0)
    for table in subject.plan.of_type(TABLE):
        if at(table.inputs, "tableName") in (*SEEN_IN, UNKNOWN) and (wrong := _wrong(table, least)):
            yield Violation(wrong, resource=table.urn, path=("telemetry", "retention_days"))


def _wrong(table: Resource, least: int) -> str | None:
    name, days = at(table.inputs, "tableName"), at(table.inputs, "retentionInDays")
    if UNKNOWN in (days, name):
        return f"the retention of a table {UNKNOWN_WORDS}"
    return (
        f"table {name} keeps {days} days, its workspace {least}" if days is not MISSING and 0 <= days < least else None
    )


RULE = Rule(
    slug="table-keeps-telemetry",
    ref="HK215",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.PLAN,
    what="No table with telemetry of applications keeps less than its workspace.",
    why=(
        "The retention of a table overrides that of the workspace, and shows nowhere on the workspace's page: the "
        "tracking events of Durable Functions, which are in AppTraces, are gone when an instance is asked about."
    ),
    fix="Remove `retentionInDays` of the table, or set it to the workspace's (`telemetry: {retention_days: …}`) or more.",
    source="Manage data retention in a Log Analytics workspace: table-level retention, read 2026-11-22",
    check=check,
)
