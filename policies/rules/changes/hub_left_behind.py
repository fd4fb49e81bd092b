"""A slot that stays keeps its task hub."""

from collections.abc import Iterator

from policies.reading import MAKE_LITERAL, UNKNOWN_WORDS
from policies.rule import Level, Rule, Scope, Violation
from policies.states import is_same_name
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Slots that are there before and after, and have a hub of another name, while no other slot has theirs."""
    for app, was, now in subject.apps():
        for slot in was.unread | now.unread:
            message = f"the hub {UNKNOWN_WORDS}: whether it stays the same one cannot be checked"
            yield Violation(message, subject.at(app, slot), fix=MAKE_LITERAL)
        for slot in was.hubs.keys() & now.hubs.keys():
            old, new = was.hubs[slot], now.hubs[slot]
            if old.backend == new.backend and not is_same_name(old, new) and not now.has(old):
                message = f"task hub {old.name} becomes {new.name}: whatever runs on {old.name} is left behind"
                yield Violation(message, subject.at(app, slot, new.path[2:]), fix=_fix(subject, slot, old.name))


def _fix(subject: ChangeSubject, slot: str | None, old: str) -> str:
    keep = f"slots: {{{slot}: {{task_hub: {old}}}}}" if slot else f"task_hub: {{name: {old}}}"
    return (
        f"Keep the old name: `{keep}`. To move on purpose, drain {old}, waive this finding for the days it takes, and run "
        f"`hubkeeper up {subject.whose.environment} --abandon-hub {old}`."
    )


RULE = Rule(
    slug="hub-left-behind",
    ref="HK801",
    level={"production": Level.CRITICAL, "staging": Level.ERROR, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change does not rename the task hub of a slot that stays.",
    why=(
        "Another name is another, empty hub. Instances, timers and events stay in the old one and nobody reads them: "
        "claims wait for ever, and no error is logged."
    ),
    fix=(
        "Keep the old name (`task_hub: {name: <old>}`, `slots: {<slot>: {task_hub: <old>}}`). To move on purpose, drain "
        "the old hub, waive this finding for the days it takes, and run `hubkeeper up ENV --abandon-hub <old>`."
    ),
    source="Task hubs in Durable Functions, learn.microsoft.com, 2026-04-22",
    check=check,
)
