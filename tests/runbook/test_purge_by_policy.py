"""The purge of the pages cannot fail open: final statuses by name, one whole day, nothing younger than the policy."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from environments import Environment, Estate
from hubkeeper.runbook import render
from tests.runbook.azure_cli_flags import verb_of
from tests.runbook.bash_blocks import Calls, bash_of, run

_PAGE = "prod/claims/purge-by-policy.md"


def test_every_purge_names_final_statuses_both_ends_of_one_day_and_its_hub(calls: dict[str, Calls]) -> None:
    made = [
        call for page in calls.values() for call in page.of("curl") if "DELETE" in call and "/instances?" in call[-1]
    ]
    assert len(made) == 15
    for call in made:
        asked = parse_qs(urlsplit(call[-1]).query, strict_parsing=True)
        assert asked["runtimeStatus"] == ["Completed,Failed,Terminated"]
        assert asked["createdTimeFrom"] == ["2026-01-31T00:00:00Z"]
        assert asked["createdTimeTo"] == ["2026-01-31T23:59:59.9999999Z"]
        assert set(asked) == {"taskHub", "runtimeStatus", "createdTimeFrom", "createdTimeTo"}


def test_the_look_at_a_hub_stands_before_its_purge_and_counts_what_would_stay(calls: dict[str, Calls]) -> None:
    made = calls[_PAGE].made
    for n, call in enumerate(made):
        if call[0] == "curl":
            hub = parse_qs(urlsplit(call[-1]).query)["taskHub"][0]
            looks = [one for one in made[:n] if f"{hub}Instances" in one]
            assert len(looks) == 1
            assert all(f"=='{status}'" in looks[0][-1] for status in ("Running", "Suspended", "Pending", "Completed"))


@pytest.mark.parametrize(
    ("day", "purges"),
    [
        ("{old}", True),
        ("{young}", False),
        ("2031-01-01", False),
        ("", False),
        ("2026-1-1", False),
        ("2020-01-01&runtimeStatus=Running", False),
        ("2020-01-01T00:00:00Z", False),
        ("last year", False),
    ],
)
def test_only_a_day_that_is_old_enough_is_purged(pages: dict[str, str], tmp_path: Path, day: str, purges: bool) -> None:
    now = datetime.now(UTC)
    typed = day.format(old=f"{now - timedelta(days=137):%Y-%m-%d}", young=f"{now - timedelta(days=134):%Y-%m-%d}")
    blocks = [block for block in bash_of(pages[_PAGE]) if "DELETE" in block]
    page = "".join(f"```bash\n{block}\n```\n" for block in [f"PURGE_DAY='{typed}'", *blocks])
    calls = run(page, tmp_path, programs={"date": shutil.which("date") or "/bin/date"})
    assert len(calls.of("curl")) == (2 if purges else 0)
    assert bool([call for call in calls.of("az") if verb_of(call) == "functionapp keys list"]) == purges


def test_without_a_declared_retention_there_is_nothing_to_paste(estate: Estate, project_root: Path) -> None:
    described = estate["dev"].model_dump(exclude_unset=True)
    described["apps"]["genomics"]["task_hub"] |= {"history_days": None, "purged_by": None}
    undeclared = Estate({"dev": Environment.model_validate(described)}, estate.lines)
    page = render(undeclared, ["dev"], project=project_root)["dev/genomics/purge-by-policy.md"]
    assert "there is no policy to purge by" in page
    assert "DELETE" not in page
