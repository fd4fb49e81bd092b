"""What is registered is what is described: the hub and the store of every slot, and no other."""

from collections.abc import Iterator

from environments import ON_SCHEDULER, is_hub_name, task_hubs
from policies.reading import unread_hubs
from policies.registered import registered_hubs
from policies.rule import Level, Rule, Scope, Violation, Whose
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each slot where the two differ; a name that is none is another rule's."""
    if subject.described is None:
        return
    hubs, undecided = registered_hubs(subject.plan, subject.described)
    named = [hub for hub, _ in hubs if is_hub_name(hub.name, on_scheduler=hub.backend == ON_SCHEDULER)]
    registered = {(hub.app, hub.slot): hub for hub in named}
    described = {(hub.app, hub.slot): hub for hub in task_hubs(subject.described)}
    for slot, hub in registered.items():
        whose = Whose(hub.environment, subject.whose.tier, *slot, hub.path)
        told = described.get(slot)
        if told is None:
            yield Violation(f"task hub {hub.name!r} is registered, but no description knows it", whose)
        elif (told.name, told.store) != (hub.name, hub.store):
            message = f"task hub {hub.name!r} in {hub.store} is registered, but {told.name!r} in {told.store} described"
            yield Violation(message, whose)
    yield from unread_hubs(undecided, "whether it is the hub described")


RULE = Rule(
    slug="hub-as-described",
    ref="HK107",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Each slot registers the task hub and the store that its description gives it.",
    why=(
        "The description is what hubs are compared by and what the runbook prints. A hub that only the program knows "
        "is one nobody checks, and one that operators do not look at."
    ),
    fix=(
        "Take the hub from the description (`settings_of`); for one that exists already name it there: `task_hub: "
        "{name: …}`, `slots: {<slot>: {task_hub: …}}`, `names: {storage_account: …}`."
    ),
    source="This project's own rule: one description, three readers",
    check=check,
)
