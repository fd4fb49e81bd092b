"""The estates under examples/: each is read, recorded and judged by every rule, without an engine."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from environments import load_estate
from hubkeeper.check import check
from tests.check.projects import copied

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())
TODAY = date(2026, 11, 22)


def example_project(name: str, project_root: Path, target: Path) -> Path:
    """The project with the descriptions of an example in place of its own."""
    copied(project_root, target)
    shutil.copytree(project_root / "templates", target / "templates", dirs_exist_ok=True)
    for file in (target / "environments").glob("*.yaml"):
        file.unlink()
    for file in (EXAMPLES / name / "environments").glob("*.yaml"):
        (target / "environments" / file.name).write_bytes(file.read_bytes())
    return target


def test_there_is_an_example_of_every_kind_of_hosting() -> None:
    plans = [
        app.plan.facts.hosting
        for name in NAMES
        for environment in load_estate(EXAMPLES / name / "environments")
        for app in environment.apps.values()
    ]
    assert set(plans) == {"flex", "consumption", "elastic", "dedicated"}


@pytest.mark.parametrize("name", NAMES)
def test_no_rule_has_anything_against_an_example(name: str, project_root: Path, tmp_path: Path) -> None:
    project = example_project(name, project_root, tmp_path)
    result = check(project, [], TODAY, cache=False)
    assert [f"{one.level.value} {one.rule} {one.message} {one.resource}" for one in result.findings] == []
