"""Application Insights stores into the workspace."""

from collections.abc import Iterator

from policies.reading import MISSING, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """The workspace must be set. An id that is known only later is one that a resource of this plan gives."""
    if at(subject.resource.inputs, "workspaceResourceId") is MISSING:
        yield Violation("workspaceResourceId is not set, expected a workspace of this environment")
    if at(subject.resource.inputs, "ingestionMode") not in ("LogAnalytics", MISSING):
        yield Violation("ingestionMode is not LogAnalytics")


RULE = Rule(
    slug="insights-workspace-based",
    ref="HK207",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=("azure-native:applicationinsights:Component",),
    what="Application Insights is workspace-based.",
    why="Classic components are retired; only in a workspace do retention, cap and the queries of the runbook apply.",
    fix="Set `workspaceResourceId` to the environment's workspace.",
    source=(
        "Migrate to workspace-based Application Insights (classic retired 2024-02-29), read 2026-11-22; PSRule "
        "AZR-000069"
    ),
    check=check,
)
