"""What changes running work is marked, comes after its check, and does nothing unless it is meant."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runbook.azure_cli_flags import CHANGING, flags_of, verb_of
from tests.runbook.bash_blocks import Calls, bash_of, run

_RESTART, _ACT, _SWAP = (
    f"prod/claims/{name}.md" for name in ("restart-safely", "act-on-an-instance", "compare-slots-and-swap")
)
_CHANGES = re.compile(
    "|".join(
        [
            *(f"az {verb} " for verb in CHANGING),
            "durable (?:POST|DELETE)",
            "durable_each (?:re|su)",
            '--request (?!GET|"\\$1")',
        ]
    )
)


def _changing(pages: dict[str, str]) -> Iterator[tuple[str, str]]:
    for path, page in pages.items():
        yield from ((path, block) for block in bash_of(page) if _CHANGES.search(block))


def assert_marked(pages: dict[str, str]) -> set[str]:
    """Each block that changes something stands behind its mark and asks first. Returns the names of pages that have one."""
    found = list(_changing(pages))
    for path, block in found:
        before = pages[path][: pages[path].index(block)].rpartition("**Changes running work.**")
        assert before[0].endswith("⚠ "), path
        assert before[2].count("```") == 1, "another block stands between the mark and the command"
        change = _CHANGES.search(block)
        assert change is not None
        assert -1 < block.find("read -r -p") < change.start(), (path, block)
    return {path.rpartition("/")[2] for path, _ in found}


def test_everything_that_changes_something_is_marked_and_asks_first(pages: dict[str, str]) -> None:
    assert assert_marked(pages) >= {
        "purge-by-policy.md",
        "restart-safely.md",
        "recover-the-store.md",
    }


def test_a_page_that_says_it_only_looks_changes_nothing(pages: dict[str, str]) -> None:
    changing = {path for path, _ in _changing(pages)}
    quiet = {path for path, page in pages.items() if "| Approval | Not needed: it only looks |" in page}
    assert len(quiet) > 30
    assert quiet & changing == set()


@pytest.mark.parametrize("app", ["claims", "genomics"])
def test_nothing_changes_when_the_operator_types_something_else(
    pages: dict[str, str], tmp_path: Path, app: str
) -> None:
    mine = [path for path in pages if path.startswith(f"prod/{app}") and any(path == p for p, _ in _changing(pages))]
    assert len(mine) >= 5
    for path in mine:
        calls = run(pages[path], tmp_path / path.replace("/", "-"), sure=False)
        assert [call for call in calls.of("az") if verb_of(call) in CHANGING] == [], path
        assert {call[call.index("--request") + 1] for call in calls.of("curl")} <= {"GET"}, path


def test_a_restart_comes_after_the_count_on_the_hub_of_the_same_slot(calls: dict[str, Calls]) -> None:
    made = calls[_RESTART].of("az")
    restarts = [n for n, call in enumerate(made) if verb_of(call) == "functionapp restart"]
    assert len(restarts) == 2
    for n in restarts:
        hub = "prodclaimsstagingInstances" if "--slot" in made[n] else "prodclaimsInstances"
        counted = [flags_of(call)["--table-name"] for call in made[:n] if verb_of(call) == "storage entity query"]
        assert counted[-1] == hub


def test_a_swap_comes_after_the_count_of_every_open_status_on_every_hub_by_table_and_by_the_application(
    calls: dict[str, Calls],
) -> None:
    made = calls[_SWAP].made
    swaps = [n for n, call in enumerate(made) if call[:5] == ("az", "functionapp", "deployment", "slot", "swap")]
    assert [flags_of(made[n][1:])["--action"] for n in swaps] == ["swap", "reset"]
    before = made[: swaps[0]]
    asked = {call[-1] for call in before if call[0] == "curl"}
    filters = {
        (flags_of(call[1:]).get("--table-name"), " ".join(call))
        for call in before
        if call[1:4] == ("storage", "entity", "query")
    }
    for hub in ("prodclaims", "prodclaimsstaging"):
        for status in ("Pending", "Running", "Suspended", "ContinuedAsNew"):
            assert any(f"taskHub={hub}&" in url and status in url for url in asked), (hub, status)
            assert any(table == f"{hub}Instances" and f"'{status}'" in words for table, words in filters), (hub, status)


def test_an_empty_instance_id_never_becomes_a_purge_of_many(pages: dict[str, str], tmp_path: Path) -> None:
    acting = [block for block in bash_of(pages[_ACT]) if "durable" in block]
    page = "".join(f"```bash\n{block}\n```\n" for block in ["INSTANCE_ID='' REASON=INC-1", *acting])
    assert run(page.replace("''", "claim-1", 1), tmp_path / "given").of("curl")
    calls = run(page, tmp_path / "empty")
    assert "set INSTANCE_ID first" in calls.complaints
    assert calls.of("curl") == []
