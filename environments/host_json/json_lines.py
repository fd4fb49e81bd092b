"""JSON with the line of every value, read as the Functions host reads host.json.

The host's reader (Newtonsoft.Json) skips comments, allows a comma after the last entry and single quotes; all that is
read here as well. It takes the last of two equal keys without a word, which here is a problem.
Sources: functions host HostJsonFileConfigurationSource, 2024-10; Newtonsoft.Json #818; functions host #9583.
"""

import json
import re
from bisect import bisect_left
from typing import Any

from environments.problems import Path, Problem, dotted
from environments.yaml_lines import Lines, kind_of

#: How deep the host's reader goes.
_DEEPEST = 64
_BLANK = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_WORD = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.])|(?:true|false|null)\b")
_JSON = "a JSON object"


class NotJson(Exception):
    """The text cannot be read. `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read(text: str, file: str) -> tuple[dict[str, Any], Lines, list[Problem]]:
    """The object a text holds, the line of each part of it, and keys that are there twice. Raises NotJson."""
    return _Text(text.removeprefix("\ufeff"), file).whole()


class _Text:
    """A text on its way to values."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._at = 0
        self._ends = [one.start() for one in re.finditer("\n", text)]
        self._lines = Lines(file)
        self._problems: list[Problem] = []

    def whole(self) -> tuple[dict[str, Any], Lines, list[Problem]]:
        if not self._next():
            raise self._not_json("the file is empty")
        value = self._value(())
        if self._next():
            raise self._not_json("something follows the end")
        if not isinstance(value, dict):
            raise NotJson(Problem(self._lines.file, self._lines.of(()), "", f"the file holds {kind_of(value)}", _JSON))
        return value, self._lines, self._problems

    def _line(self) -> int:
        return bisect_left(self._ends, self._at) + 1

    def _not_json(self, wrong: str) -> NotJson:
        return NotJson(Problem(self._lines.file, self._line(), "", f"not JSON ({wrong})", _JSON))

    def _next(self) -> str:
        """The next character that is neither blank nor comment; nothing at the end."""
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _value(self, path: Path) -> Any:
        first = self._next()
        self._lines.at.setdefault(path, self._line())
        if len(path) > _DEEPEST:
            raise self._not_json(f"nested deeper than {_DEEPEST} levels")
        if first == "{":
            return self._object(path)
        if first == "[":
            return self._array(path)
        if first in ("'", '"'):
            return self._string()
        word = _WORD.match(self._text, self._at)
        if word is None:
            raise self._not_json("a value is missing" if first in ("", ",", "}", "]") else "no value stands here")
        self._at = word.end()
        return float(word[0]) if len(word[0]) > 300 else json.loads(_without_zeros(word[0]))

    def _object(self, path: Path) -> dict[str, Any]:
        self._at += 1
        result: dict[str, Any] = {}
        while (first := self._next()) != "}":
            if first not in ("'", '"'):
                raise self._not_json("the object does not end" if not first else "a key in quotes is missing")
            line = self._line()
            at = (*path, key := self._string())
            if self._next() != ":":
                raise self._not_json("a colon is missing")
            self._at += 1
            if key in result:
                wrong = f"the key is there twice (first on line {self._lines.at[at]})"
                self._problems.append(Problem(self._lines.file, line, dotted(at), wrong, "it once"))
            self._lines.at[at] = line
            result[key] = self._value(at)
            self._comma("}")
        self._at += 1
        return result

    def _array(self, path: Path) -> list[Any]:
        self._at += 1
        result: list[Any] = []
        while (first := self._next()) != "]":
            if not first:
                raise self._not_json("the list does not end")
            result.append(self._value((*path, len(result))))
            self._comma("]")
        self._at += 1
        return result

    def _comma(self, end: str) -> None:
        after = self._next()
        if after == ",":
            self._at += 1
        elif after != end:
            raise self._not_json(f"a comma or {end} is missing")

    def _string(self) -> str:
        found = _STRING.match(self._text, self._at)
        if found is None:
            raise self._not_json("the quotes do not end")
        body = found[0][1:-1]
        if found[0][0] == "'":
            body = re.sub(r"\\'|\"", lambda one: "'" if one[0] == "\\'" else '\\"', body)
        try:
            text = str(json.loads(f'"{body}"', strict=False))
        except ValueError:
            raise self._not_json("a text holds what is no escape") from None
        self._at = found.end()
        return text


def _without_zeros(number: str) -> str:
    """JSON allows no zero in front, the host's reader does."""
    return re.sub(r"^(-?)0+(?=[0-9])", r"\1", number)
