"""One host.json goes to every plan of an application: the strictest decides what it may say of time."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from environments import Environment, Estate, load_estate
from environments.host_json import Contract, HostJsonFile, cautions_of, contract_in, contract_of, problems_of, written
from environments.host_json.contract import TimeLimit
from environments.problems import Problem
from tests.environments.host_json.test_wrong_files import CONTRACT

VERSION = '"version": "2.0",'
DAYS = '"functionTimeout": '
ON_EP1 = "    plan:\n      sku: EP1\n      zone_redundant: true\n      minimum_instances: 2\n"
SLOTS = "    slots:\n      staging: {hub_binding: slot}\n"
DURABLE = "extensions.durableTask"


Look = Callable[[HostJsonFile, Contract], tuple[Problem, ...]]


def told(contract: Contract, old: str, new: str, look: Look = problems_of) -> list[str]:
    """What is said of the file that is written for a contract, with one text replaced."""
    good = written(contract)
    assert good.count(old) == 1
    return [str(one).partition(":")[2] for one in look(HostJsonFile("host.json", good.replace(old, new)), contract)]


@pytest.fixture
def estate(project_root: Path, tmp_path: Path) -> Estate:
    """Production on Elastic Premium, development on Consumption, which ends functions after ten minutes."""
    good = (project_root / "tests" / "environments" / "good.yaml").read_text(encoding="utf-8")
    assert ON_EP1 in good
    on_both = good.replace('{language: python, version: "3.12"}', '{language: node, version: "22"}')
    (tmp_path / "prod.yaml").write_text(on_both, encoding="utf-8")
    (tmp_path / "dev.yaml").write_text(on_both.replace(ON_EP1, "    plan: {sku: Y1}\n"), encoding="utf-8")
    return load_estate(tmp_path)


@pytest.mark.parametrize("value", ['"-1"', "-1", '"-1.00:00:00"', '"00:10:01"', '"1.00:00:00"', '"0:01:00:00"'])
def test_a_timeout_that_the_host_does_not_start_with_on_consumption_is_refused_wherever_the_file_goes(
    value: str, estate: Estate
) -> None:
    for contract in (
        contract_of(estate, "orders"),
        contract_in(estate["dev"], "orders"),
        contract_in(estate["prod"], "orders", [estate["dev"]]),
    ):
        [line] = told(contract, VERSION, f"{VERSION} {DAYS}{value},")
        assert line.startswith("2: functionTimeout: ")
        assert "does not start with" in line
        assert line.endswith('on Y1 (dev), expected "00:10:00" at most')


@pytest.mark.parametrize("value", ['"00:10:00"', '"0:00:10:00"', '"00:00:01"', "null"])
def test_a_timeout_within_ten_minutes_suits_consumption(value: str, estate: Estate) -> None:
    assert told(contract_of(estate, "orders"), VERSION, f"{VERSION} {DAYS}{value},") == []


@pytest.mark.parametrize("value", ['"-1"', "-1", '"-1.00:00:00"', '"02:00:00"', '"1:02:03:04"'])
def test_where_no_plan_ends_functions_the_file_may_let_them_run(value: str, estate: Estate) -> None:
    assert told(contract_in(estate["prod"], "orders"), VERSION, f"{VERSION} {DAYS}{value},") == []


def test_an_environment_with_a_timeout_of_its_own_by_setting_asks_nothing_of_the_file(
    estate: Estate, tmp_path: Path
) -> None:
    file = tmp_path / "dev.yaml"
    setting = 'settings: {AzureFunctionsJobHost__functionTimeout: "00:10:00"}'
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('settings: {REMINDER_HOURS: "48"}', setting), encoding="utf-8")
    assert setting in file.read_text(encoding="utf-8")
    assert contract_of(load_estate(tmp_path), "orders").time_limit is None


def test_a_setting_is_held_against_the_plan_of_its_own_environment(estate: Estate) -> None:
    dev = estate["dev"]
    dev.apps["orders"].settings["AzureFunctionsJobHost__functionTimeout"] = "01:00:00"
    assert contract_in(dev, "orders").time_limit is None
    assert contract_in(dev, "orders", settings_too=True).time_limit == TimeLimit(600, "Y1 (dev)")


def naming(environment: Environment, file: str | None) -> Environment:
    """The environment, whose application names a host.json."""
    app = environment.apps["orders"].model_copy(update={"host_json": file})
    return environment.model_copy(update={"apps": {"orders": app}})


@pytest.mark.parametrize(
    ("there", "same"),
    [("src/host.json", True), (None, True), ("old/host.json", False)],
    ids=["same", "none", "another"],
)
def test_only_the_plans_that_a_file_goes_to_decide_what_it_may_say(
    there: str | None, same: bool, estate: Estate
) -> None:
    contract = contract_in(naming(estate["prod"], "src/host.json"), "orders", [naming(estate["dev"], there)])
    assert contract.time_limit == (TimeLimit(600, "Y1 (dev)") if same else None)


def test_more_hours_than_a_day_are_told_as_the_days_that_the_host_reads(estate: Estate) -> None:
    [line] = told(contract_in(estate["dev"], "orders"), VERSION, f'{VERSION} {DAYS}"24:00:00",')
    assert line == '2: functionTimeout: 24:00:00 is 24 days to the host, expected "00:10:00" at most'


def test_all_environments_that_end_functions_are_named(estate: Estate, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "dev.yaml", tmp_path / "qa.yaml")
    assert contract_of(load_estate(tmp_path), "orders").time_limit == TimeLimit(600, "Y1 (dev, qa)")


ON_FLEX = replace(CONTRACT, polls_soon=True)


def test_a_file_for_flex_consumption_asks_idle_queues_every_ten_seconds() -> None:
    assert '"maxQueuePollingInterval": "00:00:10"' in written(ON_FLEX)
    assert cautions_of(HostJsonFile("host.json", written(ON_FLEX)), ON_FLEX) == ()


def test_a_hub_that_is_looked_at_late_on_flex_consumption_is_warned_of() -> None:
    [line] = told(ON_FLEX, "00:00:10", "00:00:30", cautions_of)
    assert line == (
        f"16: {DURABLE}.storageProvider.maxQueuePollingInterval: 00:00:30 on Flex Consumption, where what waits in an idle "
        'hub is looked at that late, expected "00:00:10" or less'
    )
    assert told(ON_FLEX, "00:00:10", "00:00:30") == []


@pytest.mark.parametrize(
    ("contract", "old", "new"),
    [
        (ON_FLEX, "00:00:10", "00:00:02"),
        (ON_FLEX, '"maxQueuePollingInterval": "00:00:10",', ""),
        (CONTRACT, "00:00:30", "00:01:00"),
    ],
    ids=["sooner", "left to the extension", "where the platform looks at the queues"],
)
def test_no_other_interval_is_warned_of(contract: Contract, old: str, new: str) -> None:
    assert told(contract, old, new, cautions_of) == []


WITH_CODE = replace(CONTRACT, hubs_travel=True)


def test_hubs_that_go_with_their_code_may_match_their_own_version_alone() -> None:
    assert told(WITH_CODE, '"CurrentOrOlder"', '"Strict"') == []
    [line] = told(WITH_CODE, '"Reject"', '"Fail"', cautions_of)
    assert "Fail ends an instance for good" in line
    assert told(WITH_CODE, '"Reject"', '"Fail"') == []


@pytest.mark.parametrize("slots", ["", SLOTS], ids=["no slot", "a hub that stays"])
def test_one_environment_whose_hub_meets_new_code_is_enough_to_refuse_strict(
    slots: str, estate: Estate, tmp_path: Path
) -> None:
    travelling = SLOTS.replace("hub_binding: slot", "hub_binding: code")
    for name, of in (("prod", travelling), ("dev", slots)):
        file = tmp_path / f"{name}.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(SLOTS, of), encoding="utf-8")
    estate = load_estate(tmp_path)
    assert contract_in(estate["prod"], "orders").hubs_travel
    assert not contract_of(estate, "orders").hubs_travel


ON_DATABASE = replace(CONTRACT, backend="mssql", partition_count=None)
CONNECTION = '"connectionStringName": "SQLDB_Connection"'


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ('"createDatabaseIfNotExists": true', "createDatabaseIfNotExists: the database is described"),
        ('"schemaName": "orders"', "schemaName: 'orders', while rights and the statements of the runbook"),
        ('"schemaName": "DT"', "schemaName: 'DT', while rights and the statements of the runbook"),
        ('"taskHubName": "orders"', "taskHubName: the hub is called as the identity"),
    ],
)
def test_a_key_that_leads_away_from_the_described_database_is_refused(key: str, says: str) -> None:
    [line] = told(ON_DATABASE, CONNECTION, f"{CONNECTION}, {key}")
    assert line.startswith(f"15: {DURABLE}.storageProvider.{says}")


@pytest.mark.parametrize("key", ['"createDatabaseIfNotExists": false', '"schemaName": "dt"', '"taskEventBatchSize": 5'])
def test_what_a_database_is_anyway_may_be_said(key: str) -> None:
    assert told(ON_DATABASE, CONNECTION, f"{CONNECTION}, {key}") == []


def test_the_other_word_for_a_scheduler_is_taken_and_warned_of() -> None:
    on_scheduler = replace(CONTRACT, backend="durable-task-scheduler", partition_count=None)
    assert told(on_scheduler, "azureManaged", "durabletask-scheduler") == []
    [line] = told(on_scheduler, "azureManaged", "durabletask-scheduler", cautions_of)
    assert line.endswith('stops the host, expected "azureManaged"')


RANGE = "[4.30.0, 5.0.0)"


@pytest.mark.parametrize("silent", ["[4.38.0]", "[4.30.0, 4.38.1]", "[4.30.0, 4.39.0)", "[4.30.0, 4.38.*]"])
def test_spans_that_no_bundle_of_a_range_sends_as_an_identity_are_warned_of(silent: str) -> None:
    [line] = told(CONTRACT, RANGE, silent, cautions_of)
    assert line.startswith(f"5: extensionBundle.version: '{silent}' lets in no bundle that sends spans")
    v1 = replace(CONTRACT, default_version=None)
    file = HostJsonFile("host.json", written(v1).replace(RANGE, silent).replace('"V2"', '"V1"'))
    assert cautions_of(file, v1) == ()


@pytest.mark.parametrize("open_above", [RANGE, "[4.30.0, )", "[4.30.0, 4.40.0)", "[4.30.0, 4.39.0]"])
def test_a_range_that_lets_newer_bundles_in_is_not_warned_of(open_above: str) -> None:
    assert told(CONTRACT, RANGE, open_above, cautions_of) == []


def test_a_file_that_cannot_be_read_has_nothing_to_consider() -> None:
    for text in (None, "{", "[]"):
        assert cautions_of(HostJsonFile("host.json", text), CONTRACT) == ()
