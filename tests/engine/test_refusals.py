"""What a run says when it cannot begin: one clear line, the right exit code, and nothing started."""

from pathlib import Path

import pytest

from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine


def one_line(answer: Answer) -> str:
    """The only line that was said."""
    assert answer.out == ""
    assert answer.err.count("\n") == 1, answer.err
    return answer.err.rstrip("\n")


def nothing_started(bench: Workbench) -> bool:
    return not (bench.root / ".hubkeeper" / "local").exists()


@pytest.mark.parametrize("command", ["up", "destroy"])
def test_where_nobody_can_be_asked_nothing_is_done_without_yes(
    small: Workbench, already_up: AlreadyUp, tmp_path: Path, command: str
) -> None:
    bench = already_up.applications(tmp_path / "up", "dev", "claims") if command == "destroy" else small
    before = bench.in_azure()

    answer = bench.run(command, "dev", "--local")

    assert answer.code == 1
    assert "nobody to ask: say --yes" in answer.err
    assert "refused: dev: not agreed, so nothing was touched" in answer.err
    assert bench.in_azure() == before
    assert bool(before) is (command == "destroy")


def test_an_unknown_environment_is_one_line_with_the_known_ones(small: Workbench) -> None:
    answer = small.run("up", "prdo", "--local", "--yes")

    assert answer.code == 2
    assert one_line(answer) == "no environment 'prdo', expected one of dev, prod, test; did you mean prod?"
    assert nothing_started(small)


@pytest.mark.parametrize("command", ["preview", "up", "destroy"])
def test_a_mistake_in_any_description_stops_every_command_before_it_starts(small: Workbench, command: str) -> None:
    small.describe("prod", lambda it: it.update(teir="production"))

    answer = small.run(command, "dev", "--local", *([] if command == "preview" else ["--yes"]))

    assert answer.code == 2
    assert one_line(answer).startswith(f"{small.place_of('prod', 'teir')}: teir: ")
    assert nothing_started(small)


def test_a_pulumi_that_is_not_there_is_one_line_that_says_which_was_wanted(small: Workbench, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "pulumi"

    answer = small.run("up", "dev", "--local", "--yes", HUBKEEPER_PULUMI=str(missing))

    assert answer.code == 1
    assert one_line(answer).startswith(f"HUBKEEPER_PULUMI: {missing} does not run")


def test_a_stack_that_the_users_own_backend_does_not_have_is_one_line_that_says_how_to_make_it(
    small: Workbench, tmp_path: Path
) -> None:
    (tmp_path / "backend").mkdir()
    own = {"PULUMI_BACKEND_URL": (tmp_path / "backend").as_uri(), "PULUMI_CONFIG_PASSPHRASE": "a test's own"}

    answer = small.run("up", "prod", "--yes", **own)

    assert answer.code == 1
    assert "pulumi stack init prod" in one_line(answer)


def test_a_backend_that_cannot_be_read_is_told_as_the_engine_tells_it(small: Workbench, tmp_path: Path) -> None:
    answer = small.run("preview", "prod", PULUMI_BACKEND_URL=(tmp_path / "nowhere").as_uri())

    assert answer.code == 1
    assert one_line(answer).startswith("failed: prod: ")
    assert "nowhere" in answer.err


def test_what_azure_refuses_is_told_once_and_the_next_up_goes_on_from_there(small: Workbench) -> None:
    faults = small.root / "faults.json"
    faults.write_text(
        '[{"at": "before-create", "match": "::claims-site", "do": "refuse", "code": "Conflict", "message": "Not today."}]'
    )

    refused = small.run("up", "dev", "--local", "--yes", HUBKEEPER_LOCAL_FAULTS=str(faults))
    there = small.in_state("dev")
    again = small.run("up", "dev", "--local", "--yes")

    assert refused.code == 1
    assert refused.err.startswith("failed: dev: ")
    assert "Not today." in refused.err
    assert there == [entry for entry in small.in_azure() if entry in there] != []
    assert again.code == 0, again.out + again.err
    assert set(there) < set(small.in_azure())
    assert small.in_azure() == small.in_state("dev")
