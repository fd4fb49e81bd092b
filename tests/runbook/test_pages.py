"""The pages of the shipped estate, as those who read them would find them wanting."""

import re
import subprocess
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from environments import Environment, Estate, task_hubs
from hubkeeper.runbook import render
from hubkeeper.runbook.procedures import procedures_of
from tests.runbook.bash_blocks import bash_of
from tests.runbook.markdown_pages import anchors, blocks, links, prose, tables

_KNOWN_TO_THE_INCIDENT = {
    *("WORKSPACE_ID", "DURABLE_AT", "INSTANCE_ID", "REASON", "EVENT_FILE", "PURGE_DAY"),
    *("FAILED_SINCE", "IDS_FILE", "IDS_FROM", "STARTER", "EACH_AT", "IDS"),
    *("CONTAINER", "CONTAINER_VERSION", "SECRET_NAME", "SECRET_FILE"),
}


def test_each_environment_and_application_has_its_page(pages: dict[str, str], estate: Estate) -> None:
    wanted = {"index.md"} | {f"{one.name}/index.md" for one in estate}
    wanted |= {f"{one.name}/hand_over.md" for one in estate}
    wanted |= {path for path in pages if "/alerts/" in path}  # see test_alert_pages
    for one in estate:
        for name, app in one.apps.items():
            wanted |= {f"{one.name}/{name}.md", f"{one.name}/{name}/queries.md"}
            wanted |= {f"{one.name}/{name}/{procedure.slug}.md" for procedure in procedures_of(app)}
    assert set(pages) == wanted


def test_every_procedure_says_when_at_what_risk_and_what_is_kept_of_it(pages: dict[str, str]) -> None:
    found = [
        page
        for path, page in pages.items()
        if path.count("/") == 2 and not path.endswith("/queries.md") and "/alerts/" not in path
    ]
    assert len(found) > 100
    for page in found:
        table = next(tables(page))
        assert [row[0].strip() for row in table[2:]] == ["When", "Not when", "Risk", "Approval", "Takes", "Back"]
        assert all(len(row[1].strip()) > 3 for row in table[2:]), page[:80]
        parts = re.split(r"^## (.+)$", prose(page), flags=re.MULTILINE)
        assert parts[1::2] == [
            "Before anything else",
            "Evidence before",
            "Steps",
            "Verify",
            "Roll back",
            "Evidence after",
        ]
        assert all(len(part.strip()) > 20 for part in parts[2::2]), page[:80]


def test_every_procedure_is_reached_from_its_application(pages: dict[str, str]) -> None:
    for path in pages:
        if path.count("/") == 2 and "/alerts/" not in path:
            environment, app, name = path.split("/")
            assert f"{app}/{name}" in links(pages[f"{environment}/{app}.md"]), path


