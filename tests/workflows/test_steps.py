"""The steps of the check, run as the service runs them: what a pull request gets to see, and what stops it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.check.projects import copied, replace_in
from tests.check.test_against import commit, git
from tests.workflows.pipelines import named

GH = """\
#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in *--paginate*) printf '%s' "$FOUND" ;; esac
"""


@pytest.fixture
def checkout(project_root: Path, tmp_path: Path) -> Path:
    """A repository as after `make venv`, on a branch that renames a hub."""
    project = copied(project_root, tmp_path / "checkout")
    git(tmp_path / "checkout", "init", "--quiet", "--initial-branch", "main")
    program = executable(
        project / ".venv" / "bin" / "hubkeeper",
        f'#!/bin/sh\nPYTHONPATH="{project_root}" exec "{sys.executable}" -m hubkeeper.cli "$@"\n',
    )
    (project / ".gitignore").write_text(".venv\n.hubkeeper\n__pycache__\nreport\n")
    commit(project, "begin")
    assert program.is_file()
    replace_in(project / "environments" / "prod.yaml", "task_hub:\n", "task_hub:\n      name: claims2\n")
    return project


def executable(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)
    return file


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """As the runner does: bash, which stops at the first error."""
    environment = {**os.environ, "BASE": "", "GITHUB_STEP_SUMMARY": str(folder / "summary.md"), **variables}
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_a_renamed_hub_stops_the_pull_request_with_an_annotation_at_its_line(checkout: Path) -> None:
    done = run(named("check.yml", "Check, with annotations at the lines"), checkout, BASE="main")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=environments/prod.yaml,line=")
    assert "title=HK801 hub-left-behind (critical)::" in done.stdout


def test_the_reports_are_written_although_there_are_findings(checkout: Path) -> None:
    for step in ("Report for code scanning", "Report for the pull request and the summary"):
        done = run(named("check.yml", step), checkout, BASE="main")
        assert done.returncode == 0, done.stderr
    assert "HK801" in (checkout / "report" / "hubkeeper.sarif").read_text()
    assert (checkout / "summary.md").read_text() == (checkout / "report" / "comment.md").read_text()


def test_without_a_base_only_what_is_is_judged(checkout: Path) -> None:
    done = run(named("check.yml", "Check, with annotations at the lines"), checkout)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("nothing found: ")


def test_bad_input_stops_every_step_with_one_line(checkout: Path) -> None:
    for step in ("Check, with annotations at the lines", "Report for code scanning"):
        done = run(named("check.yml", step), checkout, BASE="nowhere")
        assert done.returncode != 0
        assert len(done.stderr.splitlines()) == 1
        assert "--base nowhere: no such revision" in done.stderr


@pytest.mark.parametrize(
    ("found", "call"),
    [
        ("", "api --silent --method POST repos/o/r/issues/7/comments --field body=@report/comment.md"),
        ("41\n42\n", "api --silent --method PATCH repos/o/r/issues/comments/41 --field body=@report/comment.md"),
    ],
    ids=["first run", "later run"],
)
def test_there_is_one_comment_and_later_runs_edit_it(tmp_path: Path, found: str, call: str) -> None:
    executable(tmp_path / "bin" / "gh", GH)
    calls = tmp_path / "calls"
    done = run(
        named("check.yml", "One comment, edited by each later run"),
        tmp_path,
        PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        CALLS=str(calls),
        FOUND=found,
        GITHUB_REPOSITORY="o/r",
        NUMBER="7",
    )
    assert done.returncode == 0, done.stderr
    assert calls.read_text().splitlines()[-1] == call
    assert len(calls.read_text().splitlines()) == 2
