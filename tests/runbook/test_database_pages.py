"""The pages of an application whose hubs are databases: what reaches the databases, and that it can be done twice."""

import dataclasses
import re
from pathlib import Path

import pytest

from environments import load_estate
from environments.around import Alerts
from environments.task_hub import LongTermBackups
from hubkeeper.runbook import render
from hubkeeper.runbook.risks import open_risks
from hubkeeper.runbook.sql_statements import text_of
from tests.runbook.bash_blocks import Calls, run

USER = "id-ledger-prod"
SERVER = "sql-ledger-prod-rbn42t.database.windows.net"


@pytest.fixture(scope="module")
def pages(project_root: Path) -> dict[str, str]:
    return render(load_estate(project_root / "examples" / "mssql" / "environments"), ["prod"], project=project_root)


def page(pages: dict[str, str], name: str) -> str:
    return pages[f"prod/ledger/{name}.md"]


def statements(calls: Calls) -> list[tuple[str, str]]:
    """Database and statement of each call; each goes to the server of the application, as whoever is logged in to `az`."""
    found = []
    for call in calls.of("sqlcmd"):
        assert call[0:2] == ("-S", SERVER)
        assert call[4:6] == ("--authentication-method", "ActiveDirectoryAzCli")
        assert call[-2] == "-Q"
        assert not {"-P", "-U", "--password"} & set(call)
        found.append((call[3], call[-1]))
    return found


def test_each_database_gets_its_user_and_a_second_time_changes_nothing(pages: dict[str, str], tmp_path: Path) -> None:
    made = statements(run(page(pages, "prepare-the-database-users"), tmp_path))
    creating = [(database, sql) for database, sql in made if "CREATE USER" in sql]
    assert [database for database, _ in creating] == ["prodledger", "prodledgerstaging"]
    for _, sql in creating:
        assert f"IF DATABASE_PRINCIPAL_ID(N'{USER}') IS NULL CREATE USER [{USER}] FROM EXTERNAL PROVIDER;" in sql
        assert f"ALTER ROLE db_owner ADD MEMBER [{USER}];" in sql
        assert "IF @is IS NOT NULL AND @is <> 'looked-up'" in sql
        assert sql.index("ALTER AUTHORIZATION ON SCHEMA::dt TO dbo") < sql.index(f"DROP USER [{USER}]")
    narrowing = [sql for _, sql in made if f"ALTER ROLE dt_runtime ADD MEMBER [{USER}]" in sql]
    assert len(narrowing) == 2
    assert all(f"ALTER ROLE db_owner DROP MEMBER [{USER}]" in sql for sql in narrowing)


def test_whoever_mistypes_changes_nothing(pages: dict[str, str], tmp_path: Path) -> None:
    made = statements(run(page(pages, "prepare-the-database-users"), tmp_path, sure=False))
    assert made
    assert not [sql for _, sql in made if re.search("CREATE|ALTER|DROP", sql)]


def test_counting_and_looking_only_reads_and_asks_for_no_payload(pages: dict[str, str], tmp_path: Path) -> None:
    asked = [
        sql
        for name in ("find-stuck-instances", "purge-by-policy", "restart-safely")
        for _, sql in statements(run(page(pages, name), tmp_path / name))
    ]
    assert len(asked) >= 6
    for sql in asked:
        assert sql.startswith("SELECT")
        assert not re.search(r"\b(INSERT|UPDATE|DELETE|EXEC|DROP|ALTER|CREATE)\b|Payload|InputText|OutputText", sql)


def test_instances_are_asked_of_the_tables_since_the_views_hide_them_from_an_administrator(
    pages: dict[str, str],
) -> None:
    assert not any("dt.vInstances" in text or "dt.vHistory" in text for text in pages.values())
    assert "SELECT TaskHub, RuntimeStatus, COUNT(*)" in page(pages, "find-stuck-instances")


def test_a_purge_looks_at_the_day_in_the_database_and_is_done_by_the_host(
    pages: dict[str, str], tmp_path: Path
) -> None:
    calls = run(page(pages, "purge-by-policy"), tmp_path)
    assert {database for database, sql in statements(calls) if "CreatedTime >= '2026-01-31'" in sql} == {
        "prodledger",
        "prodledgerstaging",
    }
    deleting = [call for call in calls.of("curl") if "DELETE" in call]
    hubs = [hub for call in deleting for hub in re.findall("taskHub=([a-z]+)", " ".join(call))]
    assert hubs == ["prodledger", "prodledgerstaging"]


