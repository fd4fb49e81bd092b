"""A store holds the hubs of one application of one environment."""

from collections import defaultdict
from collections.abc import Iterator

from environments import ON_DATABASE, ON_SCHEDULER
from policies.reading import unread_hubs
from policies.rule import Level, Rule, Scope, Violation, Whose
from policies.subjects import HubsSubject

_STORE = ("store", "storage_account")
#: What holds the hubs of other backends, and the key of `names` for it.
_CALLED = {ON_SCHEDULER: ("scheduler", "scheduler"), ON_DATABASE: ("SQL server", "sql_server")}


def check(subject: HubsSubject) -> Iterator[Violation]:
    """One violation for each application in a shared store, at its first hub there."""
    stores: dict[str, dict[tuple[str, str | None], tuple[Whose, str]]] = defaultdict(dict)
    for store, whose, shown in _uses(subject):
        stores[store].setdefault((whose.environment, whose.app), (whose, shown))
    backends = {placed.store: placed.hub.backend for placed in subject.hubs}
    for store, users in stores.items():
        what, key = _CALLED.get(backends.get(store, ""), _STORE)
        for user, (whose, _) in users.items() if len(users) > 1 else ():
            others = [other for one, other in users.items() if one != user]
            strangers = [other for other in others if other[0].tier != whose.tier]
            first, shown = (strangers or others)[0]
            more = f" and {len(others) - 1} more" if len(others) > 1 else ""
            tiers = f", across tiers ({whose.tier} and {first.tier})" if strangers else ""
            message = f"{what} {store} also holds the hub of {shown}{more}{tiers}"
            fix = f"Remove `names: {{{key}: …}}` from one of the two applications, so that each has its own {what}."
            yield Violation(message, whose, level=Level.CRITICAL if strangers else None, fix=fix)
    unread = (one for one in subject.undecided if one.store is None)
    yield from unread_hubs(unread, "whether another application uses the same store")


def _uses(subject: HubsSubject) -> Iterator[tuple[str, Whose, str]]:
    """Every use of a store that can be read, also where the hub's name cannot."""
    yield from ((placed.store, placed.whose, str(placed)) for placed in subject.hubs)
    for one in subject.undecided:
        if one.store is not None:
            yield one.store.lower(), one.whose, f"{one.whose.environment}/{one.whose.app}"


RULE = Rule(
    slug="store-not-shared",
    ref="HK103",
    level=Level.ERROR,
    also=(Level.CRITICAL,),
    scope=Scope.HUBS,
    what="A storage account, scheduler or SQL server holds the task hubs of one application of one environment only.",
    why=(
        "Whoever can write into a hub's store can run code in every application there, a busy neighbour takes its "
        "throughput, and deleting or restoring the account hits all of them."
    ),
    fix="Remove `names: {storage_account: …}` (or scheduler, sql_server) from one of the two, so that each has its own.",
    source=(
        "Data persistence and serialization in Durable Functions (a task hub is no security boundary), 2026-05; "
        "Storage considerations for Azure Functions, 2026"
    ),
    check=check,
)
