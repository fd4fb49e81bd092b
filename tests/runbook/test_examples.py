"""The pages of every example estate: each plan and each backend gets what it can use, and nothing that it cannot."""

from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from environments import Estate, load_estate
from hubkeeper.runbook import render
from tests.runbook.bash_blocks import run
from tests.runbook.markdown_pages import anchors, links, prose, tables

_EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/environments"))
_NAMES = [folder.parent.name for folder in _EXAMPLES]


@pytest.fixture(params=_EXAMPLES, ids=_NAMES, scope="module")
def example(request: pytest.FixtureRequest) -> Estate:
    folder: Path = request.param
    return load_estate(folder)


@pytest.fixture(scope="module")
def written(example: Estate, project_root: Path) -> dict[str, str]:
    return render(example, list(example.environments), project=project_root)


def test_every_link_leads_somewhere_and_every_table_is_whole(written: dict[str, str]) -> None:
    for path, page in written.items():
        for link in links(page):
            target, _, anchor = link.partition("#")
            if not link.startswith("https://"):
                there = normpath(join(dirname(path), target)) if target else path
                assert there in written, (path, link)
                assert not anchor or anchor in anchors(written[there]), (path, link)
        for table in tables(page):
            assert len({len(row) for row in table}) == 1, (path, table[0])
        assert "None" not in prose(page), path


def test_the_shell_understands_every_page(written: dict[str, str], tmp_path: Path) -> None:
    for path, page in written.items():
        assert run(page, tmp_path / path.replace("/", "-")).complaints == "", path


def test_only_hubs_in_tables_are_looked_for_in_tables(example: Estate, written: dict[str, str]) -> None:
    for environment in example:
        for name, app in environment.apps.items():
            pages = "".join(text for path, text in written.items() if path.startswith(f"{environment.name}/{name}"))
            in_tables = app.task_hub.backend == "azure-storage"
            assert ("az storage entity query" in pages) == in_tables
            assert ("az storage message peek" in pages) == in_tables
            assert ("--request DELETE" in pages) == in_tables
            assert ("az durabletask scheduler show" in pages) == (not in_tables)
