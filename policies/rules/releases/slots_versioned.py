"""An application with slots says how running instances survive a new version."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """Slots without versioning."""
    if subject.app.slots and subject.app.versioning is None:
        listed = ", ".join(subject.app.slots)
        if subject.app.hubs_travel:
            message = f"slots ({listed}) without versioning: the next deployment replays what is left in the slot's hub"
            yield Violation(message, level=Level.WARNING)
        else:
            yield Violation(f"slots ({listed}) without versioning: after a swap new code replays old histories")


RULE = Rule(
    slug="slots-versioned",
    ref="HK601",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.APP,
    what="An application with slots declares orchestration versioning.",
    why=(
        "The hub stays with the slot, so after a swap the new code continues instances that the old code began. Where "
        "the two differ, the replay fails as non-deterministic; already during the swap both run on production's "
        "hub. Where the hub goes with the code (`hub_binding: code`), that happens later: the next deployment meets "
        "what is still running in the slot."
    ),
    fix=(
        'Add `versioning: {default_version: "1.0"}` to the application, and raise it with every change of an '
        "orchestrator."
    ),
    source="Zero-downtime deployment, 2026-05-20; Orchestration versioning, 2026-05-01; durable extension issue #2696",
    check=check,
)
