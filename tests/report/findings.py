"""Findings of every sort, some of them with texts that a format could trip over."""

from dataclasses import replace

from hubkeeper.check import CheckResult
from hubkeeper.check.result import summarized
from policies.finding import Finding
from policies.rule import Level

SHARED = Finding(
    rule="unique-task-hub",
    ref="HK101",
    level=Level.CRITICAL,
    environment="prod",
    app="claims",
    slot="staging",
    resource=None,
    message="task hub 'prodclaims' is also the hub of prod/claims/production (environments/prod.yaml:22)",
    fix="Remove `task_hub: {name: …}` from one of the two.",
    file="environments/prod.yaml",
    line=31,
    place="apps.claims.slots.staging",
)
SETTLED = replace(SHARED, rule="hub-explicit", ref="HK104", level=Level.ERROR, slot=None, message="it is not there")
CAP = replace(
    SHARED,
    rule="workspace-capped",
    ref="HK208",
    level=Level.WARNING,
    app=None,
    slot=None,
    resource="urn:pulumi:prod::p::hubkeeper:index:Telemetry$azure-native:operationalinsights:Workspace::workspace",
    message="the workspace has no daily cap",
    file=None,
    line=None,
)
NOTE = replace(CAP, level=Level.NOTE, rule="history-review-due", ref="HK204")
BROKE = replace(CAP, rule="rule-broke", ref="HK901", level=Level.ERROR, environment="", message="a rule broke")
WAIVED = replace(
    SHARED, app="freight", waived={"reason": "drained by Friday", "owner": "freight", "expires": "2026-12-01"}
)
KNOWN = replace(SETTLED, app="genomics", known=True)
HOSTILE = replace(
    SHARED,
    app="claims",
    message='100% of <b>"it"</b> & ]]> | `x` ::error::\r\nsecond line @team #1 [a](http://b) \x1b[31m \x00, $(rm)',
    fix="Say `a|b`, then <script>, 50%: done",
)
ALL = (SHARED, SETTLED, CAP, NOTE, BROKE, WAIVED, KNOWN, HOSTILE)


def result(*findings: Finding) -> CheckResult:
    return summarized(findings, ("prod", "test"), 33)
