"""Turns what pydantic reports into problems that people can act on: line, path, what is wrong, what was expected.

One mistake gives one problem, and no message repeats a value of a setting or a secret.
"""

import difflib
import re
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from environments.matching import shown
from environments.model import Environment
from environments.problems import Path, Problem, dotted, in_private
from environments.yaml_lines import Lines, kind_of

_RANGE = ("greater_than_equal", "less_than_equal", "greater_than", "less_than", "finite_number")


def problems_of(error: ValidationError, document: Any, lines: Lines) -> list[Problem]:
    """Every mistake of one file as a problem. `document` is what the file holds, `lines` where it stands."""
    errors = error.errors(include_url=False, include_input=False)
    bad_keys = [_path(details) for details in errors if "[key]" in details["loc"]]
    renamed = {_meant(details, document) for details in errors if details["type"] == "extra_forbidden"}
    return [
        _problem(details, document, lines)
        for details in errors
        if not (details["type"] == "missing" and _path(details) in renamed)
        and ("[key]" in details["loc"] or not any(_path(details)[: len(bad)] == bad for bad in bad_keys))
    ]


def _path(details: ErrorDetails) -> Path:
    return tuple(step for step in details["loc"] if step != "[key]")


def _meant(details: ErrorDetails, document: Any) -> Path:
    """The key that an unknown one was probably meant to be, and that is not there; the path of the mapping when there is none."""
    path = _path(details)
    said = _at(path[:-1], document) or {}
    return (
        *path[:-1],
        *difflib.get_close_matches(str(path[-1]), [one for one in _known_keys(path[:-1]) if one not in said], n=1),
    )


def _problem(details: ErrorDetails, document: Any, lines: Lines) -> Problem:
    path = _path(details)
    if path == ("name",):
        expected = details.get("ctx", {}).get("expected", "another name")
        return Problem(lines.file, 1, "", "the file's name is no environment name", expected)
    value = path[-1] if "[key]" in details["loc"] else _at(path, document)
    wrong, expected = _words(details, path, value, document)
    context = details.get("ctx", {})
    source, key = context.get("source", ""), context.get("at", "")
    path = (*path, key) if key else path
    return Problem(lines.file, lines.of(path), dotted(path), wrong, expected, source)


def _words(details: ErrorDetails, path: Path, value: Any, document: Any) -> tuple[str, str]:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "refused":
        return context["wrong"], context["expected"]
    if kind == "extra_forbidden":
        if path[-1] == "system_key" and "slots" in path:
            return "unknown key", "it said once, under the application's access"
        meant = _meant(details, document)
        return "unknown key", f"{meant[-1]}?" if len(meant) == len(
            path
        ) else f"one of {', '.join(_known_keys(path[:-1]))}"
    node = _schema_at(path)
    expected = _expected(node)
    if kind == "missing":
        return "missing", expected
    if kind == "too_short":
        return "it is empty", "at least one entry"
    if kind == "literal_error" and "[key]" in details["loc"]:
        known = context["expected"].replace(" or ", ", ").replace("'", "")
        return f"{shown(value)} is not known", f"one of {known}"
    if kind == "literal_error" and isinstance(value, str) and not in_private(path):
        return f"{shown(value)} is not known", expected
    if kind in _RANGE:
        return f"{value} is out of range", expected
    says_itself = "anyOf" in node and "errorMessage" in node
    if kind == "string_type" and isinstance(value, int | float) and not says_itself:
        return f"{kind_of(value)} stands here", "a text in quotes"
    return f"{kind_of(value)} stands here", expected


def _at(path: Path, document: Any) -> Any:
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


@cache
def _schema() -> dict[str, Any]:
    return Environment.model_json_schema()


def _schema_at(path: Path) -> dict[str, Any]:
    """The JSON schema of a path: through properties, free keys, lists, and what may be absent."""
    node = _schema()
    for step in (*path, None):
        if step is None and "errorMessage" in node:
            break
        for option in node.get("anyOf", ()):
            node = option if option.get("type") != "null" else node
        while "$ref" in node:
            node = _schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        if step is None:
            break
        node = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step) or _free(node)
    return node


def _free(node: dict[str, Any]) -> dict[str, Any]:
    patterned = next(iter(node.get("patternProperties", {}).values()), None)
    free = patterned or node.get("additionalProperties", {})
    return free if isinstance(free, dict) else {}


def _known_keys(path: Path) -> list[str]:
    keys = list(_schema_at(path).get("properties", {}))
    return [key for key in keys if path or key != "name"]


def _expected(node: dict[str, Any]) -> str:
    """What a node of the schema asks for, in words."""
    if "errorMessage" in node:
        return str(node["errorMessage"])
    if "enum" in node:
        return f"one of {', '.join(map(str, node['enum']))}"
    if "const" in node:
        return str(node["const"])
    keys = node.get("required") or list(node.get("properties", {}))
    words = {
        "object": f"a mapping with {', '.join(keys)}" if keys else "a mapping",
        "array": f"a list{_example(node.get('items', {}))}",
        "boolean": "true or false",
        "integer": f"a whole number{_range(node)}",
        "number": f"a number{_range(node)}",
    }
    return words.get(node.get("type", ""), "a text")


def _example(node: dict[str, Any]) -> str:
    """An entry of a list, where the schema has one in its words."""
    found = re.search(r"\blike ([^\s,]+)", node.get("errorMessage", ""))
    return f" like [{found[1]}]" if found else ""


def _range(node: dict[str, Any]) -> str:
    low, high, above = node.get("minimum"), node.get("maximum"), node.get("exclusiveMinimum")
    if above is not None:
        return f" above {above:g} and at most {high:g}"
    return f" from {low:g} to {high:g}" if low is not None else ""
