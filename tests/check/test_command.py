"""`hubkeeper check` as it is typed: exit codes, files, and one line for what it cannot use."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hubkeeper.report import FORMATS
from tests.check.projects import copied, replace_in

TODAY = ("--today", "2026-11-22")


@pytest.fixture(scope="module")
def project(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which the hub of production is the slot's as well; the plans are kept between the tests."""
    copy = copied(project_root, tmp_path_factory.mktemp("command") / "project")
    replace_in(copy / "environments" / "dev.yaml", "{hub_binding: slot}", "{hub_binding: slot, task_hub: devclaims}")
    return copy


def hubkeeper(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hubkeeper.cli", "check", "--project", str(project), *TODAY, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_goes_to_standard_output_or_whole_into_a_file(project: Path, tmp_path: Path, format: str) -> None:
    shown = hubkeeper(project, "dev", "--format", format)
    file = tmp_path / "deep" / "report"
    written = hubkeeper(project, "dev", "--format", format, "--output", str(file))
    assert (shown.returncode, written.returncode, shown.stderr, written.stdout) == (1, 1, "", "")
    assert file.read_text().rstrip("\n") == shown.stdout.rstrip("\n")
    assert "unique-task-hub" in shown.stdout or "UniqueTaskHub" in shown.stdout


def test_a_baseline_is_written_once_used_and_only_shrinks(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    first = hubkeeper(project, "dev", "--write-baseline", str(file))
    assert (first.returncode, first.stderr) == (0, f"{file}: 2 known findings\n")
    assert "2 known" in first.stdout
    assert len(json.loads(file.read_text())["findings"]) == 2
    assert hubkeeper(project, "dev", "--baseline", str(file)).returncode == 0

    emptied = tmp_path / "empty.json"
    emptied.write_text('{"version": 1, "findings": []}')
    again = hubkeeper(project, "dev", "--write-baseline", str(emptied))
    assert again.returncode == 1
    assert again.stderr == f"{emptied}: 0 known findings; 2 new ones stay out (--baseline-may-grow lets them in)\n"
    assert json.loads(emptied.read_text())["findings"] == []
    grown = hubkeeper(project, "dev", "--write-baseline", str(emptied), "--baseline-may-grow")
    assert grown.returncode == 0
    assert emptied.read_text() == file.read_text()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--base", "nowhere"], "--base"),
        (["--base", ""], "--base is empty"),
        (["--baseline-may-grow"], "--baseline-may-grow without --write-baseline"),
        (["--output", "/proc/hubkeeper/report"], "--output /proc/hubkeeper/report: cannot be written"),
        (["--state", "none.json"], "none.json: the file cannot be read"),
        (["--baseline", "none.json"], "none.json: the file cannot be read"),
    ],
    ids=lambda one: one[0] if isinstance(one, list) else None,
)
def test_what_cannot_be_used_is_one_line_and_exit_code_2(project: Path, arguments: list[str], expected: str) -> None:
    done = hubkeeper(project, "dev", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert expected in done.stderr


def test_a_check_whose_output_is_closed_still_tells_by_its_exit_code(project: Path) -> None:
    command = [sys.executable, "-m", "hubkeeper.cli", "check", "dev", "--project", str(project), *TODAY]
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command], stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_terminal_of_another_alphabet_shows_what_it_can() -> None:
    command = [sys.executable, "-m", "hubkeeper.cli", "explain", "HK202"]
    whole, narrow = (
        subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": one}, check=True).stdout
        for one in ("utf-8", "latin-1")
    )
    assert (
        narrow.decode("latin-1")
        == whole.decode().encode("latin-1", "backslashreplace").decode("latin-1")
        != whole.decode()
    )


def test_waivers_that_cannot_be_used_are_a_line_each_and_exit_code_2(project_root: Path, tmp_path: Path) -> None:
    copy = copied(project_root, tmp_path / "project")
    (copy / "policies").mkdir()
    (copy / "policies" / "waivers.yaml").write_text("waivers:\n  - {rule: HK999, target: dev, reason: a, owner: b}\n")
    done = hubkeeper(copy, "dev")
    assert done.returncode == 2
    assert done.stderr.startswith("policies/waivers.yaml:2: waivers[0].expires: missing, expected a day in quotes")


@pytest.mark.parametrize("name", ["HK801", "hub-left-behind", "waiver-expired", "HK906"])
def test_rules_on_changes_and_waivers_are_explained_like_all_others(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hubkeeper.cli", "explain", name], capture_output=True, text=True, check=True
    )
    assert all(word in done.stdout for word in ("Why ", "Fix ", "Source "))


def test_the_command_tells_its_version_and_each_line_of_its_help_is_whole() -> None:
    def said(*arguments: str) -> str:
        command = [sys.executable, "-m", "hubkeeper.cli", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said("--version").startswith("hubkeeper ")
    lines = said("--help").partition("Commands:")[2].strip().splitlines()
    assert len(lines) > 8
    assert all(line.endswith(".") and not line.endswith("...") for line in lines)
