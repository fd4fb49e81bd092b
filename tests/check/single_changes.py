"""Every change of a single value that the schema of a description allows to write down, whether it makes sense or not."""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from environments import Path, dotted

#: Texts of all the forms that descriptions know; where a pattern decides, those that match are tried.
TEXTS = (
    "renamed", "Renamed", "renamed2", "other-name", "9.9", "3.11", "22", "12m", "90d", "2027-12-01", "elsewhere.zip",
    "someone@meridian.example", "198.51.100.0/24", "10.99.0.0/24", "https://wiki.meridian.example/other", "api://other.example",
    "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55", "AzureEventGrid", "../src/host.json", "/api/health", "completed", "durable",
    "/subscriptions/8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55/resourceGroups/rg-x/providers/Microsoft.Insights/actionGroups/x",
)  # fmt: skip

_MOST_TEXTS = 3
_MOST_CHOICES = 6


@dataclass(frozen=True)
class Edit:
    """One change: a value is set or taken away, or the key it stands under is renamed."""

    path: Path
    how: str
    value: Any = None

    def __str__(self) -> str:
        return f"{self.how} {dotted(self.path)}{'' if self.how == 'remove' else f' {self.value!r}'}"

    def applied(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The document with the change; the given one stays as it is."""
        changed: dict[str, Any] = copy.deepcopy(dict(document))
        parent: Any = changed
        for step in self.path[:-1]:
            parent = parent.setdefault(step, {}) if isinstance(parent, dict) else parent[int(step)]
        last = self.path[-1]
        if self.how == "remove":
            del parent[last]
        elif self.how == "rename":
            pairs = [(self.value if key == last else key, value) for key, value in parent.items()]
            parent.clear()
            parent.update(pairs)
        elif isinstance(parent, list) and last == len(parent):
            parent.append(self.value)
        else:
            parent[last] = self.value
        return changed


def single_changes(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Edit]:
    """Every key of the schema changed, added and removed in a document, each with the values that are near."""
    yield from _Walk(schema).of(schema, document, ())


@dataclass(frozen=True)
class _Walk:
    schema: Mapping[str, Any]

    def of(self, node: Mapping[str, Any], value: Any, path: Path) -> Iterator[Edit]:
        """The changes at a value and below it."""
        shapes = list(self.shapes(node))
        if path:
            yield from (Edit(path, "set", other) for other in self.others(shapes, value))
            yield Edit(path, "remove")
        for shape in shapes:
            if isinstance(value, dict) and "properties" in shape:
                for key, inner in shape["properties"].items():
                    yield from self.property(inner, value, key, (*path, key))
            elif isinstance(value, dict):
                yield from self.free(shape, value, path)
            elif isinstance(value, list) and "items" in shape:
                for index, item in enumerate(value):
                    yield from self.of(shape["items"], item, (*path, index))
                yield from (Edit((*path, len(value)), "set", one) for one in self.samples(shape["items"])[:2])

    def property(self, node: Mapping[str, Any], value: dict[str, Any], key: str, path: Path) -> Iterator[Edit]:
        """One key: where it is not there, the samples of its schema, and one step into what could stand there."""
        if key in value:
            yield from self.of(node, value[key], path)
            return
        yield from (Edit(path, "set", one) for one in self.samples(node))
        for shape in self.shapes(node):
            for inner, below in shape.get("properties", {}).items():
                if not shape.get("required"):
                    yield from (Edit((*path, inner), "set", one) for one in self.samples(below))

    def free(self, node: Mapping[str, Any], value: dict[str, Any], path: Path) -> Iterator[Edit]:
        """A mapping whose keys are people's own: each renamed and gone, and one more."""
        patterns = dict(node.get("patternProperties", {})) or {".*": node.get("additionalProperties") or {}}
        for key, inner in value.items():
            shape = next((shape for pattern, shape in patterns.items() if re.search(pattern, str(key))), {})
            yield from self.of(shape, inner, (*path, key))
            yield from (
                Edit((*path, key), "rename", new) for new in (f"{key}2", str(key).swapcase()) if new not in value
            )
        for pattern, shape in patterns.items():
            name = next((text for text in TEXTS if re.search(pattern, text) and text not in value), None)
            models = [*value.values()] or self.samples(shape)
            if name and models:
                yield Edit((*path, name), "set", copy.deepcopy(models[0]))

    def shapes(self, node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The schema's alternatives, references followed, "nothing" left out."""
        if "$ref" in node:
            yield from self.shapes(self.schema["$defs"][node["$ref"].rsplit("/", 1)[1]])
        elif "anyOf" in node:
            for one in node["anyOf"]:
                yield from self.shapes(one)
        elif node.get("type") != "null":
            yield node

    def samples(self, node: Mapping[str, Any]) -> list[Any]:
        """A few values that a schema takes."""
        return [value for shape in self.shapes(node) for value in self._samples(shape)]

    def _samples(self, shape: Mapping[str, Any]) -> list[Any]:
        if "enum" in shape:
            return list(shape["enum"][:_MOST_CHOICES])
        kind = shape.get("type")
        if kind == "boolean":
            return [True, False]
        if kind in ("integer", "number"):
            low, high = shape.get("minimum", 1), shape.get("maximum", 100)
            return list(dict.fromkeys((low, min(low + 1, high), high)))
        if kind == "string":
            return [text for text in TEXTS if re.search(shape.get("pattern", ""), text)][:_MOST_TEXTS]
        if kind == "array":
            return [[], *([one] for one in self.samples(shape.get("items", {}))[:1])]
        required = {key: self.samples(shape["properties"][key]) for key in shape.get("required", ())}
        return [{key: values[0] for key, values in required.items()}] if all(required.values()) else []

    def others(self, shapes: list[Mapping[str, Any]], value: Any) -> Iterator[Any]:
        """What else could stand there: the near ones, and a few of the schema."""
        near: list[Any] = []
        if isinstance(value, str):
            near = [value.swapcase(), f"{value}2"]
        elif isinstance(value, int) and not isinstance(value, bool):
            near = [value + 1, value - 1, value * 2]
        found = [*near, *(one for shape in shapes if shape.get("type") != "object" for one in self._samples(shape))]
        for index, one in enumerate(found):
            if one not in found[:index] and (one != value or type(one) is not type(value)):
                yield one
