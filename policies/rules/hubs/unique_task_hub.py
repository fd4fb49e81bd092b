"""A task hub name belongs to one slot of one application in one environment."""

from collections import defaultdict
from collections.abc import Iterator

from policies.reading import unread_hubs
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import HubsSubject, PlacedHub


def check(subject: HubsSubject) -> Iterator[Violation]:
    """One violation at each place of a name that is used twice; sharing the store as well is critical."""
    named: dict[str, list[PlacedHub]] = defaultdict(list)
    for placed in subject.hubs:
        named[placed.hub.key].append(placed)
    for same in named.values():
        for placed in same if len(same) > 1 else ():
            others = [other for other in same if other is not placed]
            beside = [other for other in others if other.store == placed.store]
            first = (beside or others)[0]
            more = f" and {len(others) - 1} more" if len(others) > 1 else ""
            end = (
                f" in the same store {placed.hub.store}: both take each other's work"
                if beside
                else ", in another store"
            )
            message = f"task hub {placed.hub.name!r} is also the hub of {first}{more}{end}"
            yield Violation(message, placed.whose, level=Level.CRITICAL if beside else None)
    yield from unread_hubs(subject.undecided, "whether another slot has the same hub")


RULE = Rule(
    slug="unique-task-hub",
    ref="HK101",
    level=Level.ERROR,
    also=(Level.CRITICAL,),
    scope=Scope.HUBS,
    what="No two slots, applications or environments have a task hub of the same name.",
    why=(
        "Hosts on one hub take each other's messages: instances stay Pending, or run on the other's code. The same "
        "name in another store is one changed setting away from that, and no one reading a log can tell the two "
        "apart."
    ),
    fix=(
        "Remove `task_hub: {name: …}` (or `slots: {<slot>: {task_hub: …}}`) from one of the two, so that the name is "
        "derived, or give one a name of its own. A hub with running instances is drained before it is renamed."
    ),
    source=(
        "Task hubs in Durable Functions, learn.microsoft.com, 2026-04-22; durable extension issues #407, #634, #1628; "
        "names are compared sanitised and in lower case: durabletask, AzureStorageOrchestrationService, 2026-06"
    ),
    check=check,
)
