"""The tables of what Azure publishes: there for every type, for the version that the SDK asks for, and with no more in them
than is registered."""

import importlib
import json
import re
import typing
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from hubkeeper.local_azure.types import REGISTRY
from tests.matrix.covering import covering
from tests.schemas.bodies import Seen, mistakes
from tests.schemas.registered import azure_resources, environments, host_jsons, wrong_resources
from tests.schemas.tables import ADDED_SINCE, FOLDER, HOST_JSON, TAKEN_INSTEAD, named_in, table, wanted_of

AGAIN = "run `python -m tests.schemas.extract <clone of Azure/bicep-types-az>`"


def version_of_the_sdk(token: str) -> str:
    """The API version that the SDK says of itself that it uses."""
    _, module, name = token.split(":")
    kind = getattr(importlib.import_module(f"pulumi_azure_native.{module}"), name)
    told = [overload.__doc__ or "" for overload in typing.get_overloads(kind.__init__)]
    [version] = {match[1] for text in told if (match := re.search(r"Uses Azure REST API version ([\w-]+)", text))}
    return version


@pytest.mark.parametrize("token", REGISTRY)
def test_there_is_a_body_for_every_type_in_the_version_that_the_sdk_uses(token: str) -> None:
    kind = REGISTRY[token]
    assert kind.api_version == version_of_the_sdk(token)
    wanted = wanted_of(kind)
    assert wanted.key in table(wanted.namespace).bodies, f"{wanted.key} is in no table: {AGAIN}"
    assert table(wanted.namespace).bodies[wanted.key]["version"] == wanted.taken_from, AGAIN


def test_no_table_holds_what_nobody_asks_for() -> None:
    wanted = [wanted_of(kind) for kind in REGISTRY.values()]
    assert {file.stem for file in FOLDER.glob("microsoft.*.json")} == {one.namespace.lower() for one in wanted}
    for namespace in {one.namespace for one in wanted}:
        assert table(namespace).bodies.keys() == {one.key for one in wanted if one.namespace == namespace}, AGAIN


def test_another_version_is_taken_only_where_the_sdk_uses_one_that_the_source_does_not_have() -> None:
    used = {(wanted_of(kind).namespace, kind.api_version) for kind in REGISTRY.values()}
    assert used >= TAKEN_INSTEAD.keys()
    for name, added in ADDED_SINCE.items():
        assert table("Microsoft.Web").objects[name]["properties"].items() >= added.items()
        assert not extracted("Microsoft.Web").get(name, {"properties": {}})["properties"].keys() & added.keys()


def extracted(namespace: str) -> dict[str, Any]:
    """The objects of a table as its file has them."""
    objects: dict[str, Any] = json.loads((FOLDER / f"{namespace.lower()}.json").read_text(encoding="utf-8"))["objects"]
    return objects


def test_every_shape_that_a_table_speaks_of_is_in_it() -> None:
    for namespace in {wanted_of(kind).namespace for kind in REGISTRY.values()}:
        known = table(namespace)
        named = set(named_in([known.bodies, known.objects]))
        assert named
        assert known.objects.keys() >= named >= extracted(namespace).keys()


def test_a_table_holds_nothing_but_what_is_registered() -> None:
    seen: dict[str, Seen] = defaultdict(set)
    registered = chain.from_iterable(map(azure_resources, environments(covering())))
    for resource in chain(registered, wrong_resources()):
        mistakes(resource, seen=seen[wanted_of(REGISTRY[resource.type]).namespace])
    for namespace, come_by in seen.items():
        held = {
            (name, key)
            for name, one in extracted(namespace).items()
            for key in (*one["properties"], *one.get("read_only", ()))
        }
        assert held <= come_by, AGAIN
    assert {f"{namespace.lower()}.json" for namespace in seen} == {
        file.name for file in FOLDER.glob("microsoft.*.json")
    }


def test_the_table_of_host_json_holds_nothing_but_the_keys_that_are_written() -> None:
    rows = {row for text in host_jsons(covering()) for row in rows_of(json.loads(text))}
    assert json.loads(HOST_JSON.read_text(encoding="utf-8"))["keys"].keys() <= rows


def rows_of(value: Any, path: str = "") -> Iterator[str]:
    """The paths of a file; those where any key may stand also with a star."""
    yield path
    for key, one in value.items() if isinstance(value, dict) else ():
        yield f"{path}.*"
        yield from rows_of(one, f"{path}.{key}" if path else key)
