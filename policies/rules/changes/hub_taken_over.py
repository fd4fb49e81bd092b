"""No application takes over a hub on which another one's instances may still run."""

from collections.abc import Iterator

from environments import TaskHub
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Hubs that were another's: critical while that one is still there, since then they were moved or exchanged.

    Where hubs travel with the code, the description exchanges them after each swap, as it should.
    """
    before = {(hub.store.lower(), hub.key): hub for hub in subject.hubs_before}
    still = {(hub.environment, hub.app, hub.slot) for hub in subject.hubs_after}
    mine = {(hub.app, hub.slot, hub.key) for hub in subject.before.hubs()} if subject.before else set()
    for hub in subject.after.hubs() if subject.after else ():
        was = before.get((hub.store.lower(), hub.key))
        if was is None or was.whose == hub.whose or (hub.app, hub.slot, hub.key) in mine or _travels(subject, was, hub):
            continue
        message = f"task hub {hub.name} was that of {was.whose}: its instances go on with the code of {hub.whose}"
        level = None if (was.environment, was.app, was.slot) in still else Level.WARNING
        yield Violation(message, subject.at(hub.app, hub.slot, hub.path[2:]), level=level)


def _travels(subject: ChangeSubject, was: TaskHub, hub: TaskHub) -> bool:
    app = subject.after.apps.get(hub.app) if subject.after else None
    return (
        (was.environment, was.app) == (hub.environment, hub.app) and app is not None and "code" in app.bindings.values()
    )


RULE = Rule(
    slug="hub-taken-over",
    ref="HK804",
    level=Level.CRITICAL,
    also=(Level.WARNING,),
    scope=Scope.CHANGE,
    what="A change gives no slot a task hub that was another's.",
    why=(
        "Each hub has one user at any time, so no other rule sees it; but the instances on it were begun by other code. "
        "Exchanging the hubs of production and a slot makes each replay the other's histories."
    ),
    fix="Give the slot a hub of its own, or drain the hub before it changes hands and waive this finding until then.",
    source="Task hubs in Durable Functions, 2026-04-22; Orchestration versioning, 2026-05-01",
    check=check,
)
