"""Kept plans: never wrong, safe to delete, and no Pulumi where one is there."""

import ast
import os
import shutil
import subprocess
import sys
import typing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from hubkeeper.check import check, judging, kept_findings, plans
from hubkeeper.check.kept_findings import KeptFindings
from hubkeeper.check.plans import Plans
from hubkeeper.project import Project, find_project
from plan import Plan
from policies.configuration import Configuration
from policies.evaluate import BROKEN_SLUG
from policies.finding import Finding
from policies.rule import Level
from policies.subjects import PlanSubject, ResourceSubject
from tests.check.projects import TODAY, copied, replace_in

CHECK = """
import sys
from datetime import date
from pathlib import Path
from hubkeeper.check import check
result = check(Path(sys.argv[1]), None, date(2026, 11, 22))
print(len(result.findings), "pulumi" in sys.modules, "pulumi_policy" in sys.modules)
"""

FINDING = Finding(
    "a-rule", "HK1", Level.ERROR, "dev", "claims", None, "urn", "wrong", "mend", "x.yaml", 3, place="apps.claims"
)


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Project:
    return find_project(copied(project_root, tmp_path))


def test_a_second_check_never_imports_pulumi(project: Project, project_root: Path) -> None:
    command = [sys.executable, "-c", CHECK, str(project.root)]
    environment = {**os.environ, "PYTHONPATH": str(project_root)}
    run = [
        subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout for _ in range(2)
    ]
    assert run == ["0 True False\n", "0 False False\n"]


@pytest.mark.parametrize(
    "file",
    [
        "environments/dev.yaml",
        "environments/Pulumi.dev.yaml",
        "environments/names.py",
        "templates/queries/failures-by-cause.kql",
        "runbook-templates/queries/failures-by-cause.kql",
        "runbook-templates/shared/_our_window.kql",
        "runbook-templates/queries/_ours.jinja",
        "environments/catalogue/roles.yaml",
        "components/site.py",
        "components/new.py",
        "plan/model.py",
        "own_package/made_here.py",
        "own_package/policies/made_here.py",
        "__main__.py",
        "Pulumi.yaml",
    ],
)
def test_a_change_of_what_makes_a_plan_is_noticed(file: str, project: Project) -> None:
    before = Plans(project).key_of("dev")
    target = project.root / file
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a") as opened:
        opened.write("# changed\n")
    assert Plans(project).key_of("dev") != before


@pytest.mark.parametrize(
    "file",
    [
        "README.md",
        "templates/new.md.jinja",
        "tests/test_x.py",
        "own_package/node_modules/x.py",
        "runbook-templates/own/environment/visitors.md.jinja",
        "environments/prod.yaml",
        ".hubkeeper/x.py",
        "policies/y.py",
    ],
)
def test_a_change_of_what_does_not_is_ignored(file: str, project: Project) -> None:
    before = Plans(project).key_of("dev")
    target = project.root / file
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a") as opened:
        opened.write("# changed\n")
    assert Plans(project).key_of("dev") == before


def test_another_version_of_pulumi_is_noticed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Plans(project).key_of("dev")

    def newer(name: str) -> str:
        return "9.9.9" if name == "pulumi-azure-native" else "1.0"

    monkeypatch.setattr(plans, "version", newer)
    assert Plans(project).key_of("dev") != before


