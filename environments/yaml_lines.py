"""YAML with the line of every value, read as YAML 1.2 reads it: no `yes` that is true, no date that is a timestamp.

The engine's own reader turns an unquoted date into a timestamp and 3.10 into 3.1, so a plain scalar that only looks like
text is an error here instead of a surprise there. Values are built from the parser's events: PyYAML's own composer calls
itself once a level, and a file of brackets alone would end the process.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from environments.problems import Path, Problem, dotted

#: Reads what the descriptions are read with, and nothing else: the two loaders of PyYAML differ.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 30
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
#: YAML 1.1 readers begin a new line at these, editors and git do not: every line below would be told wrongly.
_HALF_BREAK = re.compile("[\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]\s*[0-9].*)?")
_CONTENT = "a mapping: tier, location, owner, apps, …"


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
    document = _Document(text, file)
    if odd := _HALF_BREAK.search(text):
        problem = Problem(
            file,
            text.count("\n", 0, odd.start()) + 1,
            "",
            f"the character U+{ord(odd.group()):04X} is not allowed",
            "a line break, or nothing",
        )
        return None, document.lines, [problem]
    try:
        value, problems = document.read(), document.problems
    except _NotYaml as error:
        return None, document.lines, [error.problem]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = max(1, len(text.splitlines()))
        reason, line = error.problem or error.context, min(mark.line + 1 if mark else 1, last)
        return None, document.lines, [Problem(file, line, "", f"not YAML ({reason})", "a YAML mapping")]
    except yaml.reader.ReaderError as error:  # its position counts bytes
        line = text.encode()[: error.position].count(b"\n") + 1
        reason = f"the character U+{int(error.character):04X} is not allowed"
        return None, document.lines, [Problem(file, line, "", f"not YAML ({reason})", "a YAML mapping")]
    if not isinstance(value, dict) and not problems:
        problems = [Problem(file, document.lines.of(()), "", f"the file holds {kind_of(value)}", _CONTENT)]
    return value, document.lines, problems


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


class _NotYaml(Exception):
    """The file cannot be read on; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


_UNFINISHED = object()


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


class _Document:
    """One file on its way from the parser's events to values."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = Lines(file)
        self.problems: list[Problem] = []
        self._anchors: dict[str, Any] = {}
        self._text = text
        self._events: Iterator[Any] = iter(())

    def read(self) -> Any:
        """The value of the first document; a second one is a problem."""
        self._events = iter(yaml.parse(self._text, Loader=LOADER))
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _NotYaml(Problem(self.lines.file, 1, "", "the file is empty", _CONTENT))
        value = self._value(next(self._events), ())
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._wrong(after, (), "a second document begins here", "one document in a file")
        return value

    def _wrong(self, event: Any, path: Path, wrong: str, expected: str) -> None:
        self.problems.append(Problem(self.lines.file, _line(event), dotted(path), wrong, expected))

    def _value(self, event: Any, path: Path) -> Any:
        self.lines.at.setdefault(path, _line(event))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, path)
        if len(path) > _DEEPEST:
            raise _NotYaml(
                Problem(self.lines.file, _line(event), "", "nested too deeply", f"at most {_DEEPEST} levels")
            )
        if event.tag is not None:
            self._wrong(event, path, "a YAML tag stands here", "the value without a tag")
        if event.anchor is not None:
            self._anchors[event.anchor] = _UNFINISHED
        if isinstance(event, yaml.MappingStartEvent):
            value: Any = self._mapping(path)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(path)
        else:
            value = event.value if event.style else self._plain(event, path)
            self._printable(event, path)
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        return value

    def _alias(self, event: Any, path: Path) -> Any:
        value = self._anchors.get(event.anchor, _UNFINISHED)
        if value is not _UNFINISHED:
            return value
        self._wrong(event, path, "an alias of no value", "an anchor that ends above it")
        return None

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent) or key.value in ("", "<<") or not key.value.isprintable():
                self._wrong(
                    key, path, "a key that is no plain name", "a plain text as key, and each key written out (no <<)"
                )
                self._skip(key)
                self._skip(next(self._events))
                continue
            name = str(key.value)
            at = (*path, name)
            if name in result:
                self._wrong(key, at, f"the key is there twice (first on line {self.lines.at[at]})", "it once")
                self._skip(next(self._events))
                continue
            self.lines.at[at] = _line(key)
            result[name] = None
            result[name] = self._value(next(self._events), at)
        return result

    def _skip(self, event: Any) -> None:
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if not depth:
                return
            event = next(self._events)

    def _printable(self, event: Any, path: Path) -> None:
        """Names and texts reach terminals and the logs of pipelines, which obey some characters."""
        if odd := _CONTROL.search(event.value):
            self._wrong(
                event,
                path,
                f"the control character U+{ord(odd.group()):04X} is in the text",
                "text that can be printed",
            )

    def _plain(self, event: Any, path: Path) -> Any:
        text = str(event.value)
        if _NULL.fullmatch(text):
            return None
        if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
            return text.lower() == "true"
        if _INTEGER.fullmatch(text):
            return int(text) if len(text) < 30 else float(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if _DATE.fullmatch(text):
            self._wrong(event, path, "a date without quotes", 'it in quotes, like "2027-05-01"')
        return Unquoted(text)
