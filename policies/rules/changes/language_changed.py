"""Instances that were begun in one language cannot go on in another."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Applications with another language."""
    for app, was, now in subject.apps():
        if was.language and now.language and was.language != now.language:
            message = f"language {was.language} becomes {now.language}: running instances cannot be replayed by it"
            yield Violation(message, subject.at(app, None, ("runtime", "language")))


RULE = Rule(
    slug="language-changed",
    ref="HK812",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change leaves the language of an application with running instances alone.",
    why=(
        "A replay asks the code for the same actions in the same order, with names and data as that language writes them. "
        "Another language's worker fails it as non-deterministic, or cannot read the inputs."
    ),
    fix="Keep `runtime: {language: …}`; bring the new code up as an application of its own and drain the old one.",
    source="Orchestrator function code constraints, learn.microsoft.com, 2026",
    check=check,
)
