"""A host.json that would not do what the description says is told line by line, as its authors wrote it."""

from dataclasses import replace
from pathlib import Path

import pytest

from environments.host_json import Contract, HostJsonFile, Unreadable, problems_of, written
from tests.environments.mistakes import Mistake, mistakes_in

CONTRACT = Contract(
    app="claims",
    language="python",
    backend="azure-storage",
    partition_count=4,
    activities=None,
    orchestrators=None,
    default_version="1.4",
    scaled_by_platform=True,
    polls_soon=False,
    never_sampled=("Exception", "Request", "Trace"),
)
GOOD = written(CONTRACT)


MISTAKES = mistakes_in(Path(__file__).with_name("wrong.yaml"))


def lines_of(text: str, contract: Contract = CONTRACT) -> list[str]:
    try:
        found = [str(problem) for problem in problems_of(HostJsonFile("host.json", text), contract)]
    except Unreadable as error:
        found = [str(error)]
    return [line.removeprefix("host.json:") for line in found]


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_the_file_that_is_broken_below_is_good() -> None:
    assert lines_of(GOOD) == []


@pytest.mark.parametrize("one", MISTAKES, ids=lambda one: one.mistake)
def test_a_mistake_gets_exactly_its_lines(one: Mistake) -> None:
    assert one.says
    assert lines_of(changed(one.old, one.new)) == one.says


PROVIDER = '"type": "AzureStorage",'
FINE = {
    "comments, which the host skips": ('"version": "2.0",', '// of the file\n  "version": /* 2 */ "2.0",'),
    "a comma after the last entry": ('"isEnabled": true,', '"isEnabled": true, "evaluationInterval": "01:00:00",'),
    "single quotes": ('"useTablePartitionManagement": true', "'useTablePartitionManagement': true,"),
    "keys in other letters": ('"hubName"', '"HubName"'),
    "the provider left out, which is Azure Storage": (PROVIDER, ""),
    "the partition count left out, which is four": ('"partitionCount": 4,', ""),
    "the application's own store by its name": (PROVIDER, PROVIDER + ' "connectionName": "AzureWebJobsStorage",'),
    "a newer version than described": ('"defaultVersion": "1.4"', '"defaultVersion": "1.10"'),
    "a newer bundle": ("[4.30.0, 5.0.0)", "[4.32.1, 5.0.0)"),
    "settings of other extensions": ('"durableTask": {', '"http": {"routePrefix": ""}, "durableTask": {'),
    "a team's own category": ('"default": "Information",', '"default": "Information", "Claims.Rules": "Debug",'),
    "the framework's categories by their common beginning": (
        '"default": "Information",',
        '"default": "Information", "DurableTask": "Error",',
    ),
    "sampling left to the settings": ('"excludedTypes": "Exception;Request;Trace"', ""),
    "no sampling at all": (
        '"isEnabled": true,\n        "excludedTypes": "Exception;Request;Trace"',
        '"isEnabled": false',
    ),
    "a timeout": ('"version": "2.0",', '"version": "2.0", "functionTimeout": "-1",'),
    "quieter frameworks": ('"DurableTask.Core": "Warning"', '"DurableTask.Core": "Error"'),
}


@pytest.mark.parametrize("what", FINE)
def test_what_the_host_takes_is_no_mistake(what: str) -> None:
    assert lines_of(changed(*FINE[what])) == []


def test_a_byte_order_mark_is_skipped() -> None:
    assert lines_of("\ufeff" + GOOD) == []


NO_JSON = {
    "": "1: not JSON (the file is empty), expected a JSON object",
    "// nothing": "1: not JSON (the file is empty), expected a JSON object",
    "[]": "1: the file holds a list, expected a JSON object",
    "{}\n{}": "2: not JSON (something follows the end), expected a JSON object",
    '{\n"a": [1,\n': "3: not JSON (the list does not end), expected a JSON object",
    '{"a": "b': "1: not JSON (the quotes do not end), expected a JSON object",
    "[" * 100: "1: not JSON (nested deeper than 64 levels), expected a JSON object",
    '{"a": 08x}': "1: not JSON (no value stands here), expected a JSON object",
    '{"a" 1}': "1: not JSON (a colon is missing), expected a JSON object",
    "{a: 1}": "1: not JSON (a key in quotes is missing), expected a JSON object",
}


@pytest.mark.parametrize("text", NO_JSON, ids=lambda text: repr(text[:12]))
def test_what_is_no_json_is_told_in_one_line(text: str) -> None:
    assert lines_of(text) == [NO_JSON[text]]


def test_no_line_repeats_a_connection_that_stands_where_its_setting_belongs() -> None:
    secret = "DefaultEndpointsProtocol=https;AccountKey=c2VjcmV0"
    lines = lines_of(changed(PROVIDER, f'{PROVIDER} "connectionStringName": "{secret}",'))
    assert len(lines) == 1
    assert "AccountKey" not in lines[0]


def test_a_file_of_dotnet_needs_no_bundle() -> None:
    start, end = GOOD.index('  "extensionBundle"'), GOOD.index('  "extensions"')
    assert lines_of(GOOD[:start] + GOOD[end:], replace(CONTRACT, language="dotnet-isolated")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"partitionCount": 4', '"partitionCount": "%A\\nB%"'),
        ('"DurableTask.Core": "Warning"', '"DurableTask.\\n": "Debug"'),
        ('"DurableTask.Core": "Warning"', '"DurableTask.Core": "Much\\n"'),
        ('"version": "2.0",', '"version": "2.0", "no\\nkey": 1,'),
        ('"%TASKHUB_NAME%"', '"' + "x" * 500 + '"'),
    ],
)
def test_a_mistake_is_one_line_of_readable_length(old: str, new: str) -> None:
    (line,) = lines_of(changed(old, new))
    assert "\n" not in line
    assert len(line) < 300
