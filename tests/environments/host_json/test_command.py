"""`hubkeeper host-json`: the file on standard output, or what is wrong with one that is there."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hubkeeper.cli import app, main

Run = Callable[..., Result]
GOLDEN = Path(__file__).with_name("golden") / "claims.json"


@pytest.fixture
def run(project_root: Path) -> Run:
    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, ["host-json", *map(str, arguments), "--project", str(project_root)])

    return invoke


def test_it_prints_the_file_and_nothing_else(run: Run) -> None:
    result = run("claims")
    assert (result.exit_code, result.stdout, result.stderr) == (0, GOLDEN.read_text(encoding="utf-8"), "")


def test_a_file_that_fulfils_the_contract_is_well(run: Run) -> None:
    result = run("claims", "--check", GOLDEN)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{GOLDEN}: nothing to mend\n", "")


def test_a_file_that_does_not_is_told_line_by_line(run: Run) -> None:
    result = run("freight", "--check", GOLDEN)
    assert result.exit_code == 1
    assert [line.split(": ")[:2] for line in result.stderr.splitlines()] == [
        [f"{GOLDEN}:10", "extensions.durableTask.defaultVersion"],
        [f"{GOLDEN}:15", "extensions.durableTask.storageProvider.partitionCount"],
    ]
    assert result.stdout == f"{GOLDEN}: 2 to mend\n"


def test_what_works_and_is_better_otherwise_is_told_and_is_nothing_to_mend(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "host.json"
    file.write_text(GOLDEN.read_text(encoding="utf-8").replace("[4.30.0, 5.0.0)", "[4.38.0]"), encoding="utf-8")
    result = run("claims", "--check", file)
    assert (result.exit_code, result.stdout) == (0, f"{file}: nothing to mend, 1 to consider\n")
    assert result.stderr.startswith(f"{file}:5: extensionBundle.version: ")


@pytest.mark.parametrize(
    ("content", "place"), [(None, ": "), (b"", ":1: "), (b"{", ":1: "), (b"\xff\xfe", ": "), (b"[]", ":1: ")]
)
def test_what_cannot_be_read_as_one_is_bad_input_in_one_line(
    run: Run, tmp_path: Path, content: bytes | None, place: str
) -> None:
    """A line is named where there is one: a file that is missing, or no text, has none."""
    file = tmp_path / "host.json"
    if content is not None:
        file.write_bytes(content)
    result = run("claims", "--check", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{file}{place}")
    assert result.stderr.count("\n") == 1


def test_an_unknown_application_is_bad_input(run: Run) -> None:
    result = run("clams")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "no application 'clams', expected one of claims, freight, genomics; did you mean claims?\n"
    )


def test_environments_that_one_file_cannot_suit_are_bad_input(
    project_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(project_root / "Pulumi.yaml", tmp_path)
    (tmp_path / "environments").mkdir()
    for one in (project_root / "environments").glob("*.yaml"):
        text = one.read_text(encoding="utf-8")
        changed = text.replace("partition_count: 8", "partition_count: 4") if one.stem == "prod" else text
        (tmp_path / "environments" / one.name).write_text(changed, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["hubkeeper", "host-json", "freight", "--project", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert "task_hub.partition_count: 4, while dev has 8" in told.err
