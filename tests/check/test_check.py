"""`hubkeeper check` in process: what a reviewer is told of a changed estate."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from environments import DescriptionError, UnknownEnvironment, load_estate, task_hubs
from hubkeeper.check import CheckResult, check
from policies.rule import Level
from tests.check.projects import TODAY, copied, replace_in

SLOT = "staging: {hub_binding: slot}"


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Path:
    return copied(project_root, tmp_path)


def places(result: CheckResult) -> set[tuple[str, Level, str | None, int | None]]:
    return {(one.rule, one.level, one.file, one.line) for one in result.findings}


def test_the_shipped_estate_passes(project_root: Path) -> None:
    result = check(project_root, None, TODAY)
    assert result.findings == ()
    assert not result.fails
    assert set(result.summary.environments) == {"dev", "test", "prod"}


def test_one_hub_in_production_and_its_slot_is_critical_and_names_both_places(project: Path) -> None:
    file = project / "environments" / "prod.yaml"
    line = replace_in(file, SLOT, "staging: {hub_binding: slot, task_hub: PRODclaims}")
    result = check(project, None, TODAY)
    hub_line = load_estate(project / "environments").where("prod", ("apps", "claims", "task_hub"))[1]
    shown = "environments/prod.yaml"
    expected = {("unique-task-hub", Level.CRITICAL, shown, hub_line), ("unique-task-hub", Level.CRITICAL, shown, line)}
    assert places(result) == expected
    messages = {one.line: one.message for one in result.findings}
    assert f"prod/claims/staging ({shown}:{line})" in messages[hub_line]
    assert f"prod/claims/production ({shown}:{hub_line})" in messages[line]
    assert result.fails


@pytest.mark.parametrize(
    ("example", "hub", "also"),
    [("durable-task-scheduler", "prodorders", "scheduler-zonal"), ("mssql", "prodledger", "database-zonal")],
)
def test_one_hub_in_production_and_its_slot_is_found_wherever_hubs_live_and_hides_no_other_finding(
    example: str, hub: str, also: str, project: Path, project_root: Path
) -> None:
    for file in (project / "environments").glob("*.yaml"):
        file.unlink()
    shutil.copytree(project_root / "examples" / example / "environments", project / "environments", dirs_exist_ok=True)
    file = project / "environments" / "prod.yaml"
    line = replace_in(file, "hub_binding: slot", f"hub_binding: slot, task_hub: {hub}")
    text = file.read_text(encoding="utf-8").replace("capacity: 3, ", "")
    file.write_text(text.replace("        zone_redundant: true\n", "        zone_redundant: false\n"), encoding="utf-8")
    found = check(project, ["prod"], TODAY).findings
    assert [one.line for one in found if one.rule == "unique-task-hub" and one.level is Level.CRITICAL][-1] == line
    assert also in {one.rule for one in found}


def test_one_hub_in_two_environments_is_found_at_both_and_reported_where_asked(project: Path) -> None:
    replace_in(project / "environments" / "prod.yaml", SLOT, "staging: {hub_binding: slot, task_hub: testfreight}")
    everywhere = check(project, None, TODAY)
    assert {one.file for one in everywhere.findings} == {"environments/prod.yaml", "environments/test.yaml"}
    assert {one.level for one in everywhere.findings} == {Level.ERROR}
    only_test = check(project, ["test"], TODAY)
    assert [one.environment for one in only_test.findings] == ["test"]
    assert "prod/claims/staging (environments/prod.yaml:" in only_test.findings[0].message
    assert check(project, ["dev"], TODAY).findings == ()


def test_one_store_in_two_tiers_is_critical(project: Path) -> None:
    estate = load_estate(project / "environments")
    stores = {hub.environment: hub.store for hub in estate.task_hubs() if hub.app == "genomics"}
    names = f"  genomics:\n    names: {{storage_account: {stores['prod']}}}\n"
    replace_in(project / "environments" / "dev.yaml", "  genomics:\n", names)
    result = check(project, ["dev"], TODAY)
    assert [(one.rule, one.level, one.app) for one in result.findings] == [
        ("store-not-shared", Level.CRITICAL, "genomics")
    ]
    assert "across tiers (development and production)" in result.findings[0].message


def test_a_mistake_in_any_file_stops_the_check_of_every_environment(project: Path) -> None:
    replace_in(project / "environments" / "prod.yaml", "tier: production", "tier: producton")
    with pytest.raises(DescriptionError, match=r"environments/prod\.yaml:2: tier"):
        check(project, ["dev"], TODAY)


def test_an_unknown_environment_is_answered_with_the_nearest(project: Path) -> None:
    with pytest.raises(UnknownEnvironment, match="did you mean prod"):
        check(project, ["prd"], TODAY)


def test_what_a_component_leaves_out_is_found_in_every_site_it_makes(project: Path) -> None:
    insecure = """
from pulumi_azure_native import storage
storage.StorageAccount("extra", account_name="stextra", resource_group_name="rg", kind="StorageV2", sku={"name": "Standard_LRS"})
"""
    program = project / "__main__.py"
    program.write_text(program.read_text() + insecure)
    result = check(project, ["dev"], TODAY)
    assert {one.rule for one in result.findings} == {
        "store-no-shared-key",
        "store-encrypted-transport",
        "store-not-public",
        "store-soft-delete",
        "store-no-foreign-tenant",
        "store-by-entra",
        "owner-tagged",
    }
    line = len(program.read_text().splitlines())
    assert {(one.file, one.line) for one in result.findings} == {("__main__.py", line)}
    assert check(project, ["dev"], TODAY).findings == result.findings


def test_findings_come_worst_first_then_by_environment_and_application(project: Path) -> None:
    result = check(project, None, date(2027, 4, 20))
    assert len(result.findings) > 3
    keys = [(-list(Level).index(one.level), one.environment, one.app or "") for one in result.findings]
    assert keys == sorted(keys)


def test_dates_are_judged_afresh_while_plans_are_kept(project: Path) -> None:
    assert check(project, None, TODAY).findings == ()
    overdue = check(project, ["prod"], date(2027, 2, 2)).findings
    assert [(one.rule, one.level, one.app) for one in overdue if one.level is Level.ERROR] == [
        ("history-review-due", Level.ERROR, "genomics")
    ]


def test_every_hub_of_the_estate_is_compared(project: Path) -> None:
    estate = load_estate(project / "environments")
    hubs = [hub.key for environment in estate for hub in task_hubs(environment)]
    assert len(hubs) == len(set(hubs)) == 15
