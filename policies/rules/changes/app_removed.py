"""An application or an environment that goes loses its task hubs."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Applications that are gone; all of them where the environment is."""
    if subject.before is None:
        return
    if subject.after is None:
        names = ", ".join(hub.name for hub in subject.before.hubs())
        yield Violation(f"the environment is removed, with its task hubs {names}", subject.whose)
        return
    for app, was in subject.before.apps.items():
        if app not in subject.after.apps:
            names = ", ".join(hub.name for hub in was.hubs.values())
            yield Violation(f"application {app} is removed, with its task hubs {names}", subject.at(app))


RULE = Rule(
    slug="app-removed",
    ref="HK807",
    level={"production": Level.CRITICAL, "staging": Level.ERROR, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change removes no application and no environment.",
    why="Its store, and every instance in it, goes with it or is left behind without anything that works on it.",
    fix=(
        "Drain it and keep what must be kept; then remove it from the description, waive this finding for the days it "
        "takes, and run `hubkeeper up ENV --delete-stores-of APP --abandon-hub NAME --drained FILE` or `hubkeeper destroy ENV` "
        "(docs/guides/take-down.md). A renamed one is a removed one."
    ),
    source="Task hubs in Durable Functions, learn.microsoft.com, 2026-04-22",
    check=check,
)
