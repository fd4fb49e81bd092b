"""host.json against what the schema that is published for it says of the keys that are written."""

import json
from typing import Any

import pytest

from environments.host_json import contract_in, written
from environments.host_json.facts import backends
from tests.matrix.cells import Cell, environment_of
from tests.schemas.host_json import UNKNOWN_TO_IT, keys_it_does_not_know, mistakes_of_host_json

BACKENDS = ("azure-storage", "durable-task-scheduler", "mssql")


def of(backend: str) -> str:
    return written(contract_in(environment_of(Cell("EP1", "linux", "python", backend)), "orders"))


def test_the_keys_that_the_schema_does_not_know_are_known_and_no_more() -> None:
    assert set().union(*(keys_it_does_not_know(of(backend)) for backend in BACKENDS)) == UNKNOWN_TO_IT
    assert set(BACKENDS) <= set(backends())


WRONG: list[tuple[str, Any, str]] = [
    ("extensions.durableTask.hubname", "Orders", "extensions.durableTask.hubname: not looked up yet"),
    ("extensions.durableTask.hubName", 4, "extensions.durableTask.hubName: int where string belongs"),
    ("extensions.durableTask.maxConcurrentActivityFunctions", "10", "…: str where integer belongs"),
    (
        "extensions.durableTask.storageProvider.partitions",
        4,
        "extensions.durableTask.storageProvider.partitions: not looked up yet",
    ),
    (
        "extensions.durableTask.tracing.version",
        "V3",
        "extensions.durableTask.tracing.version: 'V3' is none of None, V1, V2",
    ),
    ("extensions.durableTasks", {}, "extensions.durableTasks: not looked up yet"),
    ("logging.logLevel.Host", "Verbose", "logging.logLevel.Host: 'Verbose' is none of"),
    ("logging.applicationInsights.samplingSettings.isEnabled", "true", "…: str where boolean belongs"),
    ("extensionBundle.name", "x", "extensionBundle.name: not looked up yet"),
    ("version", "4.0", "version: '4.0' is none of 2.0"),
    ("durableTask", {}, "durableTask: not looked up yet"),
]


def test_the_level_of_a_category_with_dots_in_its_name_is_looked_at() -> None:
    document = json.loads(of("azure-storage"))
    document["logging"]["logLevel"]["DurableTask.Core"] = "Verbose"
    [told] = mistakes_of_host_json(json.dumps(document))
    assert told.startswith("logging.logLevel.DurableTask.Core: 'Verbose' is none of Critical, ")


@pytest.mark.parametrize(("path", "value", "says"), WRONG, ids=[f"{one[0]}={one[1]}" for one in WRONG])
def test_a_mistake_is_told_with_its_place(path: str, value: Any, says: str) -> None:
    document = json.loads(of("azure-storage"))
    *above, last = path.split(".")
    place = document
    for key in above:
        place = place[key]
    place[last] = value
    [told] = mistakes_of_host_json(json.dumps(document))
    assert told.startswith(says.replace("…", path))