def test_a_newly_installed_package_is_noticed(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans._installed.cache_clear()
    before = Plans(project).key_of("dev")
    (tmp_path / "installed" / "some_hub_helpers-1.2.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    plans._installed.cache_clear()
    assert Plans(project).key_of("dev") != before
    plans._installed.cache_clear()


def test_a_description_saved_during_a_check_leaves_nothing_wrong_behind(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved after it was read and before its plan was recorded, and then again as it was."""
    file = project.descriptions / "dev.yaml"
    before, record = file.read_text(), plans.record_environment
    described = 'settings: {CLAIM_DOCUMENT_REMINDER_HOURS: "47"}'

    def saved_first(of: Project, environment: str) -> Plan:
        replace_in(file, 'settings: {CLAIM_DOCUMENT_REMINDER_HOURS: "48"}', described)
        return record(of, environment)

    monkeypatch.setattr(plans, "record_environment", saved_first)
    check(project.root, ["dev"], TODAY)
    monkeypatch.undo()
    for text, hours in ((file.read_text(), "47"), (before, "48")):
        file.write_text(text)
        now = Plans(project)
        assert KeptFindings(now.findings_file).get(now.findings_key_of("dev", repr(Configuration()))) is None
        kept = str(now.of("dev").to_deployment())
        assert f"'CLAIM_DOCUMENT_REMINDER_HOURS', 'value': '{hours}'" in kept


def test_that_a_rule_broke_is_not_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def broke(*_: object) -> list[Finding]:
        return [replace(FINDING, rule=BROKEN_SLUG, environment="dev")]

    monkeypatch.setattr(judging, "_in_plan", broke)
    assert {one.rule for one in check(project.root, ["dev"], TODAY).findings} == {BROKEN_SLUG}
    monkeypatch.undo()
    assert check(project.root, ["dev"], TODAY).findings == ()


def test_environments_do_not_get_each_others_plans(project: Project) -> None:
    assert Plans(project).of("dev").stack == "dev"
    assert Plans(project).of("prod").stack == "prod"
    assert Plans(project).of("dev").stack == "dev"


def test_a_kept_plan_is_the_recorded_one_and_a_spoilt_one_is_recorded_again(project: Project) -> None:
    recorded = Plans(project).of("dev")
    assert Plans(project).of("dev").to_deployment() == recorded.to_deployment()
    kept = list((project.private / "cache" / "plans").iterdir())
    assert len(kept) == 1
    kept[0].write_text("{")
    assert Plans(project).of("dev").to_deployment() == recorded.to_deployment()


def test_a_plan_with_a_secret_in_clear_is_not_kept(project: Project) -> None:
    described = 'settings: {CLAIM_DOCUMENT_REMINDER_HOURS: "48", PARTNER_PASSWORD: hunter2}'
    replace_in(project.descriptions / "dev.yaml", 'settings: {CLAIM_DOCUMENT_REMINDER_HOURS: "48"}', described)
    found = check(project.root, ["dev"], TODAY).findings
    assert {(one.rule, one.app) for one in found} == {("no-literal-secret", "claims")}
    assert not any(b"hunter2" in file.read_bytes() for file in project.private.rglob("*") if file.is_file())


def test_without_the_cache_nothing_is_kept(project: Project) -> None:
    Plans(project, keep=False).of("dev")
    assert not project.private.exists()


FINDINGS = """
import sys
from datetime import date
from pathlib import Path
from hubkeeper.check import check
result = check(Path(sys.argv[1]), None, date(*map(int, sys.argv[2].split("-"))))
print([(one.rule, one.environment, one.app, one.line) for one in result.findings])
"""


def found(project: Project, project_root: Path, day: str = "2026-11-22") -> list[tuple[str, ...]]:
    """What a check in a process of its own finds."""
    command = [sys.executable, "-c", FINDINGS, str(project.root), day]
    environment = {**os.environ, "PYTHONPATH": str(project_root)}
    told = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout.splitlines()[0]
    read: list[tuple[str, ...]] = ast.literal_eval(told)
    return read


def test_findings_are_looked_up_and_the_same_and_go_when_their_reason_goes(
    project: Project, project_root: Path
) -> None:
    site = project.root / "components" / "function_app.py"
    replace_in(site, "https_only=True", "https_only=False")
    first = found(project, project_root)
    assert {rule for rule, *_ in first} == {"site-https-only"}
    assert (project.private / "cache" / "findings.json").exists()
    assert found(project, project_root) == first
    replace_in(site, "https_only=False", "https_only=True")
    assert found(project, project_root) == []
    replace_in(site, "https_only=True", "https_only=False")
    assert found(project, project_root) == first


def test_kept_findings_are_not_used_for_another_description_of_the_same_environment(project: Project) -> None:
    plans = Plans(project)
    before = {name: plans.findings_key_of(name, "") for name in ("dev", "prod")}
    with (project.descriptions / "dev.yaml").open("a") as opened:
        opened.write("# changed\n")
    after = {name: Plans(project).findings_key_of(name, "") for name in ("dev", "prod")}
    assert after["dev"] != before["dev"]
    assert after["prod"] == before["prod"]
    assert Plans(project).findings_key_of("prod", "another configuration") != before["prod"]


@pytest.mark.parametrize("package", ["policies", "hubkeeper"])
def test_another_rule_or_another_way_to_judge_is_noticed(
    package: str, project: Project, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules[package]
    elsewhere = tmp_path_factory.mktemp("elsewhere") / package
    shutil.copytree(module.__path__[0], elsewhere, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(module, "__path__", [str(elsewhere)])
    before = Plans(project)
    keys = before.key_of("dev"), before.findings_key_of("dev", "")
    changed = next(elsewhere.rglob("*/*.py"))
    changed.write_text(changed.read_text() + "# changed\n")
    after = Plans(project)
    assert after.findings_key_of("dev", "") != keys[1]
    assert after.key_of("dev") == keys[0]


def test_a_date_is_judged_afresh_with_everything_kept(project: Project, project_root: Path) -> None:
    assert found(project, project_root) == []
    late = found(project, project_root, "2029-11-22")
    assert "history-review-due" in {rule for rule, *_ in late}
    assert found(project, project_root) == []


def test_no_rule_on_plans_is_given_a_date() -> None:
    """Else its findings could not be kept."""
    for subject in (ResourceSubject, PlanSubject):
        kinds = typing.get_type_hints(subject).values()
        assert not {date, datetime} & set(kinds)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "other"}', '{"format": "hubkeeper-findings-1"}'])
def test_a_spoilt_file_of_findings_is_as_good_as_none(content: str, tmp_path: Path) -> None:
    file = tmp_path / "findings.json"
    file.write_text(content)
    kept = KeptFindings(file)
    assert kept.get("key") is None
    kept.put("key", [])
    kept.write(["key"])
    assert KeptFindings(file).get("key") == []


def test_findings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept = KeptFindings(tmp_path / "findings.json")
    kept.put("key", [FINDING])
    kept.write(["key"])
    again = KeptFindings(tmp_path / "findings.json")
    assert again.get("key") == [FINDING]
    assert again.get("other") is None


def test_findings_of_what_is_used_no_more_go_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_findings, "_KEEP", 2)
    file = tmp_path / "findings.json"
    for number in range(6):
        kept = KeptFindings(file)
        kept.put(f"key {number}", [])
        kept.write([f"key {number}"])
    assert [number for number in range(6) if KeptFindings(file).get(f"key {number}") is not None] == [3, 4, 5]
