"""Who may call: what the pages say of it, whom they tell to warn, and whether their own commands get through."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from environments import Environment, Estate
from environments.access import Access
from hubkeeper.runbook import render
from hubkeeper.runbook.risks import open_risks

CLIENT = "2f9c6e81-5a07-4d3b-9e64-c8b1d7f03a52"
AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
Rendered = Callable[[dict[str, Any]], dict[str, str]]


@pytest.fixture
def rendered(estate: Estate, project_root: Path) -> Rendered:
    """The pages of production with nothing but claims, called by these rules."""

    def pages(access: dict[str, Any]) -> dict[str, str]:
        prod: Environment = estate["prod"]
        claims = prod.apps["claims"].model_copy(update={"access": Access.model_validate(access)})
        alone = prod.model_copy(update={"apps": {"claims": claims}})
        return render(Estate({"prod": alone}, estate.lines), ["prod"], project=project_root)

    return pages


def slot_called_by(estate: Estate, access: dict[str, Any]) -> Environment:
    """Production with nothing but claims, whose slot has access of its own."""
    described = estate["prod"].model_dump(exclude_unset=True)
    claims = described["apps"]["claims"]
    claims["slots"]["staging"]["access"] = access
    return Environment.model_validate({**described, "apps": {"claims": claims}})


@pytest.fixture(scope="module")
def with_testers(estate: Estate, project_root: Path) -> dict[str, str]:
    """The pages of production with a slot that asks for no token and answers to other addresses."""
    changed = slot_called_by(estate, {"callers": ["testers"], "allowed_addresses": ["198.51.100.64/27"]})
    return render(Estate({"prod": changed}, estate.lines), ["prod"], project=project_root)


def part(page: str, title: str) -> str:
    """What stands under a title, up to the next one of its rank."""
    return page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_the_page_says_who_may_call_from_where_and_who_holds_the_key(pages: dict[str, str]) -> None:
    told = part(pages["prod/claims.md"], "Who may call")
    for words in ("the claims portal", "`203.0.113.0/28`; all others get 403", "every quarter by claims-platform"):
        assert words in told
    assert "| Holders of `durabletask_extension` | the claims portal |" in told
    assert told.count("access-restriction show") == told.count("config/authsettingsV2") == 2, "production and slot"
    assert "`AzureFrontDoor.Backend (e7a3d915-2c48-4f6b-9d07-b8f1c6a2e450)`" in pages["prod/freight.md"]
    assert "| Where code is deployed (SCM) | from nowhere |" in pages["prod/freight.md"]


def test_where_nothing_is_said_the_page_says_so_and_not_that_it_is_shut(pages: dict[str, str]) -> None:
    told = part(pages["dev/claims.md"], "Who may call")
    assert "everywhere, as far as the description knows" in told
    assert "**not declared**" in told
    assert "authsettingsV2" not in told


def test_whoever_rotates_the_key_reads_whom_to_tell_first(pages: dict[str, str]) -> None:
    assert "must be told first: the claims portal." in pages["prod/claims/rotate-keys-and-identities.md"]
    assert "must be told first." in pages["prod/freight/rotate-keys-and-identities.md"]


def test_the_handover_asks_for_callers_and_holders_and_lists_what_is_open(
    pages: dict[str, str], rendered: Rendered
) -> None:
    assert "| who may call and who holds the system key is known and wanted |" in pages["prod/hand_over.md"]
    assert "every holder of the system key is known" in pages["prod/claims/take-over.md"]
    opened = rendered({"open_to_everyone": "a form on the web site", "system_key": {"holders": ["carrier"]}})
    assert "| everybody may call |" in opened["prod/hand_over.md"]
    assert "| the system key is held by carrier |" in opened["prod/hand_over.md"]
    assert "**everywhere**: a form on the web site" in opened["prod/claims.md"]


@pytest.mark.parametrize(
    ("clients", "gets_in"), [([], True), ([CLIENT], False), ([CLIENT, AZURE_CLI], True)], ids=["all", "one", "both"]
)
def test_an_operator_is_told_before_the_night_when_their_token_is_not_taken(
    clients: list[str], gets_in: bool, rendered: Rendered
) -> None:
    page = rendered({"authentication": {"client_id": CLIENT, "allowed_clients": clients}})["prod/claims.md"]
    assert ("does not hold Azure CLI" in page) is not gets_in
    assert ("every application of the tenant" in page) is (clients == [])


def test_where_the_key_alone_opens_the_status_endpoints_no_token_is_fetched(rendered: Rendered) -> None:
    pages = rendered({"authentication": {"client_id": CLIENT, "status_endpoints": "key"}})
    assert not [path for path, page in pages.items() if "get-access-token" in page]
    assert "| Paths without a token | `/runtime/webhooks/durabletask/*` |" in pages["prod/claims.md"]


def test_a_slot_with_callers_of_its_own_has_a_table_of_its_own(with_testers: dict[str, str]) -> None:
    told = part(with_testers["prod/claims.md"], "Who may call")
    production, slot = told.split("### Who may call the slot staging")
    assert "the claims portal" in production
    assert "testers" not in production
    assert "| From | `198.51.100.64/27`; all others get 403 |" in slot
    assert "| With | the keys that the code asks for |" in slot
    assert slot.count("Holders of") == 0, "who holds the key is said once"
    assert told.count("config/authsettingsV2") == 1, "the slot asks for none"


def test_the_commands_of_a_slot_hand_over_no_token_that_it_does_not_ask_for(with_testers: dict[str, str]) -> None:
    page = with_testers["prod/claims/follow-one-instance.md"]
    production, slot = page.split("Slot staging, hub `prodclaimsstaging`:")
    assert "get-access-token" in production
    assert "get-access-token" not in slot
    assert "at the slot staging only to `198.51.100.64/27`" in page


def test_whoever_swaps_reads_that_callers_stay_where_they_are(
    with_testers: dict[str, str], pages: dict[str, str]
) -> None:
    said = "Who may call differs on purpose, and stays with each slot"
    assert said in with_testers["prod/claims/compare-slots-and-swap.md"]
    assert said not in pages["prod/claims/compare-slots-and-swap.md"]


def test_a_slot_that_is_open_for_a_trial_is_an_open_risk(estate: Estate) -> None:
    risks = open_risks(slot_called_by(estate, {"open_to_everyone": "a trial"}))
    assert [one.where for one in risks if one.what == "everybody may call staging"] == ["claims"]
    assert not [one for one in open_risks(estate["prod"]) if "everybody may call" in one.what]
