"""What is wrong with a description: one line each, with file and line, all of them at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: A place in a description: keys and list positions from the top, for example ("apps", "claims", "plan", "sku").
Path = tuple[str | int, ...]

#: What an application setting may be called; Linux plans take no full stop in it.
SETTING_NAME = r"[A-Za-z_][A-Za-z0-9_]{0,127}"
_LONGEST = 60


def in_private(path: Path) -> bool:
    """Whether a place is under `settings` or `secrets`, where a value may be a secret that was put there by mistake."""
    return any(step in ("settings", "secrets") for step in path[:-1])


def one_line(text: str) -> str:
    """A text as it fits into a message: on one line, printable, and not longer than a line is read."""
    shown = text if text.isprintable() else repr(text)[1:-1]
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def dotted(path: Path) -> str:
    """A path as people write it: `apps.claims.orchestrations.ProcessClaim.waits_for[0]`.

    Where a setting's name cannot be one it is cut: `{API_KEY:value}`, the blank forgotten, is one long key with the value in it.
    """
    text = ""
    for position, step in enumerate(path):
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f"{'.' if text else ''}{_cut(step) if in_private(path[: position + 1]) else one_line(step)}"
    return text


def _cut(key: str) -> str:
    if re.fullmatch(SETTING_NAME, key):
        return one_line(key)
    return f"{re.split('[^A-Za-z0-9_]', key, maxsplit=1)[0][:_LONGEST]}…"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file: where it is, what is wrong and what was expected instead. Line 0: the file is not there.

    `source` cites who says so, where the reason is a fact of Azure and not of how a description is written.
    """

    file: str
    line: int
    path: str
    wrong: str
    expected: str
    source: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        subject = f"{self.path}: " if self.path else ""
        cited = f" ({self.source})" if self.source else ""
        return f"{place}{subject}{self.wrong}, expected {self.expected}{cited}"


class DescriptionError(Exception):
    """The descriptions of an estate cannot be used; `problems` lists every mistake of every file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
