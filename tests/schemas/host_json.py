"""A host.json against what the published schema of the file says of the keys that are written; others are mistakes here."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from tests.schemas.tables import HOST_JSON

_KEYS: Final[dict[str, dict[str, Any]]] = json.loads(HOST_JSON.read_text(encoding="utf-8"))["keys"]
_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}
#: Keys that the extension reads and the schema, which calls itself complete, does not have: by the documentation of
#: host.json of 2025-09-29 and of orchestration versioning of 2026-05-01, learn.microsoft.com.
UNKNOWN_TO_IT: Final = frozenset(
    f"extensions.durableTask.{key}"
    for key in (
        "defaultVersion",
        "versionMatchStrategy",
        "versionFailureStrategy",
        "storageProvider.type",
        "storageProvider.useTablePartitionManagement",
    )
)


def mistakes_of_host_json(text: str) -> list[str]:
    """What the schema has against a file: `<path>: <what>`, without the keys that it is known not to know."""
    return [f"{path}: {what}" for path, what in _mistakes(json.loads(text), "") if path not in UNKNOWN_TO_IT]


def keys_it_does_not_know(text: str) -> set[str]:
    """The paths of a file that are not in the table, be it that the schema has them or not."""
    return {path for path, what in _mistakes(json.loads(text), "") if what == _NO_KEY}


_NO_KEY: Final = (
    "not looked up yet: `python -m tests.schemas.extract_host_json` does, or says that there is no such key"
)


def _key_of(parent: str, key: str) -> str | None:
    """Where the table has a key of an object: by its name, or by a star where any key may stand."""
    return next((row for row in (f"{parent}.{key}".lstrip("."), f"{parent}.*".lstrip(".")) if row in _KEYS), None)


def _mistakes(value: Any, path: str, at: str = "") -> Iterator[tuple[str, str]]:
    """`path` is said of the value, `at` is where the table has it; they differ by stars, and names may have dots."""
    row = _KEYS[at]
    kind = row.get("is")
    if kind and (not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield path, f"{type(value).__name__} where {kind} belongs"
        return
    if "one_of" in row and value not in row["one_of"]:
        yield path, f"{value!r} is none of {', '.join(map(str, row['one_of']))}"
    if "pattern" in row and not re.search(row["pattern"], value):
        yield path, f"{value!r} does not match {row['pattern']}"
    if isinstance(value, int | float) and not row.get("least", value) <= value <= row.get("most", value):
        yield path, f"{value} is out of range"
    for key, one in value.items() if isinstance(value, dict) else ():
        here = f"{path}.{key}".lstrip(".")
        below = _key_of(at, key)
        if below is None:
            yield here, _NO_KEY
        else:
            yield from _mistakes(one, here, below)
