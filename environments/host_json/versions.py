"""Ranges of versions as NuGet writes them: what the highest version is that one lets in."""

import re

_PART = r"[0-9]+(?:\.(?:[0-9]+|\*))*"
_RANGE = re.compile(rf"(?P<open>[\[(])\s*(?P<low>{_PART})?\s*(?P<comma>,)?\s*(?P<high>{_PART})?\s*(?P<close>[\])])")
#: Higher than any part of a version.
_ANY = 1_000_000


def highest(text: str) -> tuple[int, ...] | None:
    """The highest version of a range, as numbers; None where it has no end, or is no range."""
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    end = found["high"] if found["comma"] else found["low"]
    if end is None:
        return None
    numbers = [_ANY if part == "*" else int(part) for part in end.split(".")]
    if found["comma"] and found["close"] == ")":
        return _below(numbers)
    return tuple(numbers)


def _below(numbers: list[int]) -> tuple[int, ...]:
    """The last version before one: before 5.0.0 all of 4."""
    while numbers and numbers[-1] == 0:
        numbers.pop()
    if not numbers:
        return ()
    return (*numbers[:-1], numbers[-1] - 1, _ANY)
