"""dev from nothing to up, again, down and up again, on the real engine; and the recorded plan beside what was registered."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from environments import load_estate, task_hubs
from plan import Plan, differences
from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine

WRITES = {"Create", "Update", "Delete"}


@dataclass(frozen=True)
class Run:
    """One command of the story and what there was after it."""

    answer: Answer
    in_azure: list[tuple[str, str]]
    in_state: list[tuple[str, str]]
    writes: Counter[str]


@dataclass(frozen=True)
class Story:
    """What happened to one project, in order."""

    bench: Workbench
    files_before: dict[Path, bytes]
    up: Run
    exported: dict[str, object]
    again: Run
    destroyed: Run
    back: Run


@pytest.fixture(scope="module")
def story(new_project: Callable[..., Workbench]) -> Story:
    bench = new_project()

    def run(*arguments: str) -> Run:
        before = len(bench.calls())
        answer = bench.run(*arguments)
        writes = Counter(method for method, _ in bench.calls()[before:] if method in WRITES)
        return Run(answer, bench.in_azure(), bench.in_state("dev"), writes)

    files = {path: path.read_bytes() for path in bench.files()}
    up = run("up", "dev", "--local", "--yes")
    exported = bench.pulumi("stack", "export", "--stack", "dev")
    assert exported.code == 0, exported.err
    return Story(
        bench,
        files,
        up,
        json.loads(exported.out),
        again=run("up", "dev", "--local", "--yes"),
        destroyed=run("destroy", "dev", "--local", "--yes"),
        back=run("up", "dev", "--local", "--yes"),
    )


@pytest.fixture(scope="module")
def recorded(story: Story) -> Answer:
    return story.bench.run("plan", "dev")


def test_up_creates_everything_once(story: Story) -> None:
    assert story.up.answer.code == 0, story.up.answer.err
    assert story.up.answer.err == ""
    assert "warning" not in story.up.answer.out
    assert story.up.in_azure == story.up.in_state != []
    assert story.up.writes == {"Create": len(story.up.in_azure)}
    assert len({urn for urn, _ in story.up.in_azure}) == len(story.up.in_azure)


def test_up_ends_with_every_hub_and_its_store(story: Story) -> None:
    estate = load_estate(story.bench.root / "environments")
    told = story.up.answer.out.partition(story.up.answer.summary)[2].splitlines()
    missing = [
        hub.whose
        for hub in task_hubs(estate["dev"])
        if not any(line.split() == [hub.whose, "hub", hub.name, "in", hub.store] for line in told)
    ]
    assert missing == []


def test_a_second_up_finds_nothing_to_change(story: Story) -> None:
    assert story.again.answer.code == 0, story.again.answer.err
    assert "nothing to change" in story.again.answer.summary
    assert story.again.writes == {}
    assert story.again.in_azure == story.up.in_azure


def test_destroy_leaves_nothing_but_says_that_vaults_keep_their_names(story: Story) -> None:
    estate = load_estate(story.bench.root / "environments")
    vaults = [estate["dev"].app_names(app).key_vault for app in estate["dev"].apps]
    assert story.destroyed.answer.code == 0, story.destroyed.answer.err
    assert (story.destroyed.in_azure, story.destroyed.in_state) == ([], [])
    assert [vault for vault in vaults if vault not in story.destroyed.answer.out] == []


def test_up_after_destroy_brings_the_soft_deleted_vaults_back(story: Story) -> None:
    assert story.back.answer.code == 0, story.back.answer.err
    assert "soft-deleted vaults come back" in story.back.answer.out
    assert story.back.in_azure == story.back.in_state == story.up.in_azure


def test_no_file_of_the_project_is_touched_and_all_that_is_new_is_under_hubkeeper(story: Story) -> None:
    after = {path: path.read_bytes() for path in story.bench.files()}
    new = [path.relative_to(story.bench.root).parts[0] for path in after.keys() - story.files_before.keys()]
    assert {path: after.get(path) for path in story.files_before} == story.files_before
    assert set(new) == {".hubkeeper"}


def test_what_is_recorded_is_what_the_engine_registered(story: Story, recorded: Answer) -> None:
    ours, theirs = Plan.from_deployment(json.loads(recorded.out)), Plan.from_deployment(story.exported)
    assert recorded.code == 0, recorded.err
    assert differences(ours, theirs) == []
    assert ours.resources.keys() == theirs.resources.keys()


def test_pulumi_takes_the_recorded_plan_as_the_state_of_an_empty_stack(
    story: Story, recorded: Answer, tmp_path: Path
) -> None:
    empty = {
        "PULUMI_BACKEND_URL": (tmp_path / "backend").as_uri(),
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "a test's own",
        "PULUMI_CONFIG_PASSPHRASE_FILE": "",
    }
    (tmp_path / "backend").mkdir()
    (tmp_path / "Pulumi.yaml").write_bytes((story.bench.root / "Pulumi.yaml").read_bytes())
    (tmp_path / "plan.json").write_text(recorded.out)

    def pulumi(*arguments: str) -> Answer:
        return story.bench.pulumi("stack", *arguments, folder=tmp_path, **empty)

    made = pulumi("init", "dev")
    taken = pulumi("import", "--stack", "dev", "--file", "plan.json")
    back = pulumi("export", "--stack", "dev")

    assert (made.code, taken.code) == (0, 0), made.err + taken.err
    assert differences(Plan.from_deployment(json.loads(recorded.out)), Plan.from_deployment(json.loads(back.out))) == []
