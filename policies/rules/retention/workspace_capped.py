"""The workspace has a daily cap."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """A cap that is set and positive; -1 is Azure's word for none."""
    cap = at(subject.resource.inputs, "workspaceCapping.dailyQuotaGb")
    path = ("telemetry", "daily_cap_gb")
    if cap is UNKNOWN:
        yield Violation(f"workspaceCapping.dailyQuotaGb {UNKNOWN_WORDS}, expected a number of gigabytes", path=path)
    elif cap is MISSING or not isinstance(cap, int | float) or cap <= 0:
        yield Violation("the workspace has no daily cap, expected workspaceCapping.dailyQuotaGb above 0", path=path)


RULE = Rule(
    slug="workspace-capped",
    ref="HK208",
    level=Level.WARNING,
    scope=Scope.RESOURCE,
    types=("azure-native:operationalinsights:Workspace",),
    what="The Log Analytics workspace has a daily cap.",
    why=(
        "One orchestration in a loop writes a trace for every replay; without a cap a night of it costs more than a "
        "month."
    ),
    fix="Set `telemetry: {daily_cap_gb: …}`.",
    source="Set daily cap on Log Analytics workspace, learn.microsoft.com, read 2026-11-22",
    check=check,
)
