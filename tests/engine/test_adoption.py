"""What was made by hand comes under Pulumi with its hub as it is: nothing replaced, nothing deleted, nothing twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from hubkeeper.engine.adoption import places_of
from hubkeeper.project import Project
from hubkeeper.recording import record_environment
from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine

STORE, SITE, HUB = "legacyclaims01", "legacy-claims", "ClaimsHub"


def existing_names(document: dict[str, Any]) -> None:
    """The names that things have which were there before Hubkeeper was."""
    claims = document["apps"]["claims"]
    claims["names"] = {"storage_account": STORE, "function_app": SITE}
    claims["task_hub"]["name"] = HUB


def another_window(document: dict[str, Any]) -> None:
    """Something is described otherwise than it was made."""
    document["apps"]["claims"]["store"] = {"soft_delete_days": 21}


@dataclass(frozen=True)
class Story:
    """What happened, in order."""

    bench: Workbench
    by_hand: set[str]
    adopted: Answer
    preview: Answer
    up: Answer
    calls: list[tuple[str, str]]
    after: set[str]


@pytest.fixture(scope="module")
def story(new_project: Callable[..., Workbench]) -> Story:
    bench = new_project(("claims",))
    bench.describe("dev", existing_names)
    assert bench.run("up", "dev", "--local", "--yes").code == 0
    bench.forget()
    by_hand = {identity for _, identity in bench.in_azure()}
    bench.describe("dev", another_window)
    adopted = bench.run("adopt", "dev", "--local", "--yes")
    before = len(bench.calls())
    preview = bench.run("preview", "dev", "--local")
    up = bench.run("up", "dev", "--local", "--yes")
    return Story(bench, by_hand, adopted, preview, up, bench.calls()[before:], {one for _, one in bench.in_azure()})


def test_everything_with_an_id_of_its_own_is_taken_into_the_stack(story: Story) -> None:
    assert story.adopted.code == 0, story.adopted.err
    assert "claims-store, " in story.adopted.out
    assert "21 resources of dev are in the stack now" in story.adopted.out
    assert "0 are still to be made or written" in story.adopted.out


def test_nothing_is_replaced_or_deleted_afterwards(story: Story) -> None:
    assert (story.preview.code, story.up.code) == (0, 0), story.up.err
    assert "replace" not in story.preview.out
    assert [one for one in story.calls if one[0] == "Delete"] == []


def test_the_store_of_the_hub_is_never_written(story: Story) -> None:
    written = [urn.rpartition("::")[2] for method, urn in story.calls if method in ("Create", "Update")]
    assert "claims-store" not in written
    assert written.count("claims-blobs") == 1  # the service's window for deleted blobs, as described now


def test_what_there_is_afterwards_is_what_was_there_before(story: Story) -> None:
    assert story.after == story.by_hand


def test_a_second_time_there_is_nothing_to_adopt(story: Story) -> None:
    again = story.bench.run("adopt", "dev", "--local", "--yes")
    assert (again.code, again.err.splitlines()[-1]) == (
        1,
        "refused: dev: the stack has everything that the description names; there is nothing to adopt",
    )


def test_every_id_that_is_looked_for_is_the_one_that_azure_gave(story: Story) -> None:
    root = story.bench.root
    ids = {one.id for one in places_of(record_environment(Project(root, "hubkeeper"), "dev")).values()}
    assert ids <= story.after
    assert any(one.endswith(f"/storageAccounts/{STORE}") for one in ids)
