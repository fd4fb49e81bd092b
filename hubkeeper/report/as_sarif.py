"""Findings as SARIF 2.1.0, for code scanning: locations, fingerprints, the rules with their help, suppressions.

Format: OASIS, Static Analysis Results Interchange Format 2.1.0 with errata 01; what GitHub reads of it: "SARIF support for code
scanning", docs.github.com, read 2026-11-22.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hubkeeper.check import CheckResult
from hubkeeper.report.words import NO_FILE, excused, whose
from hubkeeper.versions import own_version
from policies.baseline import fingerprint
from policies.finding import Finding
from policies.rule import Level, Rule
from policies.rules.everything import CATALOGUE

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Level.CRITICAL: "error", Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}
# GitHub sorts by this number: 9 and above is critical, 7 high, 4 medium, below that low.
_SEVERITIES = {Level.CRITICAL: "9.5", Level.ERROR: "8.0", Level.WARNING: "5.0", Level.NOTE: "2.0"}


def render(result: CheckResult) -> str:
    """One run with every rule of the catalogue, whether it found something or not."""
    position = {rule.slug: number for number, rule in enumerate(CATALOGUE)}
    driver = {
        "name": "hubkeeper",
        "semanticVersion": own_version(),
        "rules": [_rule(rule) for rule in CATALOGUE],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"hubkeeper/{'+'.join(result.summary.environments)}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"PROJECT": {"description": {"text": "The folder that holds Pulumi.yaml."}}},
        "results": [_result(one, position) for one in result.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    worst = max(rule.levels)
    return {
        "id": rule.ref,
        "name": "".join(part.capitalize() for part in rule.slug.split("-")),
        "shortDescription": {"text": rule.slug},
        "fullDescription": {"text": rule.what},
        "help": {
            "text": f"{rule.why}\n\nFix: {rule.fix}\n\nSource: {rule.source}",
            "markdown": f"{rule.why}\n\n**Fix**: {rule.fix}\n\n**Source**: {rule.source}",
        },
        "defaultConfiguration": {"level": _LEVELS[worst]},
        "properties": {"security-severity": _SEVERITIES[worst], "tags": ["security", "durable-functions"]},
    }


def _result(finding: Finding, position: dict[str, int]) -> dict[str, Any]:
    # A rule that broke is no rule of the catalogue and so has no place there.
    index = {"ruleIndex": position[finding.rule]} if finding.rule in position else {}
    result: dict[str, Any] = {
        "ruleId": finding.ref,
        **index,
        "level": _LEVELS[finding.level],
        "message": {"text": f"{whose(finding)}: {finding.message}. Fix: {finding.fix}"},
        "locations": [_location(finding)],
        "partialFingerprints": {"hubkeeper/v1": fingerprint(finding)},
        "properties": {"level": finding.level.value},
    }
    if finding.known:
        result["baselineState"] = "unchanged"
    if excused(finding):
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": excused(finding)}]
    return result


def _artifact(file: str) -> dict[str, str]:
    """A file of the project is relative to its folder, any other one an address of its own; both are URIs, not paths."""
    if Path(file).is_absolute():
        return {"uri": Path(file).as_uri()}
    return {"uri": quote(file), "uriBaseId": "PROJECT"}


def _location(finding: Finding) -> dict[str, Any]:
    """GitHub shows nothing without a file."""
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(finding.file or NO_FILE),
            "region": {"startLine": finding.line or 1},
        }
    }
    if finding.resource:
        name = finding.resource.rpartition("::")[2]
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": finding.resource, "kind": "resource"}]
    return location
