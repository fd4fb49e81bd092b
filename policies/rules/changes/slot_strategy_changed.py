"""How slots and task hubs belong together does not change unnoticed."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Slots whose `hub_binding` is another one."""
    for app, was, now in subject.apps():
        for slot in sorted(was.bindings.keys() & now.bindings.keys()):
            before, after = was.bindings[slot], now.bindings[slot]
            if before != after:
                message = f"hub_binding {before} becomes {after}: the next swap moves hubs the other way"
                yield Violation(message, subject.at(app, slot, ("slots", slot, "hub_binding")))


RULE = Rule(
    slug="slot-strategy-changed",
    ref="HK806",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change leaves alone whether a slot's task hub stays with the slot or travels with the code.",
    why=(
        "Swapping by the other strategy while instances run puts them under code that did not begin them, or leaves them "
        "in a slot that nobody works in. The runbook's swap procedure is another one from then on."
    ),
    fix="Swap and drain by the old strategy first; then change `hub_binding`, and waive this finding for that day.",
    source="Zero-downtime deployment for Durable Functions, learn.microsoft.com, 2026-05-20",
    check=check,
)
