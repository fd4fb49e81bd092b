"""What Azure/bicep-types-az holds of a resource type: all of its body, read from a clone."""

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.schemas.tables import Wanted

_REQUIRED, _READ_ONLY = 1, 2
_BOUNDS = {
    "minLength": "shortest",
    "maxLength": "longest",
    "pattern": "pattern",
    "minValue": "least",
    "maxValue": "most",
}


class Clone:
    """The repository, also one without a work tree."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = self.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def body(self, wanted: Wanted) -> tuple[list[Any], int]:
        """All the types of a file, and which of them is the body of the wanted one."""
        namespace, _, _ = wanted.arm_type.partition("/")
        for file in self.files:
            if not file.endswith(f"/{namespace.lower()}/{wanted.taken_from}/types.json"):
                continue
            types = json.loads(self.git("show", f"HEAD:{file}"))
            for one in types:
                if one.get("name", "").lower() == f"{wanted.arm_type}@{wanted.taken_from}".lower():
                    return types, _target(one["body"])
        raise SystemExit(f"{wanted.arm_type} {wanted.taken_from}: not there")


class Shapes:
    """The shapes that can be reached from the bodies of one namespace, each object once."""

    def __init__(self) -> None:
        self.bodies: dict[str, Any] = {}
        self.objects: dict[str, Any] = {}
        self._names: dict[tuple[str, int], str] = {}

    def add(self, wanted: Wanted, types: list[Any], index: int) -> None:
        body = types[index]
        if "discriminator" in body and wanted.constant_name:
            index = _target(body["elements"][wanted.constant_name])
        self.bodies[wanted.key] = {"version": wanted.taken_from, "body": self._shape(types, index, wanted.taken_from)}

    def _shape(self, types: list[Any], index: int, version: str) -> Any:
        one = types[index]
        bounds = {ours: one[theirs] for theirs, ours in _BOUNDS.items() if theirs in one}
        match one["$type"]:
            case "StringType":
                return {"kind": "string", **bounds} if bounds else "string"
            case "IntegerType":
                return {"kind": "number", **bounds} if bounds else "number"
            case "BooleanType":
                return "boolean"
            case "StringLiteralType":
                return {"one_of": [one["value"]]}
            case "ArrayType":
                return {"list": self._shape(types, _target(one["itemType"]), version), **bounds}
            case "UnionType":
                return self._union(types, [_target(element) for element in one["elements"]], version)
            case "ObjectType" | "DiscriminatedObjectType":
                return self._object(types, index, version)
        return "anything"

    def _union(self, types: list[Any], members: list[int], version: str) -> Any:
        values = [types[member]["value"] for member in members if "value" in types[member]]
        others = [member for member in members if "value" not in types[member]]
        if not others:
            return {"one_of": values}
        if values and all(types[member]["$type"] == "StringType" for member in others):
            return {"one_of": values, "open": True}
        return "anything"

    def _object(self, types: list[Any], index: int, version: str) -> Any:
        one = types[index]
        properties = one.get("properties") or one.get("baseProperties", {})
        if not properties and "elements" not in one:
            return (
                {"map": self._shape(types, _target(one["additionalProperties"]), version)} if _free(one) else "anything"
            )
        identity = (version, index)
        if identity not in self._names:
            name = f"{one['name'].rsplit('/', 1)[-1]}"
            while name in self.objects:
                name += "'"
            self._names[identity] = name
            self.objects[name] = {}  # found again by what refers to itself
            self.objects[name] = self._described(types, one, properties, version)
        return {"object": self._names[identity]}

    def _described(self, types: list[Any], one: Any, properties: Any, version: str) -> dict[str, Any]:
        described: dict[str, Any] = defaultdict(list)
        shapes = {}
        for name, each in sorted(properties.items()):
            flags = each["flags"]
            if flags & _READ_ONLY:
                described["read_only"].append(name)
                continue
            if flags & _REQUIRED:
                described["required"].append(name)
            shapes[name] = self._shape(types, _target(each["type"]), version)
        if _free(one):
            described["others"] = self._shape(types, _target(one["additionalProperties"]), version)
        if "elements" in one:
            described["told_by"] = one["discriminator"]
            described["of"] = {
                value: self._shape(types, _target(element), version)
                for value, element in sorted(one["elements"].items())
            }
        return {**described, "properties": shapes}


def _target(reference: Any) -> int:
    return int(reference["$ref"].rsplit("/", 1)[-1])


def _free(one: Any) -> bool:
    return "additionalProperties" in one