def test_a_database_is_restored_beside_what_is_there_before_names_are_changed(
    pages: dict[str, str], tmp_path: Path
) -> None:
    text = page(pages, "recover-the-store")
    calls = [call for call in run(text, tmp_path).of("az") if call[:2] == ("sql", "db")]
    verbs = [call[2] for call in calls if call[2] in ("restore", "rename")]
    assert verbs == ["restore", "rename", "rename"] * 2
    assert "taken back to any moment of the last 14 days" in text
    assert "scheduler" not in text


@pytest.fixture(scope="module")
def long_kept(project_root: Path) -> dict[str, str]:
    """The pages of the same application with backups that are kept for years, in a database that grows by itself."""
    estate = load_estate(project_root / "examples" / "mssql" / "environments")
    prod = estate["prod"].model_copy(deep=True)
    ledger = prod.apps["ledger"]
    assert ledger.task_hub.database is not None
    kept = LongTermBackups(weeks=6, years=7, week_of_year=20)
    database = ledger.task_hub.database.model_copy(update={"sku": "HS_Gen5_2", "long_term_backups": kept})
    hub = ledger.task_hub.model_copy(update={"database": database})
    changed = prod.model_copy(update={"apps": {"ledger": ledger.model_copy(update={"task_hub": hub})}})
    return render(dataclasses.replace(estate, environments={"prod": changed}), ["prod"], project=project_root)


def test_pages_that_speak_of_forgetting_say_how_long_backups_do_not(
    pages: dict[str, str], long_kept: dict[str, str], tmp_path: Path
) -> None:
    assert "is in the backups of the databases for 14 days more" in pages["prod/ledger.md"]
    assert not any("kept for long" in text for text in pages.values())
    assert "is in the backups of the databases for 2562 days more" in long_kept["prod/ledger.md"]
    assert "up to 2562" in page(long_kept, "purge-by-policy")
    assert "| What was purged is in backups for | 2562 days" in page(long_kept, "review-access-to-history")
    (risk,) = [line for line in long_kept["prod/hand_over.md"].splitlines() if "backups keep for 2562 days" in line]
    assert "an erasure is complete only then" in risk
    listed = [
        call
        for call in run(page(long_kept, "recover-the-store"), tmp_path).of("az")
        if call[:3] == ("sql", "db", "ltr-backup")
    ]
    assert [call[call.index("--database") + 1] for call in listed] == ["prodledger", "prodledgerstaging"]
    assert all(call[3] == "list" and call[call.index("--location") + 1] == "westeurope" for call in listed)


def test_the_load_of_productions_database_is_looked_at_and_one_that_grows_has_no_share_of_a_size(
    pages: dict[str, str], long_kept: dict[str, str]
) -> None:
    for of, room in (pages, True), (long_kept, False):
        text = of["prod/ledger.md"]
        assert "/servers/sql-ledger-prod-rbn42t/databases/prodledger" in text
        assert ("cpu_percent workers_percent log_write_percent storage_percent" in text) == room
        assert ("prod/alerts/database-nearly-full.md" in of) == room
        assert "database-busy.md" in of["prod/index.md"]


def test_the_handover_says_which_load_nobody_watches(project_root: Path, pages: dict[str, str]) -> None:
    assert "no alert watches the load" not in pages["prod/hand_over.md"]
    prod = load_estate(project_root / "examples" / "mssql" / "environments")["prod"]
    without = prod.model_copy(update={"alerts": Alerts(without=["database-busy"])})
    assert "no alert watches the load of the databases" in {risk.what for risk in open_risks(without)}


def test_the_handover_carries_the_users_that_are_made_by_hand(pages: dict[str, str]) -> None:
    (risk,) = [line for line in pages["prod/hand_over.md"].splitlines() if "database users are made by hand" in line]
    assert "Prepare the database users" in risk
    assert not [line for line in pages["prod/hand_over.md"].splitlines() if "tables and queues have no backup" in line]


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("CloseMonth", "N'CloseMonth'"),
        ("O'Brien", "N'O''Brien'"),
        ("x'; DROP TABLE dt.Instances; --", "N'x''; DROP TABLE dt.Instances; --'"),
        ("two\nlines", "N'two lines'"),
    ],
)
def test_a_name_never_breaks_out_of_a_statement(name: str, quoted: str) -> None:
    assert text_of(name) == quoted
