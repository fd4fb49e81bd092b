"""Levels and parameters of the rules, as the project's policy-config.json sets them."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from environments import DescriptionError
from hubkeeper.check import Against, check
from policies.configuration import policy_names
from policies.pack import policies_of
from policies.project import Description
from policies.rule import Level
from policies.rules import RULES
from tests.check.projects import TODAY, copied, replace_in


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Path:
    return copied(project_root, tmp_path)


def configure(project: Path, config: Any) -> None:
    folder = project / "policies"
    folder.mkdir(exist_ok=True)
    (folder / "policy-config.json").write_text(config if isinstance(config, str) else json.dumps(config, indent=2))


def found(project: Path) -> list[tuple[str, Level]]:
    return [(one.rule, one.level) for one in check(project, ["prod"], TODAY).findings]


def test_a_parameter_moves_the_bound_of_a_rule(project: Path) -> None:
    configure(project, {"personal-history-bounded": {"days": 100}})
    assert found(project) == [("personal-history-bounded", Level.ERROR)]
    configure(project, {"personal-history-bounded": {"days": 120}})
    assert found(project) == []


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("mandatory", [("purge-scheduled", Level.ERROR)]),
        ("advisory", [("purge-scheduled", Level.WARNING)]),
        ("disabled", []),
    ],
)
def test_a_level_is_set_as_in_the_engine(project: Path, level: str, expected: list[tuple[str, Level]]) -> None:
    replace_in(project / "environments" / "prod.yaml", "purged_by: scheduled-job", "purged_by: operator")
    configure(project, {"purge-scheduled": level})
    assert found(project) == expected
    configure(project, {"all": level})
    assert found(project) == expected


def test_the_two_policies_of_a_rule_are_set_apart(project: Path) -> None:
    file = project / "environments" / "prod.yaml"
    replace_in(file, 'review_due: "2027-05-01"', 'review_due: "2026-01-01"')
    replace_in(file, 'review_due: "2027-03-15"', 'review_due: "2026-01-01"')
    assert found(project) == [("history-review-due", Level.ERROR), ("history-review-due", Level.WARNING)]
    configure(project, {"history-review-due-advice": "disabled"})
    assert found(project) == [("history-review-due", Level.ERROR)]
    configure(project, {"history-review-due": {"enforcementLevel": "disabled"}})
    assert found(project) == [("history-review-due", Level.WARNING)]


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (
            {"purge-schedule": "disabled"},
            ":2: purge-schedule: no policy has this name, expected a rule's slug, did you mean",
        ),
        (
            {"site-http2": "off"},
            ":2: site-http2.enforcementLevel: 'off', expected one of advisory, mandatory, disabled",
        ),
        ({"stuck-is-near": {"times": 1}}, ":3: stuck-is-near.times: 1, expected a whole number from 2 to 1000"),
        ({"stuck-is-near": {"days": 3}}, ":3: stuck-is-near.days: no parameter of this rule, expected one of times"),
        ({"site-http2": {"days": 3}}, ":3: site-http2.days: no parameter of this rule, expected no parameter"),
        ({"site-http2": 1}, ":2: site-http2: 1, expected a level, or an object with one and parameters"),
        ([], ":1: "),
        ("{", ":1: "),
        ("", ":1: "),
    ],
)
def test_a_configuration_that_does_not_fit_is_told_with_its_line(project: Path, config: Any, told: str) -> None:
    configure(project, config)
    with pytest.raises(DescriptionError) as caught:
        check(project, ["prod"], TODAY)
    assert "policies/policy-config.json" + told in str(caught.value)


def test_the_names_are_those_of_the_pack() -> None:
    in_pack = {policy.name for policy in policies_of(Description(None))}
    assert {name for rule in RULES for name, _ in policy_names(rule)} <= in_pack


def test_rules_on_changes_are_set_as_all_others(project: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=project, check=True)
    subprocess.run(["git", "add", "environments"], cwd=project, check=True)
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", *who, "commit", "-q", "-m", "before"], cwd=project, check=True)
    replace_in(project / "environments" / "prod.yaml", "    slots:\n      staging: {hub_binding: slot}\n", "")
    against = Against(base="HEAD")

    def levels() -> set[Level]:
        found = check(project, ["prod"], TODAY, against=against).findings
        return {one.level for one in found if one.rule == "slot-removed"}

    assert levels() == {Level.ERROR}
    configure(project, {"slot-removed": "advisory"})
    assert levels() == {Level.WARNING}
    configure(project, {"slot-removed": "disabled"})
    assert levels() == set()
