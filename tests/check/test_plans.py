"""Kept plans: never wrong, safe to delete, and no Pulumi where one is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hubkeeper.check import check, plans
from hubkeeper.check.plans import Plans
from hubkeeper.project import Project, find_project
from tests.check.projects import TODAY, copied, replace_in

CHECK = """
import sys
from datetime import date
from pathlib import Path
from hubkeeper.check import check
result = check(Path(sys.argv[1]), None, date(2026, 11, 22))
print(len(result.findings), "pulumi" in sys.modules, "pulumi_policy" in sys.modules)
"""


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
        "environments/catalogue/roles.yaml",
        "components/site.py",
        "components/new.py",
        "plan/model.py",
        "own_package/made_here.py",
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
