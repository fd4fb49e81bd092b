"""What changes running work is marked, comes after its check, and does nothing unless it is meant."""

from pathlib import Path

from tests.runbook.azure_cli_flags import flags_of, verb_of
from tests.runbook.bash_blocks import Calls, bash_of, run

_PAGE = "prod/claims.md"


def _changes(block: str) -> bool:
    return "functionapp restart" in block or "durable POST" in block or "durable DELETE" in block


def test_everything_that_changes_something_is_marked_and_asks_first(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        for block in filter(_changes, bash_of(page)):
            before = page[: page.index(block)].rpartition("**Changes running work.**")
            assert before[0].endswith("⚠ "), path
            assert before[2].count("```") == 1, "another block stands between the mark and the command"
            assert "read -r -p" in block
            assert block.index("read -r -p") < min(
                block.find(w) for w in ("az functionapp restart", "&& durable") if w in block
            )


def test_nothing_changes_when_the_operator_types_something_else(pages: dict[str, str], tmp_path: Path) -> None:
    calls = run(pages[_PAGE], tmp_path, sure=False)
    assert [call for call in calls.of("az") if verb_of(call) == "functionapp restart"] == []
    methods = {call[call.index("--request") + 1] for call in calls.of("curl")}
    assert methods == {"GET"}


def test_a_restart_comes_after_the_count_on_the_hub_of_the_same_slot(calls: dict[str, Calls]) -> None:
    made = calls[_PAGE].of("az")
    restarts = [n for n, call in enumerate(made) if verb_of(call) == "functionapp restart"]
    assert len(restarts) == 2
    for n in restarts:
        hub = "prodclaimsstagingInstances" if "--slot" in made[n] else "prodclaimsInstances"
        counted = [
            flags_of(call)["--table-name"] for call in made[n - 8 : n] if verb_of(call) == "storage entity query"
        ]
        assert counted[-1] == hub


def test_an_empty_instance_id_never_becomes_a_purge_of_many(pages: dict[str, str], tmp_path: Path) -> None:
    acting = [block for block in bash_of(pages[_PAGE]) if "durable" in block and "WORKSPACE_ID" not in block]
    page = "".join(f"```bash\n{block}\n```\n" for block in ["INSTANCE_ID=''", *acting])
    assert run(page.replace("''", "claim-1", 1), tmp_path / "given").of("curl")
    calls = run(page, tmp_path / "empty")
    assert "set INSTANCE_ID first" in calls.complaints
    assert calls.of("curl") == []
