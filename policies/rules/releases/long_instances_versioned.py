"""An application whose instances outlive a working day says which version they run."""

from collections.abc import Iterator
from datetime import timedelta

from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject, *, hours: int) -> Iterator[Violation]:
    """Applications with slots are another rule's."""
    app = subject.app
    longest = app.longest_orchestration
    if not app.slots and app.versioning is None and longest is not None and longest > timedelta(hours=hours):
        yield Violation(f"instances run longer than {hours} hours and no versioning is declared")


RULE = Rule(
    slug="long-instances-versioned",
    ref="HK602",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.APP,
    parameters=(Parameter("hours", 24, "Hours that instances may run without orchestration versioning"),),
    what="An application whose instances may run longer than a day (parameter `hours`) declares versioning.",
    why=(
        "There is no moment when none is running, so each release meets instances that the code before it began, and "
        "replays them: where an orchestrator changed, they fail as non-deterministic."
    ),
    fix='Add `versioning: {default_version: "1.0"}`, and raise it with every change of an orchestrator.',
    source="Orchestration versioning, 2026-05-01; Zero-downtime deployment, 2026-05-20",
    check=check,
)
