"""A setting that stands for a key of host.json is held to what the file is held to."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from environments.host_json import Contract, HostJsonFile, undone, written
from environments.host_json.contract import TimeLimit
from tests.environments.host_json.test_wrong_files import CONTRACT

HOST = "AzureFunctionsJobHost__"
DURABLE = f"{HOST}extensions__durableTask__"
LEVEL = f"{HOST}logging__logLevel__"
FILE = HostJsonFile("host.json", written(CONTRACT))


def told(
    settings: Mapping[str, str], file: HostJsonFile | None = None, contract: Contract = CONTRACT
) -> list[tuple[str, str]]:
    return [(one.wrong, one.expected) for one in undone(settings, {}, file, contract)]


@pytest.mark.parametrize("file", [None, FILE], ids=["no file named", "beside the file"])
@pytest.mark.parametrize(
    ("setting", "value", "wrong"),
    [
        (
            f"{DURABLE}tracing__traceInputsAndOutputs",
            "true",
            "inputs and outputs of orchestrations would stand in the logs",
        ),
        (f"{DURABLE.lower()}TRACING__traceinputsandoutputs", "True", "inputs and outputs of orchestrations"),
        (f"{DURABLE}tracing__traceInputsAndOutputs", "yes", "a text stands here"),
        (f"{DURABLE}defaultVersion", "1.4", "the version belongs to the code"),
        (f"{DURABLE}versionMatchStrategy", "None", "None lets any version work on any instance"),
        (f"{DURABLE}versionMatchStrategy", "Strict", "Strict leaves instances of every earlier version to nobody"),
        (f"{DURABLE}versionFailureStrategy", "Fail", "Fail ends an instance for good"),
        (f"{DURABLE}extendedSessionsEnabled", "true", "the extension has no extended sessions for python"),
        (f"{HOST}logging__applicationInsights__logLevel__default", "Error", "Error loses the events"),
        (
            f"{HOST}logging__applicationInsights__samplingSettings__includedTypes",
            "Trace",
            "the events that orchestrations",
        ),
        (f"{HOST}functionTimeout", "banana", "'banana' is no duration"),
    ],
)
def test_what_would_be_wrong_in_the_file_is_wrong_in_a_setting(
    setting: str, value: str, wrong: str, file: HostJsonFile | None
) -> None:
    [(said, _)] = told({setting: value}, file)
    assert said.startswith(wrong)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (f"{DURABLE}tracing__traceInputsAndOutputs", "false"),
        (f"{DURABLE}versionMatchStrategy", "CurrentOrOlder"),
        (f"{DURABLE}httpSettings__useForwardedHost", "true"),
        (f"{DURABLE}maxConcurrentEntityFunctions", "5"),
        (f"{HOST}logging__console__isEnabled", "true"),
        (f"{HOST}extensions__queues__batchSize", "16"),
        (f"{HOST}functionTimeout", "02:00:00"),
        (f"{LEVEL}default", "Debug"),
        (f"{LEVEL}DurableTask", "Information"),
        ("REMINDER_HOURS", "48"),
    ],
)
def test_what_the_file_may_say_may_be_said_by_a_setting(setting: str, value: str) -> None:
    assert told({setting: value}) == []
    assert told({setting: value}, FILE) == []


@pytest.mark.parametrize("level", ["None", "Error", "Warning"])
def test_a_level_for_all_loses_tracking_events_unless_the_named_file_has_a_word_on_them(level: str) -> None:
    [(wrong, expected)] = told({f"{LEVEL}default": level})
    assert wrong == f"{level} loses the events that orchestrations are followed by (Host.Triggers.DurableTask)"
    assert expected == '"Host.Triggers.DurableTask": "Information"'
    assert told({f"{LEVEL}default": level}, FILE) == []
    assert told({f"{LEVEL}default": level, f"{LEVEL}Host": "Information"}) == []


def test_a_count_is_held_against_the_described_one() -> None:
    setting = {f"{DURABLE}maxConcurrentActivityFunctions": "5"}
    assert told(setting, contract=replace(CONTRACT, activities=20)) == [("5, while the description says 20", "20")]
    assert told(setting, contract=replace(CONTRACT, activities=5)) == []
    assert told(setting, contract=CONTRACT) == []


def test_a_timeout_by_setting_is_held_against_the_plan_of_its_own_environment() -> None:
    on_y1 = replace(CONTRACT, time_limit=TimeLimit(600, "Y1 (dev)"))
    setting = {f"{HOST}functionTimeout": "02:00:00"}
    assert told(setting, contract=on_y1) == [
        ("the host does not start with 02:00:00 on Y1 (dev)", '"00:10:00" at most')
    ]


PROVIDER = f"{DURABLE}storageProvider__"


@pytest.mark.parametrize("file", [None, FILE], ids=["no file named", "beside the file"])
def test_where_people_scale_a_setting_on_how_the_store_is_used_is_held_to_what_the_file_is_held_to(
    file: HostJsonFile | None,
) -> None:
    by_people = replace(CONTRACT, scaled_by_platform=False)
    good = {f"{PROVIDER}controlQueueBatchSize": "16", f"{PROVIDER.lower()}maxqueuepollinginterval": "00:00:10"}
    assert told(good, file, by_people) == []
    assert told({f"{PROVIDER}controlQueueBatchSize": "64"}, file, by_people) == [
        ("64 is out of range", "a whole number, 1 to 32")
    ]
    [(wrong, _)] = told({f"{PROVIDER}taskEventBatchSize": "8"}, file, by_people)
    assert wrong == "a key of mssql, not of AzureStorage"


def test_what_is_refused_when_the_description_is_read_is_not_told_again() -> None:
    assert told({f"{PROVIDER}controlQueueBatchSize": "64"}, contract=replace(CONTRACT, scaled_by_platform=True)) == []
    moved = {f"{PROVIDER}partitionCount": "99", f"{DURABLE}hubName": "x"}
    assert told(moved, contract=replace(CONTRACT, scaled_by_platform=False)) == []


def test_a_full_stop_in_a_setting_is_part_of_a_category() -> None:
    [(wrong, _)] = told({f"{LEVEL}Host.Triggers.DurableTask": "None"}, FILE)
    assert wrong.startswith("None loses the events")
    assert told({f"{LEVEL}Host.Triggers.DurableTask": "Information"}, FILE) == []


def test_a_secret_that_stands_for_a_key_is_told_since_nobody_can_read_it() -> None:
    secrets = {f"{DURABLE}tracing__traceInputsAndOutputs": "trace", "CARRIER_API_KEY": "carrier-api-key"}
    [one] = undone({}, secrets, None, CONTRACT)
    assert (one.setting, one.wrong.partition(",")[0]) == (
        f"{DURABLE}tracing__traceInputsAndOutputs",
        "a secret stands for a key of host.json",
    )


def test_a_mistake_that_only_the_file_makes_is_not_told_of_a_setting() -> None:
    broken = HostJsonFile("host.json", written(CONTRACT).replace('"V2"', '"None"').replace("%TASKHUB_NAME%", "orders"))
    assert told({f"{DURABLE}httpSettings__useForwardedHost": "true"}, broken) == []
    assert told({f"{DURABLE}tracing__traceInputsAndOutputs": "true"}, HostJsonFile("host.json", "{")) != []
