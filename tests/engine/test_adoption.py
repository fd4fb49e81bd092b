"""What was made by hand comes under Pulumi with its hub as it is: nothing replaced, nothing deleted, nothing stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from hubkeeper.engine.adoption import places_of
from hubkeeper.project import Project
from hubkeeper.recording import record_environment
from tests.engine import by_hand as hand
from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine


def keys_stay(document: dict[str, Any]) -> None:
    """For the first `up`."""
    document["apps"]["claims"]["store"] = {"shared_keys": True}


def keys_go(document: dict[str, Any]) -> None:
    """For the second."""
    del document["apps"]["claims"]["store"]


def waive(bench: Workbench) -> None:
    """Until the second `up`."""
    until = (datetime.now(tz=UTC).date() + timedelta(days=7)).isoformat()
    waiver = {
        "rule": "HK401",
        "target": "dev/claims",
        "reason": "Its sites stop using a key in the first up",
        "owner": "claims-platform",
        "expires": until,
    }
    bench.root.joinpath("policies", "waivers.yaml").write_text(
        yaml.safe_dump({"waivers": [waiver]}, default_style='"', sort_keys=False)
    )


@dataclass(frozen=True)
class Story:
    """What happened, in order."""

    bench: Workbench
    by_hand: set[str]
    adopted: Answer
    too_early: Answer
    again: Answer
    up: Answer
    second: Answer
    calls: list[tuple[str, str]]
    after: set[str]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Of every command."""
        return self.adopted, self.too_early, self.again, self.up, self.second


@pytest.fixture(scope="module")
def story(new_project: Callable[..., Workbench]) -> Story:
    bench = new_project(("claims",))
    bench.describe("dev", hand.describe)
    description = yaml.safe_load(bench.description("dev").read_text())
    with hand.by_hand(bench, description) as azure:
        azure.environment()
    made = {identity for _, identity in bench.in_azure()}
    adopted = bench.run("adopt", "dev", "--local", "--yes")
    too_early = bench.without_touching("preview", "dev", "--local")
    with hand.by_hand(bench, description) as azure:
        azure.container()
    bench.describe("dev", keys_stay)
    waive(bench)
    again = bench.run("adopt", "dev", "--local", "--yes")
    before = len(bench.calls())
    up = bench.run("up", "dev", "--local", "--yes")
    calls = bench.calls()[before:]
    bench.describe("dev", keys_go)
    bench.root.joinpath("policies", "waivers.yaml").write_text("waivers: []\n")
    second = bench.run("preview", "dev", "--local")
    after = {one for _, one in bench.in_azure()}
    return Story(bench, made, adopted, too_early, again, up, second, calls, after)


def settings(story: Story, name: str) -> dict[str, str]:
    """The settings of a site as it has them now."""
    found = next(one for one in story.bench.state("dev")["resources"] if one["urn"].endswith(f"::{name}"))
    return {one["name"]: one["value"] for one in found["inputs"]["siteConfig"]["appSettings"]}


def test_everything_that_is_there_is_taken_into_the_stack(story: Story) -> None:
    assert story.adopted.code == 0, story.adopted.err
    assert f"{len(story.by_hand)} resources of dev are in the stack now" in story.adopted.out
    assert "claims-store, " in story.adopted.out


def test_it_is_told_what_the_first_up_does_to_what_runs(story: Story) -> None:
    for said in (story.adopted, story.again, story.up):
        assert f"production of {hand.SITE} runs claims.zip from {hand.STORE} from then on" in said.out
        assert f"staging of {hand.SITE} runs claims-staging.zip from {hand.STORE} from then on" in said.out
        assert f"production of {hand.SITE} has its system-assigned identity no more" in said.out


def test_nothing_runs_before_packages_are_there_and_keys_are_kept(story: Story) -> None:
    assert story.too_early.code == 1
    assert f"container packages of {hand.STORE} would be made empty" in story.too_early.err
    assert f"upload claims.zip for production of {hand.SITE}, claims-staging.zip for staging" in story.too_early.err
    assert f"store {hand.STORE} would take no key any more before production of" in story.too_early.err
    assert "store: {shared_keys: true}" in story.too_early.err
    assert "would be made empty" not in story.again.out
    assert (story.again.code, story.up.code) == (0, 0), story.up.err


def test_nothing_is_replaced_or_deleted_afterwards(story: Story) -> None:
    assert "replace" not in story.up.out
    assert [one for one in story.calls if one[0] == "Delete"] == []
    assert story.by_hand <= story.after


def test_of_what_holds_or_runs_anything_and_of_networks_nothing_is_made(story: Story) -> None:
    made = [urn for method, urn in story.calls if method == "Create"]
    assert made
    kinds = (
        "storage:StorageAccount",
        "web:WebApp::",
        "web:WebAppSlot::",
        "web:AppServicePlan",
        "keyvault:",
        "network:",
        "privatedns:",
    )
    assert [urn for urn in made if any(kind in urn for kind in kinds)] == []
    assert {one for one in story.after - story.by_hand if "/Microsoft.Network/" in one} == set()


def test_the_hub_stays_in_its_store_under_its_name(story: Story) -> None:
    for site, hub, host in (
        ("claims-site", hand.HUB, hand.HOST_ID),
        ("claims-staging-slot", hand.SLOT_HUB, f"{hand.HOST_ID}-{hand.SLOT}"),
    ):
        now = settings(story, site)
        assert (now["TASKHUB_NAME"], now["AzureWebJobsStorage__accountName"]) == (hub, hand.STORE)
        assert now["AzureFunctionsWebHost__hostid"] == host


def test_keys_can_go_when_nothing_uses_one_any_more(story: Story) -> None:
    assert story.second.code == 0, story.second.err
    assert "StorageAccount claims-store update [diff: ~allowSharedKeyAccess]" in story.second.out
    assert "~ 1 to update" in story.second.out


def test_a_key_from_before_is_shown_and_kept_nowhere(story: Story) -> None:
    assert all(hand.KEY not in one.out + one.err for one in story.answers)
    assert [file for file in story.bench.files() if hand.KEY.encode() in file.read_bytes()] == []


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
    assert any(one.endswith(f"/storageAccounts/{hand.STORE}") for one in ids)
    assert any(one.endswith("/privateEndpoints/legacy-kv/privateDnsZoneGroups/privatelink") for one in ids)
