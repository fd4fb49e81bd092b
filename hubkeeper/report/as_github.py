"""Findings as GitHub's workflow commands: annotations at the lines of a pull request.

Format: "Workflow commands for GitHub Actions", docs.github.com, read 2026-11-22; escapes as actions/toolkit, command.ts does.
"""

from hubkeeper.check import CheckResult
from hubkeeper.report.words import NO_FILE, counted, excused, looked_at, whose
from policies.finding import Finding
from policies.rule import Level

_COMMANDS = {Level.CRITICAL: "error", Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(result: CheckResult) -> str:
    """One command a finding, and a last line for people. What is waived or known is a notice."""
    return "\n".join([*(_command(one) for one in result.findings), f"{counted(result)}: {looked_at(result)}"]) + "\n"


def _command(finding: Finding) -> str:
    name = "notice" if excused(finding) else _COMMANDS[finding.level]
    title = f"{finding.ref} {finding.rule} ({finding.level.value})"
    properties = {"file": finding.file or NO_FILE, "line": str(finding.line or 1), "title": title}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    excuse = excused(finding)
    message = f"{whose(finding)}: {finding.message}" + (f"\n{excuse}" if excuse else f"\nFix: {finding.fix}")
    return f"::{name} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
