"""The pages of every example estate: each plan and each backend gets what it can use, and nothing that it cannot."""

from pathlib import Path
from posixpath import dirname, join, normpath

import jmespath
import pytest

from environments import Estate, load_estate
from hubkeeper.runbook import render
from tests.runbook.azure_cli_flags import GLOBAL, READING_IN_A_NETWORK, flags_of, verb_of
from tests.runbook.bash_blocks import run
from tests.runbook.markdown_pages import anchors, links, prose, tables
from tests.runbook.test_changing_commands import assert_marked

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


def test_everything_that_changes_something_is_marked_and_asks_first(written: dict[str, str]) -> None:
    assert len(assert_marked(written)) > 5


def test_the_shell_understands_every_page(written: dict[str, str], tmp_path: Path) -> None:
    for path, page in written.items():
        assert run(page, tmp_path / path.replace("/", "-")).complaints == "", path


def test_only_hubs_in_tables_are_looked_for_in_tables(example: Estate, written: dict[str, str]) -> None:
    for environment in example:
        for name, app in environment.apps.items():
            pages = "".join(text for path, text in written.items() if path.startswith(f"{environment.name}/{name}"))
            backend = app.task_hub.backend
            in_tables = backend == "azure-storage"
            assert ("az storage entity query" in pages) == in_tables
            assert ("az storage message peek" in pages) == in_tables
            assert ("--request DELETE" in pages) == (backend != "durable-task-scheduler")
            assert ("az durabletask scheduler show" in pages) == (backend == "durable-task-scheduler")
            assert ("sqlcmd" in pages) == (backend == "mssql")


def test_pages_of_a_scheduler_neither_ask_a_table_nor_purge_nor_call_it_a_store(
    example: Estate, written: dict[str, str]
) -> None:
    for environment in example:
        for name, app in environment.apps.items():
            pages = "".join(text for path, text in written.items() if path.startswith(f"{environment.name}/{name}"))
            in_scheduler = app.task_hub.scheduler is not None
            assert ("as the host of" in pages and "sees it?" in pages) == in_scheduler
            assert ("in the scheduler `dts-" in pages) == in_scheduler
            assert ("a full day can take the host an hour" in pages) != in_scheduler
            of_all = written[f"{environment.name}/hand_over.md"].splitlines()
            risks = "".join(line for line in of_all if f"[{name}]({name}.md)" in line)
            assert ("the scheduler deleted is every hub in it gone" in risks) == in_scheduler
            assert ("tables and queues have no backup" in risks) == (app.task_hub.backend == "azure-storage")
            if in_scheduler:
                assert "nobody is declared to purge" not in risks
                assert "RS has no copy" not in risks
                assert "in the store `dts-" not in pages
                assert "the table alone decides" not in pages


def test_only_the_page_of_an_application_in_a_network_says_from_where_commands_answer(
    example: Estate, written: dict[str, str]
) -> None:
    for environment in example:
        for name, app in environment.apps.items():
            page = written[f"{environment.name}/{name}.md"]
            assert ("From within the network only" in page) == (app.network is not None)
            assert ("az network private-endpoint list" in page) == (app.network is not None)
            assert page.count("az functionapp vnet-integration list") == (len(app.all_slots) if app.network else 0)


def test_commands_on_a_network_exist_and_show_what_the_page_says(
    example: Estate, written: dict[str, str], tmp_path: Path
) -> None:
    places = [(one.name, app) for one in example for app in one.apps if one.apps[app].network]
    for environment, app in places:
        calls = run(written[f"{environment}/{app}.md"], tmp_path / app).of("az")
        asked = [call for call in calls if verb_of(call) in READING_IN_A_NETWORK]
        assert {verb_of(call) for call in asked} == set(READING_IN_A_NETWORK)
        for call in asked:
            flags = flags_of(call)
            assert set(flags) <= READING_IN_A_NETWORK[verb_of(call)] | GLOBAL
            assert {"--subscription", "--only-show-errors", "--output", "--query"} <= set(flags)
        [endpoints] = [flags_of(call)["--query"] for call in asked if "private-endpoint" in call]
        connection = {"groupIds": ["blob"], "privateLinkServiceConnectionState": {"status": "Approved"}}
        there = {"name": f"pe-blob-{app}-{environment}", "privateLinkServiceConnections": [connection]}
        shown = jmespath.search(endpoints, [there, {**there, "name": f"pe-blob-re-{app}-{environment}"}])
        assert shown == [{"name": there["name"], "part": "blob", "state": "Approved"}]
