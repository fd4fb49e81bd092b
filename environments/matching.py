"""How a value type refuses: it names what is wrong and what was expected, and repeats no text that could be a secret."""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from environments import catalogue
from environments.problems import one_line

_FEW = 12


def refuse(wrong: str, expected: str, source: str = "", at: str = "") -> PydanticCustomError:
    """The error a value type raises. Neither text may hold the value where it could be a secret.

    `source` is a key of catalogue/sources.yaml, for what is refused because Azure would. `at` is the key that is told where a
    mapping is refused as a whole.
    """
    cited = catalogue.cited(source) if source else ""
    context = {"wrong": wrong, "expected": expected, "source": cited, "at": at}
    return PydanticCustomError("refused", "{wrong}, expected {expected}", context)


def shown(value: str) -> str:
    """A text of the file as a message repeats it."""
    return f"'{one_line(value)}'"


@dataclass(frozen=True)
class Matching:
    """A text must match this pattern as a whole. With `echo` off the text is never repeated: it may be a secret.

    The pattern is read by editors too (ECMA 262), so it holds only what both dialects know.
    """

    pattern: str
    expected: str
    echo: bool = True

    def check(self, value: str) -> str:
        """The text itself; raises what pydantic turns into a problem."""
        if re.fullmatch(self.pattern, value) is None:
            raise refuse(f"{shown(value) if self.echo else 'the text here'} is not valid", self.expected)
        return str(value)  # a text without quotes in the file becomes a plain one

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic validates it."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """How editors are told. Some show `errorMessage` in place of the pattern."""
        pattern = f"^(?:{self.pattern})$"
        return {"type": "string", "pattern": pattern, "description": self.expected, "errorMessage": self.expected}


@dataclass(frozen=True)
class OneOf:
    """A text or number must be one of these; the message names all where they are few, else the nearest."""

    values: Callable[[], Iterable[str | int]]
    what: str
    example: str = ""
    source: str = ""

    def check(self, value: Any) -> Any:
        """The value itself; raises what pydantic turns into a problem."""
        known = list(self.values())
        if value in known:
            return value if isinstance(value, int) else str(value)
        wrong = str(value) if isinstance(value, int) else shown(value)
        near = difflib.get_close_matches(str(value), map(str, known), n=3, cutoff=0.6)
        hint = f"one like {', '.join(near)}" if near and len(known) > _FEW else self.expected
        raise refuse(f"{wrong} is no {self.what}", hint, self.source)

    @property
    def expected(self) -> str:
        """What is expected where there is nothing yet."""
        known = list(map(str, self.values()))
        return f"one of {', '.join(known)}" if len(known) <= _FEW else f"a {self.what} like {self.example}"

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic validates it."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """How editors are told."""
        return {"enum": list(self.values()), "errorMessage": self.expected}


@dataclass(frozen=True)
class Within:
    """A whole number must lie in this range of the catalogue, both ends included."""

    limit: str
    source: str = ""

    def check(self, value: int) -> int:
        """The number itself; raises what pydantic turns into a problem."""
        low, high = catalogue.limit(self.limit)
        if not low <= value <= high:
            raise refuse(f"{value} is out of range", f"a whole number from {low} to {high}", self.source)
        return value

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic validates it."""
        return core_schema.no_info_after_validator_function(self.check, core_schema.int_schema(strict=True))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """How editors are told."""
        low, high = catalogue.limit(self.limit)
        return {"type": "integer", "minimum": low, "maximum": high}
