"""What a check says, to people and to programs."""

import json
from dataclasses import replace

import pytest

from hubkeeper.check import CheckResult
from hubkeeper.check.result import summarized
from hubkeeper.report import render
from policies.finding import Finding
from policies.rule import Level
from tests.report import findings

SHARED = replace(findings.SHARED, fix="Give one a name of its own.")
CAP = replace(
    SHARED,
    rule="workspace-capped",
    ref="HK208",
    level=Level.WARNING,
    app=None,
    slot=None,
    resource="urn:pulumi:prod::p::azure-native:operationalinsights:Workspace::workspace",
    message="the workspace has no daily cap",
    file=None,
    line=None,
)
WAIVED = replace(
    SHARED, app="freight", waived={"reason": "drained by Friday", "owner": "freight", "expires": "2026-12-01"}
)


def result(*findings: Finding) -> CheckResult:
    return summarized(findings, ("prod", "test"), 33)


def test_json_has_exactly_the_keys_that_others_build_on() -> None:
    document = json.loads(render(result(SHARED, CAP), "json"))
    assert document["findings"][0] == {
        "rule": "unique-task-hub",
        "ref": "HK101",
        "level": "critical",
        "environment": "prod",
        "app": "claims",
        "slot": "staging",
        "resource": None,
        "message": SHARED.message,
        "fix": SHARED.fix,
        "file": "environments/prod.yaml",
        "line": 31,
        "waived": None,
        "known": False,
    }
    assert document["summary"] == {
        "levels": {"critical": 1, "error": 0, "warning": 1, "note": 0},
        "environments": ["prod", "test"],
        "rules": 33,
    }
    assert list(document) == ["findings", "changes", "summary"]


def test_a_waived_finding_stays_visible_and_fails_nothing() -> None:
    waived = result(WAIVED)
    assert not waived.fails
    assert waived.summary.levels["critical"] == 0
    assert json.loads(render(waived, "json"))["findings"][0]["waived"]["reason"] == "drained by Friday"
    assert "critical HK101 unique-task-hub in slot staging, waived until 2026-12-01: drained by Friday" in render(
        waived
    )
    assert render(waived).endswith("1 waived: 33 rules on prod, test.\n")


def test_text_names_place_level_rule_and_what_to_do() -> None:
    assert render(result(SHARED, CAP)) == (
        "prod/claims\n"
        "  environments/prod.yaml:31: critical HK101 unique-task-hub in slot staging\n"
        f"    {SHARED.message}\n"
        "    fix: Give one a name of its own.\n"
        "\n"
        "prod\n"
        "  workspace: warning HK208 workspace-capped\n"
        "    the workspace has no daily cap\n"
        "    fix: Give one a name of its own.\n"
        "\n"
        "1 critical, 1 warning: 33 rules on prod, test.\n"
    )


def test_nothing_found_is_one_line() -> None:
    assert render(result()) == "Nothing found: 33 rules on prod, test.\n"


def test_colour_comes_only_where_it_is_asked_for() -> None:
    assert "\x1b" not in render(result(SHARED))
    colored = render(result(SHARED), color=True)
    assert "\x1b[1;31mcritical\x1b[0m" in colored
    assert "\x1b" not in render(result(SHARED), "json", color=True)


@pytest.mark.parametrize(
    ("level", "fails"), [(Level.CRITICAL, True), (Level.ERROR, True), (Level.WARNING, False), (Level.NOTE, False)]
)
def test_only_error_and_above_fail_a_check(level: Level, fails: bool) -> None:
    assert result(replace(SHARED, level=level)).fails is fails


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of text, json, sarif, junit, github, markdown"):
        render(result(), "yaml")
