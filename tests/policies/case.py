"""What a case of a rule is: a change of a sound world, and what is found then, by that rule and by no other.

`expected` holds a line for each finding: level, then application and slot (or `-` for the environment itself).
"""

from dataclasses import dataclass

from tests.policies.world import Change


@dataclass(frozen=True)
class Case:
    """A change and what follows."""

    rule: str
    what: str
    change: Change
    expected: frozenset[str]

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}"


def case(rule: str, what: str, change: Change, *expected: str) -> Case:
    return Case(rule, what, change, frozenset(expected))
