"""A slot that goes takes its task hub's only reader with it."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Slots of applications that stay, unless another slot has their hub."""
    for app, was, now in subject.apps():
        for slot in sorted(was.slots - now.slots):
            hub = was.hubs[slot]
            if not now.has(hub):
                message = f"slot {slot} is removed: what runs on its task hub {hub.name} is left behind"
                yield Violation(message, subject.at(app, slot, ("slots",)))


RULE = Rule(
    slug="slot-removed",
    ref="HK805",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change removes no deployment slot whose hub may have running work.",
    why="After a swap, instances of the version before run on the slot's hub. Without the slot nobody works on them.",
    fix="Drain the slot's hub first, then remove the slot and waive this finding for the days it takes.",
    source="Zero-downtime deployment for Durable Functions, learn.microsoft.com, 2026-05-20",
    check=check,
)
