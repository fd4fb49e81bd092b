"""The host.json that is written for an application fulfils its own contract, in every environment it goes to."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from environments import DescriptionError, Estate, catalogue, load_estate
from environments.backends import DATABASE_SETTING
from environments.host_json import (
    Contract,
    HostJsonFile,
    UnknownApp,
    contract_in,
    contract_of,
    document,
    problems_of,
    written,
)
from environments.host_json.facts import backends
from environments.hubs import SCHEDULER_SETTING

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(scope="module")
def estate(project_root: Path) -> Estate:
    return load_estate(project_root / "environments", relative_to=project_root)


def changed_estate(project_root: Path, folder: Path, file: str, old: str, new: str) -> Estate:
    """The shipped estate with one text of one file replaced wherever it stands."""
    for one in (project_root / "environments").glob("*.yaml"):
        shutil.copy(one, folder / one.name)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return load_estate(folder)


def in_the_file(text: str) -> HostJsonFile:
    return HostJsonFile("host.json", text)


def test_every_application_has_a_golden_file(estate: Estate) -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == {app for environment in estate for app in environment.apps}


@pytest.mark.parametrize("golden", sorted(GOLDEN.iterdir()), ids=lambda file: file.stem)
def test_a_package_that_is_rebuilt_gets_the_same_file(golden: Path, estate: Estate) -> None:
    """`hubkeeper host-json APP > golden/APP.json` writes them."""
    assert written(contract_of(estate, golden.stem)) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("app", [file.stem for file in GOLDEN.iterdir()])
def test_the_written_file_suits_every_environment_by_itself(app: str, estate: Estate) -> None:
    text = written(contract_of(estate, app))
    for environment in estate:
        assert problems_of(in_the_file(text), contract_in(environment, app)) == ()


EXAMPLES = sorted(Path(__file__).parents[3].glob("examples/*/environments"))


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.parent.name)
def test_every_example_gets_a_file_that_fulfils_it(folder: Path) -> None:
    estate = load_estate(folder)
    apps = {app for environment in estate for app in environment.apps}
    assert apps
    for contract in (contract_of(estate, app) for app in apps):
        assert problems_of(in_the_file(written(contract)), contract) == ()


def test_a_release_on_its_way_is_written_as_the_newest_version(project_root: Path, tmp_path: Path) -> None:
    estate = changed_estate(project_root, tmp_path, "dev.yaml", 'default_version: "1.4"', 'default_version: "1.10"')
    assert document(contract_of(estate, "claims"))["extensions"]["durableTask"]["defaultVersion"] == "1.10"


def test_a_count_that_differs_between_environments_is_refused_with_both_places(
    project_root: Path, tmp_path: Path
) -> None:
    estate = changed_estate(project_root, tmp_path, "test.yaml", "partition_count: 16", "partition_count: 8")
    with pytest.raises(DescriptionError) as caught:
        contract_of(estate, "genomics")
    (first, second) = [
        estate.where(name, ("apps", "genomics", "task_hub", "partition_count")) for name in ("dev", "test")
    ]
    assert str(caught.value) == (
        f"{second[0]}:{second[1]}: apps.genomics.task_hub.partition_count: 8, while dev has 16 ({first[0]}:{first[1]}), "
        "expected the same in every environment: one host.json goes through them all"
    )


def test_a_language_that_differs_between_environments_is_refused(project_root: Path, tmp_path: Path) -> None:
    node = '{language: node, version: "22"}'
    estate = changed_estate(project_root, tmp_path, "prod.yaml", node, '{language: python, version: "3.12"}')
    with pytest.raises(DescriptionError, match=r"apps\.freight\.runtime\.language: python, while dev has node"):
        contract_of(estate, "freight")


def test_an_application_that_is_nowhere_is_told_with_the_nearest(estate: Estate) -> None:
    with pytest.raises(UnknownApp, match=r"no application 'freigt', expected one of .*; did you mean freight?"):
        contract_of(estate, "freigt")


def test_concurrency_is_left_to_the_extension_unless_it_is_described(project_root: Path, tmp_path: Path) -> None:
    folder, other = tmp_path / "one", tmp_path / "two"
    folder.mkdir(), other.mkdir()
    plain = document(contract_of(changed_estate(project_root, folder, "dev.yaml", "tier", "tier"), "claims"))
    assert not [key for key in plain["extensions"]["durableTask"] if key.startswith("maxConcurrent")]
    for one in (project_root / "environments").glob("*.yaml"):
        text = one.read_text(encoding="utf-8").replace(
            '    versioning: {default_version: "1.4"}\n',
            '    versioning: {default_version: "1.4"}\n    concurrency: {activities: 20, orchestrators: 50}\n',
        )
        (other / one.name).write_text(text, encoding="utf-8")
    told = document(contract_of(load_estate(other), "claims"))["extensions"]["durableTask"]
    assert (told["maxConcurrentActivityFunctions"], told["maxConcurrentOrchestratorFunctions"]) == (20, 50)


def test_every_backend_that_can_be_described_is_known_to_host_json() -> None:
    assert set(catalogue.backends()) <= set(backends())


def test_the_connection_of_the_scheduler_is_the_setting_that_is_registered() -> None:
    connection = backends()["durable-task-scheduler"].connection
    assert connection is not None
    assert connection.setting == SCHEDULER_SETTING


def test_the_connection_of_a_database_is_the_setting_that_is_registered(estate: Estate) -> None:
    connection = backends()["mssql"].connection
    assert connection is not None
    assert connection.setting == DATABASE_SETTING
    contract = replace(contract_of(estate, "claims"), backend="mssql", partition_count=None)
    written = document(contract)["extensions"]["durableTask"]
    assert written["storageProvider"] == {"type": "mssql", "connectionStringName": "SQLDB_Connection"}
    assert written["hubName"] == "%TASKHUB_NAME%"


def test_a_file_for_the_scheduler_names_its_connection_and_no_queue(estate: Estate) -> None:
    contract = replace(contract_of(estate, "claims"), backend="durable-task-scheduler", partition_count=None)
    provider = document(contract)["extensions"]["durableTask"]["storageProvider"]
    assert provider == {
        "type": "azureManaged",
        "connectionStringName": "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
    }


CONTRACTS = some.builds(
    Contract,
    app=some.just("claims"),
    language=some.sampled_from(["python", "node", "java", "powershell", "dotnet-isolated", "custom"]),
    backend=some.just("azure-storage"),
    partition_count=some.integers(1, 16),
    activities=some.none() | some.integers(1, 1000),
    orchestrators=some.none() | some.integers(1, 1000),
    default_version=some.none() | some.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}", fullmatch=True),
    scaled_by_platform=some.booleans(),
    polls_soon=some.booleans(),
    never_sampled=some.sets(some.sampled_from(["Dependency", "Event", "Exception", "Request"])).map(
        lambda types: tuple(sorted({"Trace", *types}))
    ),
)


@some.composite
def contracts(draw: some.DrawFn) -> Contract:
    contract = draw(CONTRACTS)
    backend = draw(some.sampled_from(sorted(backends())))
    return contract if backend == "azure-storage" else replace(contract, backend=backend, partition_count=None)


@given(contracts())
def test_whatever_is_described_the_written_file_fulfils_it(contract: Contract) -> None:
    assert problems_of(in_the_file(written(contract)), contract) == ()


@given(contracts(), contracts())
def test_a_file_that_fulfils_another_contract_says_the_same_where_it_matters(one: Contract, other: Contract) -> None:
    if problems_of(in_the_file(written(one)), other) == ():
        assert (one.backend, one.partition_count) == (other.backend, other.partition_count)
        assert other.activities in (None, one.activities)
        assert other.orchestrators in (None, one.orchestrators)
        assert one.default_version or not other.default_version


@given(contracts())
def test_the_written_file_is_plain_json_that_any_reader_takes(contract: Contract) -> None:
    assert json.loads(written(contract)) == document(contract)
