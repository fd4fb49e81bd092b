"""The site: every page, every link and anchor, nothing loaded from anywhere, a search that finds, nothing stale left."""

import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from environments import Environment, Estate
from hubkeeper.runbook import render
from hubkeeper.runbook.site import site, write_site


class _Read(HTMLParser):
    """What a browser would load, follow and jump to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.scripts = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given["id"]} if "id" in given else set()
        self.scripts += tag == "script"
        if tag == "a":
            self.links += [given["href"]] if "href" in given else []
        elif "src" in given or "href" in given:
            self.loads.append(given.get("src") or given["href"])


@pytest.fixture(scope="module")
def files(pages: dict[str, str], project_root: Path) -> dict[str, str]:
    return site(pages, project_root)


@pytest.fixture(scope="module")
def read(files: dict[str, str]) -> dict[str, _Read]:
    return {path: _Read(text) for path, text in files.items() if path.endswith(".html")}


def test_every_page_is_there_and_loads_only_files_of_the_site(
    files: dict[str, str], read: dict[str, _Read], pages: dict[str, str]
) -> None:
    assert {path.removesuffix(".html") for path in read} == {path.removesuffix(".md") for path in pages}
    for path, page in read.items():
        assert len(page.loads) == 3
        for loaded in page.loads:
            assert normpath(join(dirname(path), loaded)) in files, (path, loaded)


def test_every_link_leads_to_a_page_and_a_heading(read: dict[str, _Read]) -> None:
    for path, page in read.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            if not link.startswith(("https://", "mailto:")):
                there = normpath(join(dirname(path), target)) if target else path
                assert there in read, (path, link)
                assert not anchor or anchor in read[there].ids, (path, link)


def test_the_site_of_one_environment_has_no_link_to_another(estate: Estate, project_root: Path) -> None:
    files = site(render(estate, ["prod"], project=project_root), project_root)
    read = {path: _Read(text) for path, text in files.items() if path.endswith(".html")}
    for path, page in read.items():
        for link in page.links:
            target = link.partition("#")[0]
            assert (
                link.startswith(("https://", "mailto:")) or not target or normpath(join(dirname(path), target)) in read
            )
    assert any(link.startswith("prod/") for link in read["index.html"].links)


def test_what_is_marked_stays_marked_and_comments_are_gone(files: dict[str, str]) -> None:
    page = files["prod/claims/restart-safely.html"]
    assert page.count("<strong>CAUTION</strong>") == 2
    assert "Rendered by hubkeeper" not in page
    assert "markdownlint" not in page


def test_harm_in_a_description_stays_words(estate: Estate, project_root: Path) -> None:
    described = estate["prod"].model_dump(exclude_unset=True)
    described["apps"]["claims"]["purpose"] = '</main><script>alert(1)</script> [x](javascript:alert(1)) "><img src=x>'
    harmed = Estate({"prod": Environment.model_validate(described)}, estate.lines)
    files = site(render(harmed, ["prod"], project=project_root), project_root)
    for path, text in files.items():
        if path.endswith(".html"):
            page = _Read(text)
            assert page.scripts == 2, path
            assert not [link for link in (*page.links, *page.loads) if "javascript" in link or link == "x"], path


@pytest.mark.skipif(not shutil.which("node"), reason="no node on this machine, which runs the search")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("handover prod", "prod/hand_over.html"),
        ("restart safely freight test", "test/freight/restart-safely.html"),
        ("stclaimsprod2xyq4i who scales", "prod/claims.html"),
        ("no such words anywhere", None),
        ("", None),
    ],
)
def test_the_search_finds_a_page_by_words_of_it(
    files: dict[str, str], tmp_path: Path, typed: str, first: str | None
) -> None:
    write_site({name: files[name] for name in ("search.js", "pages.js")}, tmp_path)
    (tmp_path / "ask.js").write_text(
        "const { search } = require('./search.js');\n"
        "const pages = new Function(require('fs').readFileSync('pages.js', 'utf8') + '; return PAGES;')();\n"
        "console.log(JSON.stringify(search(pages, process.argv[2]).map((page) => page.path)));\n"
    )
    done = subprocess.run(["node", "ask.js", typed], cwd=tmp_path, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert (found[0] if found else None) == first


def test_a_page_that_is_gone_leaves_no_file_and_what_is_not_ours_stays(files: dict[str, str], tmp_path: Path) -> None:
    write_site(files, tmp_path)
    (tmp_path / "prod" / "notes.html").write_text("<p>ours</p>")
    fewer = {path: text for path, text in files.items() if not path.startswith("prod/claims")}
    removed = write_site(fewer, tmp_path)
    assert "prod/claims.html" in removed
    assert not (tmp_path / "prod/claims.html").exists()
    assert (tmp_path / "prod/notes.html").exists()
    assert write_site(fewer, tmp_path) == []
