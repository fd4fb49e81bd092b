"""The site opened in a real browser from a folder, without a network; and the pictures drawn by the real Mermaid beside ours."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from environments import load_estate
from hubkeeper.runbook import render
from hubkeeper.runbook.site import site, write_site
from tests.runbook.markdown_pages import blocks
from tests.runbook.needs import PACKAGES, READERS, needs

pytestmark = needs("node", "chromium", PACKAGES)

_OPEN = (
    "index.html",
    "prod/index.html",
    "prod/hand_over.html",
    "prod/alerts/failed-orchestrations.html",
    "prod/claims.html",
    "prod/claims/act-on-many.html",
    "prod/claims/queries.html",
)
_SEARCH = {
    "partner is down claims prod": "prod/claims/when-a-partner-is-down.html",
    "stfreightprodb4uime who scales": "prod/freight.html",
    "zebra": None,
}


@pytest.fixture(scope="module")
def diagrams(pages: dict[str, str], project_root: Path) -> dict[str, str]:
    """Every picture of the shipped estate and of the examples, and one with a mistake."""
    written = dict(pages)
    for folder in sorted((project_root / "examples").glob("*/environments")):
        estate = load_estate(folder)
        made = render(estate, list(estate.environments), project=project_root)
        written |= {f"{folder.parent.name}/{path}": page for path, page in made.items()}
    found = {
        f"{path} {n}": block.text
        for path, page in written.items()
        for n, block in enumerate(block for block in blocks(page) if block.language == "mermaid")
    }
    return found | {"mistake": 'flowchart LR\n  a["x" --> b'}


@pytest.fixture(scope="module")
def seen(
    pages: dict[str, str], diagrams: dict[str, str], project_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("site")
    write_site(site(pages, project_root), folder)
    asked = {"site": str(folder), "open": _OPEN, "search": list(_SEARCH), "diagrams": diagrams}
    done = subprocess.run(
        ["node", "browser.mjs"],
        cwd=READERS,
        env={**os.environ, "CHROMIUM": shutil.which("chromium") or ""},
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_browser_asks_for_nothing_outside_the_folder_and_complains_of_nothing(seen: dict[str, Any]) -> None:
    assert seen["complaints"] == []


def test_every_page_shows_its_headings_fits_the_screen_and_its_own_links_work(seen: dict[str, Any]) -> None:
    assert list(seen["pages"]) == list(_OPEN)
    for path, page in seen["pages"].items():
        assert len(page["headings"]) > 2, path
        assert page["title"] == page["headings"][0]
        assert page["broken"] == [], path
        assert not page["wide"], path


def test_the_search_leads_to_the_page(seen: dict[str, Any]) -> None:
    assert seen["found"] == _SEARCH


def test_on_paper_there_is_the_page_and_no_search(seen: dict[str, Any]) -> None:
    assert {tuple(hidden) for hidden in seen["printed"].values()} == {("header", "nav")}


def test_the_real_mermaid_takes_every_picture_and_notices_a_mistake(seen: dict[str, Any]) -> None:
    said = {name: one["error"] for name, one in seen["diagrams"].items()}
    assert "Parse error" in said.pop("mistake")
    assert len(said) > 10
    assert {name: error for name, error in said.items() if error} == {}


def test_our_picture_says_what_mermaid_s_says(seen: dict[str, Any]) -> None:
    ours = {label.replace(" ", "") for label in seen["pages"]["prod/index.html"]["pictures"][0]["labels"]}
    theirs = set(seen["diagrams"]["prod/index.md 0"]["labels"])
    assert len(ours) > 20
    for label in theirs:
        rest = label
        for part in sorted(ours, key=len, reverse=True):
            rest = rest.replace(part, "")
        assert rest == "", label
    assert [part for part in ours if not any(part in label for label in theirs)] == []
