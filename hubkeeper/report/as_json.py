"""Findings for programs: the JSON that other tools build on."""

import json
from typing import Any

from hubkeeper.check import CheckResult
from policies.finding import Finding


def render(result: CheckResult) -> str:
    """One object with `findings`, `changes` (what becomes of what runs, where there is a before) and `summary`.

    The keys are a contract.
    """
    summary = result.summary
    document = {
        "findings": [_finding(one) for one in result.findings],
        "changes": list(result.changes),
        "summary": {
            "levels": dict(summary.levels),
            "environments": list(summary.environments),
            "rules": summary.rules,
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "ref": finding.ref,
        "level": finding.level.value,
        "environment": finding.environment,
        "app": finding.app,
        "slot": finding.slot,
        "resource": finding.resource,
        "message": finding.message,
        "fix": finding.fix,
        "file": finding.file,
        "line": finding.line,
        "waived": dict(finding.waived) if finding.waived else None,
        "known": finding.known,
    }
