"""YAML with the line of every value, read as YAML 1.2 reads it: no `yes` that is true, no date that is a timestamp.

The engine's own reader turns an unquoted date into a timestamp and 3.10 into 3.1, so a plain scalar that only looks like
text is an error here instead of a surprise there.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from environments.problems import Path, Problem, dotted

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTED = ("\"", "'", "|", ">")
_NULL = re.compile(r"^(~|null|Null|NULL|)$")
_TRUE = re.compile(r"^(true|True|TRUE)$")
_FALSE = re.compile(r"^(false|False|FALSE)$")
_INTEGER = re.compile(r"^[-+]?[0-9]+$")
_FLOAT = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$")


class Unquoted(str):
    """Text that stands in the file without quotes. Versions and dates refuse it."""

    __slots__ = ()


@dataclass
class Lines:
    """Where each value of a file stands. Lines count from 1."""

    file: str
    at: dict[Path, int] = field(default_factory=dict)

    def of(self, path: Path) -> int:
        """The line of a path, or of the nearest thing above it that is in the file."""
        while path not in self.at and path:
            path = path[:-1]
        return self.at.get(path, 1)


def read(text: str, file: str) -> tuple[Any, Lines, list[Problem]]:
    """The value of a YAML text, the line of each part of it, and what is wrong with it as YAML."""
    lines = Lines(file)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, lines, [Problem(file, mark.line + 1 if mark else 1, "", f"not YAML ({error.problem})", "a YAML mapping")]
    except (yaml.YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0]
        return None, lines, [Problem(file, 1, "", f"not YAML ({reason})", "a YAML mapping")]
    if node is None:
        return None, lines, [Problem(file, 1, "", "the file is empty", "an environment: tier, location, owner, apps, …")]
    problems: list[Problem] = []
    value = _value(node, (), lines, problems, seen=())
    if not isinstance(value, dict) and not problems:
        problems.append(Problem(file, 1, "", f"the file holds {kind_of(value)}", "a mapping: tier, location, owner, apps, …"))
    return value, lines, problems


def kind_of(value: object) -> str:
    """What a value is, in words that fit into a message. The value itself is not named: it may be a secret."""
    kinds: list[tuple[type | tuple[type, ...], str]] = [
        (bool, "true or false"),
        ((int, float), "a number"),
        (str, "a text"),
        (dict, "a mapping"),
        (list, "a list"),
    ]
    return next((words for kind, words in kinds if isinstance(value, kind)), "nothing")


def _value(node: yaml.Node, path: Path, lines: Lines, problems: list[Problem], seen: tuple[int, ...]) -> Any:
    lines.at.setdefault(path, node.start_mark.line + 1)
    if id(node) in seen:
        problems.append(Problem(lines.file, node.start_mark.line + 1, dotted(path), "an alias that contains itself", "a value"))
        return None
    seen = (*seen, id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, problems, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), lines, problems, seen) for index, item in enumerate(node.value)]
    return _scalar(node, path, lines, problems)


def _mapping(node: yaml.MappingNode, path: Path, lines: Lines, problems: list[Problem], seen: tuple[int, ...]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else None
        if key is None or key == "<<":
            problems.append(Problem(lines.file, line, dotted(path), "a key that is no plain name", "a plain text as key"))
            continue
        if key in result:
            first = lines.at[(*path, key)]
            problems.append(Problem(lines.file, line, dotted((*path, key)), f"the key is there twice (first on line {first})", "it once"))
            continue
        lines.at[(*path, key)] = line
        result[key] = _value(value_node, (*path, key), lines, problems, seen)
    return result


def _scalar(node: yaml.Node, path: Path, lines: Lines, problems: list[Problem]) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) in _QUOTED:
        return text
    if _NULL.match(text):
        return None
    if _TRUE.match(text) or _FALSE.match(text):
        return bool(_TRUE.match(text))
    if _INTEGER.match(text):
        return int(text) if len(text) < 30 else Unquoted(text)
    if _FLOAT.match(text):
        return float(text)
    if _DATE.match(text):
        problems.append(Problem(lines.file, node.start_mark.line + 1, dotted(path), "a date without quotes", 'it in quotes: "2027-05-01"'))
    return Unquoted(text)
