"""Purposes tell something."""

import re
from collections.abc import Iterator

from environments import Path
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject

EMPTY = re.compile(r"(?i)\s*(todo|tbd|tba|fixme|lorem|n/?a|none|unknown|purpose|description|test|xxx+|\.\.\.|…)\b.*")


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each purpose that is a placeholder, or the name again."""
    told: list[tuple[str, str, Path]] = [(subject.name, subject.app.purpose, (*subject.whose.path, "purpose"))]
    for name, one in subject.app.orchestrations.items():
        told.append((name, one.purpose, (*subject.whose.path, "orchestrations", name, "purpose")))
    for name, purpose, path in told:
        if EMPTY.fullmatch(purpose) or purpose.strip(" .").lower() == name.lower():
            yield Violation(f"the purpose of {name} tells nothing", path=path)


RULE = Rule(
    slug="purpose-told",
    ref="HK708",
    level=Level.WARNING,
    scope=Scope.APP,
    what="The purpose of every application and orchestration is said in words.",
    why="Whoever is woken up must decide whether it can wait until morning, from one sentence.",
    fix="Write who gets what from it: `purpose: Takes one claim through documents, assessment and payment`.",
    source="This project's own rule",
    check=check,
)
