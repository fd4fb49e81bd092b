"""The range of a subnet stays while a plan is in it."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Another range of a subnet that is made here, for an application that stays in it."""
    for app, old, new in subject.apps():
        if old.subnet and new.subnet and old.subnet != new.subnet:
            message = f"its subnet {old.subnet} becomes {new.subnet}, while the plan holds it"
            yield Violation(message, subject.at(app, path=("network", "subnet")))


RULE = Rule(
    slug="subnet-held",
    ref="HK820",
    level=Level.ERROR,
    scope=Scope.CHANGE,
    what="A change leaves the range of a subnet alone while an application is in it.",
    why=(
        "Azure refuses it (InUsePrefixCannotBeDeleted), and that in the middle of an `up`, after other resources have been "
        "changed already."
    ),
    fix=(
        "Keep the range. Where it is too small, make the network a given one with a larger subnet beside it, or take the "
        "application out of the network and in again, in a quiet hour."
    ),
    source="Azure Functions networking options: subnet size cannot be changed after assignment, read 2026-11-23",
    check=check,
)
