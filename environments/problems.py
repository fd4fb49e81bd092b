"""What is wrong with a description: one line each, with file and line, all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

#: A place in a description: keys and list positions from the top, for example ("apps", "claims", "plan", "sku").
Path = tuple[str | int, ...]


def dotted(path: Path) -> str:
    """A path as people write it: `apps.claims.orchestrations.ProcessClaim.waits_for[0]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file: where it is, what is wrong and what was expected instead."""

    file: str
    line: int
    path: str
    wrong: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: "
        subject = f"{self.path}: " if self.path else ""
        return f"{place}{subject}{self.wrong}, expected {self.expected}"


class DescriptionError(Exception):
    """The descriptions of an estate cannot be used; `problems` lists every mistake of every file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
