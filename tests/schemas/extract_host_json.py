"""Writes host_json.json beside this: `python -m tests.schemas.extract_host_json <clone of SchemaStore/schemastore>`.

Of the published schema of host.json what it says of the keys that are written for an application, and nothing of the others:
what may stand there. Facts only, no descriptions and no defaults. A key that is written and that the schema refuses, which is
not among those that it is known not to know, is printed.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.matrix.cells import CELLS
from tests.schemas.host_json import UNKNOWN_TO_IT
from tests.schemas.registered import host_jsons
from tests.schemas.source import Clone
from tests.schemas.tables import HOST_JSON

_FILE = "src/schemas/json/host.json"
_KEPT = {"type": "is", "const": "one_of", "enum": "one_of", "minimum": "least", "maximum": "most", "pattern": "pattern"}


class Schema:
    """The published schema, asked path by path."""

    def __init__(self, document: Any) -> None:
        self.definitions = document["definitions"]
        self.rows: dict[str, dict[str, Any]] = {}
        self.refused: set[str] = set()

    def ask(self, value: Any, schema: Any, path: str = "", row: str = "") -> None:
        """Notes what may stand where a value stands; `row` is the path with a star where any key may stand."""
        schema = self.definitions[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema
        self.rows[row] = _row(schema)
        others = schema.get("additionalProperties")
        named = schema.get("properties", {})
        for key, one in value.items() if isinstance(value, dict) else ():
            here, below = (f"{start}.{key}" if start else key for start in (path, row))
            if key in named:
                self.ask(one, named[key], here, below)
            elif isinstance(others, dict):
                self.ask(one, others, here, f"{row}.*" if row else "*")
            elif others is False:
                self.refused.add(here)
            else:
                self.rows[below] = {}


def _row(schema: Any) -> dict[str, Any]:
    row = {ours: schema[theirs] for theirs, ours in _KEPT.items() if theirs in schema}
    if choices := [one["const"] for one in schema.get("oneOf", ()) if "const" in one]:
        row["one_of"] = choices
    if "const" in schema:
        row["one_of"] = [schema["const"]]
    return row


def main(folder: Path) -> int:
    clone = Clone(folder)
    commit, day = clone.git("log", "-1", "--format=%H %cs").split()
    document = json.loads(clone.git("show", f"HEAD:{_FILE}"))
    schema = Schema(document)
    for text in host_jsons(CELLS):
        schema.ask(json.loads(text), schema.definitions["version-2"])
    lines = ",\n".join(f"    {json.dumps(path)}: {json.dumps(row)}" for path, row in sorted(schema.rows.items()))
    head = {"source": f"github.com/SchemaStore/schemastore (Apache 2.0), {_FILE}", "commit": commit, "day": day}
    told = "".join(f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items())
    HOST_JSON.write_text(f'{{\n{told}  "keys": {{\n{lines}\n  }}\n}}\n', encoding="utf-8")
    wrong = schema.refused - UNKNOWN_TO_IT
    for path in sorted(wrong):
        print(f"{path}: no such key")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
