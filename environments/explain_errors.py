"""Turns what pydantic reports into problems that people can act on: line, path, what is wrong, what was expected.

No message repeats a value of a setting or a secret.
"""

import difflib
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from environments.model import Environment
from environments.problems import Path, Problem, dotted
from environments.yaml_lines import Lines, kind_of

_EXPECTED = {
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def problems_of(error: ValidationError, document: Any, lines: Lines) -> list[Problem]:
    """Every error of one file as a problem. `document` is what the file holds, `lines` where it stands."""
    return [_problem(details, document, lines) for details in error.errors(include_url=False, include_input=False)]


def _problem(details: ErrorDetails, document: Any, lines: Lines) -> Problem:
    path = tuple(step for step in details["loc"] if step != "[key]")
    if path == ("name",):
        return Problem(lines.file, 1, "", "the file's name is no environment name", details.get("ctx", {}).get("expected", "another name"))
    while path and not _is_there(path[:-1], document):
        path = path[:-1]
    wrong, expected = _words(details, path, document)
    return Problem(lines.file, lines.of(path), dotted(path), wrong, expected)


def _words(details: ErrorDetails, path: Path, document: Any) -> tuple[str, str]:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "refused":
        return context["wrong"], context["expected"]
    if kind == "extra_forbidden":
        known = _known_keys(path[:-1])
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        return "unknown key", f"{near[0]!r}?" if near else f"one of {', '.join(known)}"
    if kind == "missing":
        return "missing", _described(path)
    found = kind_of(_at(path, document))
    if kind == "literal_error":
        value = _at(path, document)
        shown = repr(value) if isinstance(value, str) and not _is_private(path) else found
        return f"{shown} is not known", context["expected"].replace(" or ", ", ")
    if kind in ("greater_than_equal", "less_than_equal", "greater_than"):
        words = {"greater_than_equal": "{ge} or more", "less_than_equal": "{le} or less", "greater_than": "more than {gt}"}
        return f"{_at(path, document)} is out of range", words[kind].format(**context)
    if kind == "too_short":
        return "it is empty", "at least one entry"
    expected = _EXPECTED.get(kind)
    if expected == "a text" and found == "a number":
        return "a number", 'a text in quotes, like "3.12"'
    return (f"{found} stands here", expected) if expected else (details["msg"], "another value")


def _is_private(path: Path) -> bool:
    return "settings" in path or "secrets" in path


def _at(path: Path, document: Any) -> Any:
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def _is_there(path: Path, document: Any) -> bool:
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


@cache
def _schema() -> dict[str, Any]:
    return Environment.model_json_schema()


def _schema_at(path: Path) -> dict[str, Any]:
    """The JSON schema of a path: through properties, free keys, lists, and what may be absent."""
    node = _schema()
    for step in (*path, None):
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


def _described(path: Path) -> str:
    node = _schema_at(path)
    if "enum" in node and len(node["enum"]) < 6:
        return " or ".join(map(str, node["enum"]))
    keys = list(node.get("properties", {}))
    return node.get("description", "") if not keys else f"a mapping with {', '.join(node.get('required', keys))}"
