"""What Azure publishes of the properties that are registered here, and nothing of the rest: one table a namespace."""

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hubkeeper.local_azure.types import ResourceType

FOLDER = Path(__file__).resolve().parent
HOST_JSON = FOLDER / "host_json.json"

#: Versions that the SDK asks for and the source does not have yet, and the newest before them that it has.
TAKEN_INSTEAD = {("Microsoft.Web", "2025-05-01"): "2025-03-01"}
#: What the later version has beyond that, of the objects that are reached: azure-mgmt-web 11.0.1, which Microsoft makes
#: of 2025-05-01, compared class by class on 2026-11-23. There is no other difference in names, choices, or what is required.
ADDED_SINCE: dict[str, dict[str, Any]] = {
    "FunctionAppConfig": {"siteUpdateStrategy": {"object": "FunctionsSiteUpdateStrategy"}},
    "FunctionsSiteUpdateStrategy": {"type": {"one_of": ["Recreate", "RollingUpdate"], "open": True}},
}


@dataclass(frozen=True)
class Wanted:
    """A body: whose, in which version, and for a type with one body for each fixed name, which."""

    arm_type: str
    api_version: str
    constant_name: str = ""

    @property
    def namespace(self) -> str:
        return self.arm_type.partition("/")[0]

    @property
    def taken_from(self) -> str:
        """The version that the table is made of."""
        return TAKEN_INSTEAD.get((self.namespace, self.api_version), self.api_version)

    @property
    def key(self) -> str:
        return "/".join(filter(None, (self.arm_type, self.constant_name)))


def wanted_of(kind: ResourceType) -> Wanted:
    """The body behind a resource type of the SDK."""
    last = kind.id_form.rsplit("/", 1)[-1]
    return Wanted(kind.arm_type, kind.api_version, "" if "{" in last else last)


@dataclass(frozen=True)
class Table:
    """The bodies of one namespace and the objects within them; `whole` while it is all that the source has."""

    bodies: dict[str, Any]
    objects: dict[str, Any]
    whole: bool = False


@functools.cache
def table(namespace: str) -> Table:
    """What is known of a namespace ("Microsoft.Web")."""
    document = json.loads(FOLDER.joinpath(f"{namespace.lower()}.json").read_text(encoding="utf-8"))
    return Table(document["bodies"], with_what_was_added(namespace, document["objects"]))


def with_what_was_added(namespace: str, objects: Mapping[str, Any]) -> dict[str, Any]:
    """The objects of a namespace with `ADDED_SINCE`."""
    added = ADDED_SINCE if any(of == namespace for of, _ in TAKEN_INSTEAD) else {}
    both = dict(objects)
    for name, properties in added.items():
        one = objects.get(name, {"properties": {}})
        both[name] = {**one, "properties": {**one["properties"], **properties}}
    return both


def named_in(value: Any) -> Iterator[str]:
    """The names of the objects that bodies, shapes, or what is known of an object speak of."""
    if isinstance(value, Mapping):
        name = value.get("object")
        if isinstance(name, str):
            yield name
    for one in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from named_in(one)


def source_of(name: str) -> str:
    """Where a table is from, and of when."""
    document = json.loads(FOLDER.joinpath(f"{name.lower()}.json").read_text(encoding="utf-8"))
    return f"{document['source']}, commit {document['commit'][:12]} of {document['day']}"
