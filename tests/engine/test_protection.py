"""What holds a hub in production: no run begins that would replace it, delete it or leave it behind."""

import re
from pathlib import Path
from typing import Any

import pytest

from environments import load_estate, task_hubs
from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine

HUBS = ("prodclaims", "prodclaimsstaging")


@pytest.fixture
def prod(already_up: AlreadyUp, tmp_path: Path) -> Workbench:
    """A project in which prod is up."""
    return already_up.applications(tmp_path / "project", "prod", "claims")


def move(it: dict[str, Any]) -> None:
    it["location"] = "northeurope"


def rename(it: dict[str, Any]) -> None:
    it["apps"]["claims"]["task_hub"]["name"] = "ClaimsAnew"


def store_of(bench: Workbench) -> str:
    return next(task_hubs(load_estate(bench.root / "environments")["prod"])).store


def line_about(what: str, answer: Answer) -> str:
    return next((line for line in answer.err.splitlines() if what in line), "")


def test_another_location_is_refused_and_the_account_and_its_hubs_are_named(prod: Workbench) -> None:
    prod.describe("prod", move)

    answer = prod.without_touching("up", "prod", "--local", "--yes")

    line = line_about(f"storage account {store_of(prod)}", answer)
    assert answer.code == 1
    assert line.startswith("refused: prod: ")
    assert "replaced" in line
    assert all(hub in line for hub in HUBS)


def test_another_location_is_refused_also_where_somebody_took_the_protection_off(prod: Workbench) -> None:
    prod.describe("prod", move)
    folder = prod.root / ".hubkeeper" / "local" / "work" / "prod"
    unprotected = prod.pulumi("state", "unprotect", "--all", "--yes", "--stack", "prod", folder=folder)
    assert unprotected.code == 0, unprotected.err

    answer = prod.without_touching("up", "prod", "--local", "--yes")

    line = line_about(f"storage account {store_of(prod)}", answer)
    assert answer.code == 1
    assert "would be replaced" in line
    assert "would be replaced (changed: location)" in line_about("resource group", answer)
    assert all(hub in line for hub in HUBS)


def test_destroy_is_refused_whole(prod: Workbench) -> None:
    answer = prod.without_touching("destroy", "prod", "--local", "--yes")

    assert answer.code == 1
    assert f"storage account {store_of(prod)} is protected" in answer.err
    assert "nothing was touched" in answer.err


def test_what_a_refused_destroy_advises_takes_the_environment_down(prod: Workbench) -> None:
    refused = prod.without_touching("destroy", "prod", "--local", "--yes")
    advised = re.findall(r"`hubkeeper (\w+ prod --local)`", refused.err)
    assert advised == ["up prod --local", "destroy prod --local"]
    assert "`tier: development` in environments/prod.yaml" in refused.err

    prod.describe("prod", lambda it: it.update(tier="development"))
    for command in advised:
        answer = prod.run(*command.split(), "--yes")
        assert answer.code == 0, answer.out + answer.err

    assert prod.in_azure() == []


def test_another_number_of_partitions_is_refused_since_it_is_another_hub(prod: Workbench) -> None:
    prod.describe("prod", lambda it: it["apps"]["claims"]["task_hub"].update(partition_count=8))

    answer = prod.without_touching("up", "prod", "--local", "--yes")

    assert answer.code == 1
    for hub in HUBS:
        assert "has 4 partitions, and 8 would be another hub" in line_about(f"task hub {hub} in", answer)


def test_a_tier_that_is_lowered_in_the_same_change_lets_no_store_go(prod: Workbench) -> None:
    prod.describe("prod", move)
    prod.describe("prod", lambda it: it.update(tier="development"))

    answer = prod.without_touching("up", "prod", "--local", "--yes")

    assert answer.code == 1
    assert "would be replaced" in line_about(f"storage account {store_of(prod)}", answer)


def test_another_subscription_is_refused_since_what_is_there_stays_in_the_old_one(prod: Workbench) -> None:
    old = load_estate(prod.root / "environments")["prod"].subscription_id
    new = "99999999-6f1d-4e2b-9a57-0c1e5d7b9a10"
    prod.describe("prod", lambda it: it.update(subscription_id=new))

    answer = prod.without_touching("up", "prod", "--local", "--yes")

    assert answer.code == 1
    assert f"subscription {old} becomes {new}: what is deployed stays in the old one" in answer.err


def test_a_preview_tells_which_settings_restart_the_application_and_no_value(prod: Workbench) -> None:
    prod.describe("prod", lambda it: it["apps"]["claims"]["settings"].update(CLAIM_DOCUMENT_REMINDER_HOURS="7317"))

    answer = prod.without_touching("preview", "prod", "--local")

    assert answer.code == 0, answer.err
    assert "claims: restarts production (settings changed: CLAIM_DOCUMENT_REMINDER_HOURS)" in answer.out.splitlines()
    assert "7317" not in answer.out + answer.err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            ["--abandon-hub", "prodclaim"],
            "no hub 'prodclaim' is deployed, expected one of prodclaims, prodclaimsstaging; ",
        ),
        (["--recover-vault", "kv-claims-prd-2xyq4i"], "; did you mean kv-claims-prod-2xyq4i?"),
        (["--recover-vault", "kv-claims-prod-2xyq4i"], "is not soft-deleted, so there is nothing to bring back"),
    ],
)
def test_a_name_that_is_there_for_nothing_is_refused(prod: Workbench, options: list[str], expected: str) -> None:
    answer = prod.without_touching("up", "prod", "--local", "--yes", *options)

    assert answer.code == 1
    assert expected in answer.err


def test_a_renamed_hub_is_refused_until_it_is_said_that_the_old_one_may_be_left(prod: Workbench) -> None:
    prod.describe("prod", rename)

    refused = prod.without_touching("up", "prod", "--local", "--yes")
    agreed = prod.run("up", "prod", "--local", "--yes", "--abandon-hub", "prodclaims")

    assert refused.code == 1
    assert f"task hub prodclaims in {store_of(prod)}" in refused.err
    assert "--abandon-hub" in refused.err
    assert agreed.code == 0, agreed.out + agreed.err
    assert "hub ClaimsAnew in" in agreed.out


def test_an_application_that_is_taken_out_keeps_its_store_even_if_its_hubs_may_be_left(prod: Workbench) -> None:
    store = store_of(prod)
    prod.describe("prod", lambda it: it.update(apps={"invoices": it["apps"]["claims"]}))
    leave = [part for hub in HUBS for part in ("--abandon-hub", hub)]

    answer = prod.without_touching("up", "prod", "--local", "--yes", *leave)

    assert answer.code == 1
    assert "deleted" in line_about(f"storage account {store}", answer)
