"""Whom to call, where to work from, what to begin again: an operator reads it where it is needed, and reads what is not said."""

from pathlib import Path
from typing import Any

import pytest

from environments import Environment, Estate
from hubkeeper.runbook import render
from hubkeeper.runbook.risks import open_risks

FILE = "`environments/prod.yaml`"


@pytest.fixture(scope="module")
def bare(estate: Estate, project_root: Path) -> dict[str, str]:
    """The pages of production where nobody described any of it."""
    described: dict[str, Any] = estate["prod"].model_dump(exclude_unset=True)
    del described["operators"]
    for app in described["apps"].values():
        app["owner"].pop("deputy", None)
        app.pop("partners", None)
        for one in app["orchestrations"].values():
            for key in ("starters", "events", "compensated_by"):
                one.pop(key, None)
    return render(Estate({"prod": Environment.model_validate(described)}, estate.lines), ["prod"], project=project_root)


def test_whoever_finds_nobody_on_call_reads_who_is_next(pages: dict[str, str], bare: dict[str, str]) -> None:
    assert "if nobody answers PagerDuty/claims-lead: everything about" in pages["prod/claims.md"]
    assert "| PagerDuty/claims | PagerDuty/claims-lead |" in pages["prod/index.md"]
    assert "| PagerDuty/claims | PagerDuty/claims-lead |" in pages["prod/alerts/failed-orchestrations.md"]
    assert "; if you carry that pager, ask PagerDuty/claims-lead" in pages["prod/claims/restart-safely.md"]
    assert "PagerDuty/claims-lead ☐ | not declared ☐" in pages["prod/hand_over.md"]
    assert "if nobody answers PagerDuty" not in bare["prod/claims.md"]
    assert "| PagerDuty/claims | not declared |" in bare["prod/alerts/failed-orchestrations.md"]


def test_that_nobody_stands_in_is_an_open_risk_but_in_development(estate: Estate) -> None:
    risk = "nobody is named for when on call does not answer"
    assert [one.where for one in open_risks(estate["prod"]) if one.what == risk] == ["freight", "genomics"]
    assert not [one for one in open_risks(estate["dev"]) if one.what == risk]


def test_where_commands_are_run_stands_beside_how_to_log_in(pages: dict[str, str], bare: dict[str, str]) -> None:
    host = "the jump host vm-operations-prod by the Bastion of rg-operations-prod"
    for path in ("prod/index.md", "prod/claims.md", "prod/claims/raise-an-event.md", "prod/claims/take-over.md"):
        assert host in pages[path], path
    assert f"The place to come from is {host}" in pages["prod/freight/act-on-many.md"]
    assert "Azure Cloud Shell, or Linux" in bare["prod/claims.md"]
    missing = f"No description names the machine to use (`operators: {{run_from: …}}` in {FILE})"
    assert missing in bare["prod/freight/act-on-many.md"]


def test_whoever_sees_a_partner_down_reads_whom_to_tell(pages: dict[str, str], bare: dict[str, str]) -> None:
    row = "| the payment gateway | `PayClaim` | PagerDuty/payments |"
    assert row in pages["prod/claims/when-a-partner-is-down.md"]
    assert row in pages["prod/claims.md"].split("## Escalation")[1]
    missing = f"the description holds no contact of a partner (`partners` of `claims` in {FILE}), the owner does."
    assert missing in bare["prod/claims/when-a-partner-is-down.md"]
    assert missing not in pages["prod/claims/when-a-partner-is-down.md"]


def test_what_starts_instances_is_named_where_it_is_held(pages: dict[str, str], bare: dict[str, str]) -> None:
    assert "- `ProcessClaim` is begun by `StartClaim`." in pages["prod/claims/when-a-partner-is-down.md"]
    assert "| Begun by | `StartClaim` |" in pages["prod/claims.md"]
    said = "- `ProcessClaim` is begun by a function that the description does not name (`starters` in " + FILE
    assert said in bare["prod/claims/when-a-partner-is-down.md"]


def test_whoever_raises_an_event_reads_who_sends_it_and_how_its_fields_are_called(
    pages: dict[str, str], bare: dict[str, str]
) -> None:
    page = pages["prod/claims/raise-an-event.md"]
    assert "| `CustomerDocuments` | the claims portal | PagerDuty/claims-portal |" in page
    assert "| `AdjusterApproval` | the adjusters' desk | PagerDuty/claims knows who answers for the sender |" in page
    assert "| `CustomerDocuments` | `documentIds`, `receivedAt` |" in page
    missing = bare["prod/claims/raise-an-event.md"]
    assert f"| `CustomerDocuments` | not declared: `events` of `ProcessClaim` in {FILE} |" in missing
    assert "| `CustomerDocuments` | not declared: ask claims-platform |" in missing


def test_what_undoes_a_booking_is_looked_for_by_its_name(pages: dict[str, str], bare: dict[str, str]) -> None:
    names = "carrier booking by `CancelBooking`, customs declaration by `WithdrawDeclaration`, insurance cover by `EndCover`"
    assert names in pages["prod/freight.md"]
    assert names in pages["prod/freight/act-on-an-instance.md"]
    assert "what has compensated (its Steps have `CancelBooking` or" in pages["prod/freight/act-on-many.md"]
    done = "it compensated (CancelBooking, WithdrawDeclaration, EndCover), business starts it anew"
    assert done in pages["prod/freight/explain-retries.md"]
    unnamed = "it compensates (carrier booking, customs declaration, insurance cover): Steps"
    assert unnamed in bare["prod/freight/act-on-an-instance.md"]
