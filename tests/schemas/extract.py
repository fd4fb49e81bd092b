"""Writes the tables of this folder: `python -m tests.schemas.extract <clone of Azure/bicep-types-az>`.

The repository holds, for each resource type and API version, what Azure's REST specifications say of its body. All that is
registered (`registered.py`) is held against that, and what is wrong is printed. Kept are the facts that this walk came by and
nothing else: of properties that are set kinds, choices, bounds and patterns, of objects that are set what they require.
Each table names the commit and its day. It takes some minutes, for every cell of the matrix is recorded.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hubkeeper.local_azure.types import REGISTRY
from plan import Resource
from tests.matrix.cells import CELLS
from tests.schemas.bodies import ITSELF, Seen, mistakes
from tests.schemas.registered import azure_resources, environments, wrong_resources
from tests.schemas.source import Clone, Shapes
from tests.schemas.tables import FOLDER, Table, named_in, wanted_of, with_what_was_added


class Asked:
    """The whole of the source, by namespaces, and what was asked of it."""

    def __init__(self, whole: Mapping[str, Shapes]) -> None:
        self.whole = {
            namespace: Table(one.bodies, with_what_was_added(namespace, one.objects), whole=True)
            for namespace, one in whole.items()
        }
        self.seen: dict[str, Seen] = defaultdict(set)

    def __call__(self, resource: Resource) -> list[str]:
        namespace = wanted_of(REGISTRY[resource.type]).namespace
        return [
            f"{resource.type} {resource.name}: {one}"
            for one in mistakes(resource, self.whole[namespace], self.seen[namespace])
        ]


def seen_of(whole: Shapes, seen: Seen) -> dict[str, Any]:
    """The objects within the bodies, as far as they were come by, each with what was asked of it."""
    kept: dict[str, Any] = {}
    open_ends = list(named_in(whole.bodies))
    while open_ends:
        name = open_ends.pop()
        if name not in kept:
            kept[name] = _seen_of(whole.objects[name], name, seen)
            open_ends.extend(named_in(kept[name]))
    return kept


def _seen_of(one: Mapping[str, Any], name: str, seen: Seen) -> dict[str, Any]:
    keys = {key for of, key in seen if of == name}
    if ITSELF not in keys:
        return {"properties": {}}
    kept = {key: one[key] for key in ("required", "told_by") if key in one}
    if read_only := [key for key in one.get("read_only", ()) if key in keys]:
        kept["read_only"] = read_only
    if "of" in one:
        kept["of"] = {value: shape if (shape["object"], ITSELF) in seen else None for value, shape in one["of"].items()}
    free = dict.fromkeys(keys - {ITSELF, one.get("told_by"), *read_only}, one["others"]) if "others" in one else {}
    properties = {**free, **one["properties"]}
    return {**kept, "properties": {key: properties[key] for key in sorted(keys & properties.keys())}}


def _lines(document: dict[str, Any]) -> Iterator[str]:
    """JSON with an object of Azure in a line, so that a change of one is a line of a diff."""
    yield "{"
    for key in ("source", "commit", "day"):
        yield f"  {json.dumps(key)}: {json.dumps(document[key])},"
    for key in ("bodies", "objects"):
        yield f"  {json.dumps(key)}: {{"
        rows = [f"    {json.dumps(name)}: {json.dumps(one)}" for name, one in sorted(document[key].items())]
        yield ",\n".join(rows)
        yield "  }," if key == "bodies" else "  }"
    yield "}"


def main(folder: Path) -> int:
    clone = Clone(folder)
    commit, day = clone.git("log", "-1", "--format=%H %cs").split()
    whole: dict[str, Shapes] = defaultdict(Shapes)
    for kind in REGISTRY.values():
        wanted = wanted_of(kind)
        whole[wanted.namespace].add(wanted, *clone.body(wanted))
    asked = Asked(whole)
    wrong = {one for environment in environments(CELLS) for each in azure_resources(environment) for one in asked(each)}
    assert all(asked(one) for one in wrong_resources())
    for namespace, shapes in whole.items():
        document = {
            "source": "github.com/Azure/bicep-types-az (MIT), made from Azure's REST specifications",
            "commit": commit,
            "day": day,
            "bodies": shapes.bodies,
            "objects": seen_of(shapes, asked.seen[namespace]),
        }
        FOLDER.joinpath(f"{namespace.lower()}.json").write_text("\n".join(_lines(document)) + "\n", encoding="utf-8")
    for one in sorted(wrong):
        print(one)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
