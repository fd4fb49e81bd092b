"""Reading registered inputs without falling into what is unknown, missing or secret."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from functools import cache
from typing import Any, Final

from plan import UNKNOWN, Resource, Secret
from policies.rule import Violation
from policies.subjects import UndecidedHub


class Absent(Enum):
    """A property that nobody set. Not None: a program may set None."""

    MISSING = "missing"


MISSING: Final = Absent.MISSING

UNKNOWN_WORDS: Final = "cannot be read: it is unknown until Azure has made something, or a secret"

MAKE_LITERAL: Final = (
    "Give it a literal value, as the description has it, and not an output of another resource or a secret."
)


def at(values: Any, path: str) -> Any:
    """The value at a dotted path; MISSING when nobody set it, UNKNOWN when it or anything above it is.

    A secret counts as unknown: rules put what they read into messages, and a kept plan has secrets no more.
    """
    for step in _steps(path):
        if isinstance(values, dict):
            values = values.get(step)
            if values is None:
                return MISSING
        else:
            return UNKNOWN if is_unreadable(values) else MISSING
    return UNKNOWN if is_unreadable(values) else values


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def is_unreadable(value: Any) -> bool:
    """Whether a value is unknown or a secret."""
    return value is UNKNOWN or isinstance(value, Secret)


def must_be(resource: Resource, path: str, allowed: Collection[Any], expected: str) -> Iterator[Violation]:
    """A violation unless the property is set, known and one of the allowed values. Not for what may be secret."""
    value = at(resource.inputs, path)
    if value is UNKNOWN:
        yield Violation(f"{path} {UNKNOWN_WORDS}, expected {expected}", fix=MAKE_LITERAL)
    elif value is MISSING:
        yield Violation(f"{path} is not set, expected {expected}")
    elif not any(type(value) is type(one) and value == one for one in allowed):
        yield Violation(f"{path} is {value!r}, expected {expected}")


def unread_hubs(undecided: Iterable[UndecidedHub], about: str) -> Iterator[Violation]:
    """A violation for every slot whose hub or store is unknown, so that a rule on hubs never falls silent."""
    for one in undecided:
        message = f"{one.what} {one.why or UNKNOWN_WORDS}: {about} cannot be checked"
        yield Violation(message, one.whose, one.resource, fix=None if one.why else MAKE_LITERAL)
