"""The application's own host.json in a check: its lines are told beside those of the descriptions."""

from pathlib import Path

import pytest

from hubkeeper.check import CheckResult, check
from policies.rule import Level
from tests.check.projects import TODAY, copied, replace_in

VERSIONED = '    versioning: {default_version: "1.4"}\n'


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Path:
    """The shipped estate, in which prod names the host.json of claims, in a folder beside the project."""
    project = tmp_path / "infrastructure"
    project.mkdir()
    copied(project_root, project)
    named = f"{VERSIONED}    host_json: ../src/claims/host.json\n"
    replace_in(project / "environments" / "prod.yaml", VERSIONED, named)
    return project


def with_file(project: Path, golden: str) -> CheckResult:
    file = project / ".." / "src" / "claims" / "host.json"
    file.parent.mkdir(parents=True)
    file.write_text(golden, encoding="utf-8")
    return check(project, ["prod"], TODAY, cache=False)


@pytest.fixture
def golden(project_root: Path) -> str:
    file = project_root / "tests" / "environments" / "host_json" / "golden" / "claims.json"
    return file.read_text(encoding="utf-8")


def test_the_file_that_is_written_for_an_application_passes(project: Path, golden: str) -> None:
    assert with_file(project, golden).findings == ()


def test_a_wrong_line_of_it_is_told_with_file_and_line(project: Path, golden: str) -> None:
    (one,) = with_file(project, golden.replace("%TASKHUB_NAME%", "claims")).findings
    assert (one.rule, one.level, one.environment, one.app) == ("host-json-fulfils", Level.ERROR, "prod", "claims")
    assert (one.file, one.line) == ("../src/claims/host.json", 9)
    assert one.message == (
        "extensions.durableTask.hubName: 'claims' is one hub for every environment and slot, expected \"%TASKHUB_NAME%\""
    )


def test_two_wrong_lines_of_it_are_two_findings_that_a_baseline_tells_apart(project: Path, golden: str) -> None:
    wrong = golden.replace("%TASKHUB_NAME%", "claims").replace(
        '"traceInputsAndOutputs": false', '"traceInputsAndOutputs": true'
    )
    findings = with_file(project, wrong).findings
    assert [one.line for one in findings] == [9, 20]
    assert len({one.place for one in findings}) == 2


def test_a_file_that_is_not_there_is_an_error_and_no_silence(project: Path) -> None:
    (one,) = check(project, ["prod"], TODAY, cache=False).findings
    lines = (project / "environments" / "prod.yaml").read_text(encoding="utf-8").splitlines()
    assert (one.level, one.file) == (Level.ERROR, "environments/prod.yaml")
    assert one.line is not None
    assert "host_json: ../src/claims/host.json" in lines[one.line - 1]
    assert "../src/claims/host.json: the file cannot be read (No such file or directory)" in one.message


def test_a_file_that_only_production_names_is_no_affair_of_another_environment(project: Path) -> None:
    assert check(project, ["dev"], TODAY, cache=False).findings == ()


@pytest.mark.parametrize(
    ("edited", "told", "level"),
    [
        ("prod", "16, while dev has 8 and test has 8", Level.ERROR),
        ("dev", "16, while prod has 8 and test has 8", Level.ERROR),
    ],
)
def test_one_edit_that_no_one_host_json_can_say_is_one_finding_where_it_was_made(
    project_root: Path, tmp_path: Path, edited: str, told: str, level: Level
) -> None:
    project = copied(project_root, tmp_path)
    line = replace_in(project / "environments" / f"{edited}.yaml", "partition_count: 8", "partition_count: 16")
    (one,) = [one for one in check(project, None, TODAY).findings if one.rule == "one-host-json"]
    assert (one.file, one.line, one.level) == (f"environments/{edited}.yaml", line, level)
    assert told in one.message