def test_every_link_between_pages_leads_to_a_page_and_a_heading(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        for link in links(page):
            if not link.startswith("https://"):
                target, _, anchor = link.partition("#")
                there = normpath(join(dirname(path), target)) if target else path
                assert there in pages, (path, link)
                assert not anchor or anchor in anchors(pages[there]), (path, link)


def test_every_symptom_has_a_way_to_each_application(pages: dict[str, str], estate: Estate) -> None:
    for environment in estate:
        symptoms = next(
            table for table in tables(pages[f"{environment.name}/index.md"]) if "What you see" in table[0][0]
        )
        assert len(symptoms) > 10
        for row in symptoms[2:]:
            for app, cell in zip(environment.apps, row[1:], strict=True):
                assert f"({app}.md#" in cell or f"({app}/" in cell or cell.strip() == "waits for none"


def test_every_table_has_as_many_cells_in_each_row(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        for table in tables(page):
            assert len({len(row) for row in table}) == 1, (path, table[0])


def test_no_value_is_left_to_be_filled_in(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        text = re.sub(r"<!--.*?-->|<[^<>\s]+@[^<>\s]+>|<br/>", "", page)
        assert re.findall(r"<[A-Za-z][^>\n]*>|TODO|XXX|\bNone\b|Undefined|\{\{|\}\}$", text, re.MULTILINE) == [], path
        unknown = set(re.findall(r"\$\{?([A-Z_]{3,})", "\n".join(bash_of(page)))) - {"HOME"}
        assert unknown <= _KNOWN_TO_THE_INCIDENT, path
        for name in unknown:
            assert re.search(rf"\b{name}=|' {name}(?: \\)?$|`{name}` ", page, flags=re.MULTILINE), (path, name)


def test_every_hub_is_in_the_table_of_its_environment_and_of_the_estate(pages: dict[str, str], estate: Estate) -> None:
    for environment in estate:
        for hub in task_hubs(environment):
            assert f"| `{hub.name}` | `{hub.store}` |" in pages["index.md"]
            assert f"| `{hub.name}` | `{hub.store}` |" in pages[f"{environment.name}/index.md"]
            assert f"`{hub.name}`" in pages[f"{environment.name}/{hub.app}.md"]


@pytest.mark.parametrize(
    "word", ["PagerDuty/claims", "claims-platform@meridian.example", "func-claims-prod", "45 days", "claim-{claimId}"]
)
def test_the_page_of_claims_says_who_to_call_and_what_to_expect(pages: dict[str, str], word: str) -> None:
    assert word in pages["prod/claims.md"]


def test_every_block_of_bash_is_bash(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        for block in bash_of(page):
            done = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, ""), (path, block)


def test_every_picture_holds_nothing_but_nodes_edges_and_plain_labels(pages: dict[str, str], estate: Estate) -> None:
    label = r'"[A-Za-z0-9 ./:,()_#;-]*(?:<br/>[A-Za-z0-9 ./:,()_#;-]*)*"'
    node = r"(?:a\d+[a-z]?\d*|telemetry)"
    line = re.compile(
        rf"flowchart LR|\s+(?:subgraph {node}\[{label}\]|end|{node}\[(?:{label}|\({label}\))\]|{node} -.*> {node})"
    )
    for environment in estate:
        pictures = [
            block.text for block in blocks(pages[f"{environment.name}/index.md"]) if block.language == "mermaid"
        ]
        assert len(pictures) == 1
        assert [text for text in pictures[0].splitlines() if not line.fullmatch(text)] == []
        assert pictures[0].count("subgraph") == len(re.findall(r"^\s+end$", pictures[0], flags=re.MULTILINE))


def test_no_page_holds_anything_that_looks_like_a_secret(pages: dict[str, str]) -> None:
    looks = re.compile(
        r"AccountKey=|SharedAccessKey=|InstrumentationKey=|[?&](?:sig|code)=|-----BEGIN|\b[A-Za-z0-9+]{40,}={0,2}"
    )
    for path, page in pages.items():
        assert looks.findall(prose(page)) == [], path
        assert looks.findall("\n".join(block.text for block in blocks(page))) == [], path


def test_an_application_of_which_little_is_described_has_a_page_that_says_so(
    estate: Estate, project_root: Path
) -> None:
    described = estate["dev"].model_dump(exclude_unset=True)
    app = {key: value for key, value in described["apps"]["genomics"].items() if key in ("purpose", "runtime", "plan")}
    described["apps"] = {"tiny": app | {"task_hub": {"backend": "azure-storage"}}}
    little = Estate({"dev": Environment.model_validate(described)}, estate.lines)
    written = render(little, ["dev"], project=project_root)
    page, stuck = written["dev/tiny.md"], written["dev/tiny/find-stuck-instances.md"]
    assert "The description names none" in page
    assert "The description names no orchestration" in stuck
    assert "| Purged by | **nobody declared** |" in page
    assert {link[1:] for link in links(page) if link.startswith("#")} <= anchors(page)
    assert [path for path, one in written.items() if "\n\n\n" in one] == []
    assert "dev/tiny/raise-an-event.md" not in written
    assert "dev/tiny/compare-slots-and-swap.md" not in written


def test_an_instance_that_waits_for_an_event_beside_its_deadline_is_not_called_asleep(pages: dict[str, str]) -> None:
    for name in ("find-stuck-instances", "follow-one-instance"):
        timers = [row for table in tables(pages[f"prod/claims/{name}.md"]) for row in table if "TimerCreated" in row[0]]
        waiting = [row for row in timers if "EventRaised yet" in row[0]]
        assert len(waiting) == 1
        assert "raise-an-event.md" in "".join(waiting[0])
        assert timers[0] == waiting[0], "the line that is easily missed comes first"


def test_what_names_another_section_leads_there_and_not_to_where_one_is(pages: dict[str, str]) -> None:
    page = pages["prod/claims.md"]
    inside = page[page.index("### No progress") : page.index("### Two on one hub")]
    assert "nobody takes work from the queues." in inside
    assert "See" not in inside
    assert "See [No progress](../claims.md#no-progress)" in pages["prod/claims/restart-safely.md"]
    for path, text in pages.items():
        assert "See No progress" not in text, path
        assert "See Two on one hub" not in text, path
        assert "&#96;" not in text, path


def test_the_count_before_a_swap_is_healthy_at_nothing_only(pages: dict[str, str]) -> None:
    swap = pages["prod/claims/compare-slots-and-swap.md"]
    assert swap.count("Healthy: 0 in every status, and more null.") == 2
    assert "as many as business is open" not in swap
    assert "as many as business is open" in pages["prod/claims/restart-safely.md"]
    assert "No function is held by a setting made by hand" in swap
    assert "no `up` and no swap until it is let go" in pages["prod/claims/when-a-partner-is-down.md"]


def test_what_was_compensated_is_not_to_be_rewound(pages: dict[str, str]) -> None:
    decisions = next(
        table for table in tables(pages["prod/freight/act-on-an-instance.md"]) if "Situation" in table[0][0]
    )
    row = next(row for row in decisions if "compensates" in row[0])
    assert "carrier booking" in row[0]
    assert row[2].strip().startswith("rewind")
