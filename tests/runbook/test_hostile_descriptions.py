"""An owner's name, a purpose or an event that means harm changes nothing but its own words, and secrets stay where they belong."""

import re
from pathlib import Path
from typing import Any

import pytest

from environments import Environment, Estate
from hubkeeper.runbook import render
from tests.runbook.bash_blocks import run
from tests.runbook.markdown_pages import anchors, blocks, tables

_LINE = 'x | y `z` $(echo > pwned) "q" it\'s \\| ; end <script>alert(1)</script> [l](https://e.example) %%{init}%%'
_HARM = f"{_LINE}\n\n# Heading\n```\n| a | b |\n"
_SECRET = "PLANTEDc2VjcmV0"
_PAGES = ["index.md", "prod/index.md", "prod/hand_over.md", "prod/claims.md"]
_COMMITTED = Path(__file__).parents[2] / "runbooks/prod/claims"
_PAGES += [f"prod/claims/{page.name}" for page in sorted(_COMMITTED.glob("*.md"))]


def _estate(estate: Estate, changes: dict[str, Any]) -> Estate:
    """Production with changes to the application claims, read like any description."""
    described = estate["prod"].model_dump(exclude_unset=True)
    described["operators"] = {"run_from": _LINE}
    described["apps"]["claims"] |= changes
    return Estate({"prod": Environment.model_validate(described)}, estate.lines)


@pytest.fixture(scope="module")
def hostile(estate: Estate, project_root: Path) -> dict[str, str]:
    claims = estate["prod"].model_dump(exclude_unset=True)["apps"]["claims"]
    process = claims["orchestrations"]["ProcessClaim"]
    process |= {"purpose": _HARM, "instance_id": _HARM, "idempotency_key": _HARM}
    process |= {"waits_for": ["CustomerDocuments", _HARM], "timers": {_HARM: process["expected"]}}
    process["deadlines"] = {_HARM: _HARM}
    process["events"] = {_HARM: {"sent_by": _LINE, "contact": _LINE, "fields": ["a"]}}
    owner = {"team": _LINE, "email": "a@b.example", "on_call": _LINE, "deputy": f"{_LINE}."}
    changes = {"purpose": _HARM, "owner": owner, "orchestrations": {_HARM: process}, "settings": {"NOTE": _HARM}}
    changes["partners"] = {_LINE: {"contact": _LINE, "activities": ["AskCarrier"]}}
    changes["task_hub"] = claims["task_hub"] | {"holds": [_HARM]}
    return render(_estate(estate, changes), ["prod"], project=project_root)


def test_what_is_compensated_is_words_too(estate: Estate, pages: dict[str, str], project_root: Path) -> None:
    described = estate["prod"].model_dump(exclude_unset=True)
    described["apps"]["freight"]["orchestrations"]["BookShipment"]["compensates"] = [_HARM]
    del described["apps"]["freight"]["orchestrations"]["BookShipment"]["compensated_by"]
    changed = Estate({"prod": Environment.model_validate(described)}, estate.lines)
    for path, page in render(changed, ["prod"], project=project_root).items():
        if path.startswith("prod/freight"):
            assert anchors(page) == anchors(pages[path])
            assert [one.text for one in blocks(page)] == [one.text for one in blocks(pages[path])]
            for table in tables(page):
                assert len({len(row) for row in table}) == 1, table[0]


@pytest.mark.parametrize("path", _PAGES)
def test_the_page_keeps_its_headings_blocks_and_tables(
    hostile: dict[str, str], pages: dict[str, str], path: str
) -> None:
    assert anchors(hostile[path]) == anchors(pages[path])
    assert [block.language for block in blocks(hostile[path])] == [block.language for block in blocks(pages[path])]
    for table in tables(hostile[path]):
        assert len({len(row) for row in table}) == 1, table[0]
    if path != "index.md":
        assert len(list(tables(hostile[path]))) == len(list(tables(pages[path])))


@pytest.mark.parametrize("path", _PAGES)
def test_no_markup_of_the_description_reaches_the_reader(hostile: dict[str, str], path: str) -> None:
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", re.sub(r"(?ms)^(`{3,})\w*\n.*?^\1$", "", hostile[path]))
    assert "<script" not in outside
    assert "](https://e.example)" not in outside


@pytest.mark.parametrize(
    "path",
    [
        "prod/claims.md",
        *(
            f"prod/claims/{name}.md"
            for name in ("raise-an-event", "find-stuck-instances", "act-on-an-instance", "act-on-many")
        ),
    ],
)
def test_no_command_of_the_description_runs(
    hostile: dict[str, str], pages: dict[str, str], tmp_path: Path, path: str
) -> None:
    harmed, usual = run(hostile[path], tmp_path / "harmed"), run(pages[path], tmp_path / "usual")
    assert harmed.complaints == ""
    assert len(harmed.of("az")) == len(usual.of("az"))
    assert len(harmed.of("curl")) == len(usual.of("curl"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEGACY", f"DefaultEndpointsProtocol=https;AccountKey={_SECRET}=="),
        ("CARRIER_PASSWORD", _SECRET),
        ("FEED", f"https://user:{_SECRET}@feed.example"),
        ("CALLBACK", f"https://hook.example/start?code={_SECRET}"),
        ("BLOB", f"{_SECRET}0123456789ABCDEFGH"),
    ],
)
def test_a_secret_written_as_a_plain_setting_is_on_no_page(
    estate: Estate, project_root: Path, name: str, value: str
) -> None:
    written = render(_estate(estate, {"settings": {name: value}}), ["prod"], project=project_root)
    assert [path for path, page in written.items() if _SECRET in page] == []
    assert f"`{name}`" in written["prod/claims.md"]
    assert f'"{name}"' not in written["prod/claims.md"], "a command would print the value"
