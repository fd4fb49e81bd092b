"""A task hub is not called what another site of the same store would be given by default."""

from collections import defaultdict
from collections.abc import Iterator

from environments import canonical
from policies.reading import unread_hubs
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import HubsSubject


def default_hub(site: str) -> str:
    """The hub a site gets without a setting: its name without what is no letter or digit, cut after 45, as compared."""
    name = canonical(site) or "defaulttaskhub"
    name = f"t{name}" if name[0].isdigit() else name
    return (name if len(name) >= 3 else f"{name}hub")[:45]


def check(subject: HubsSubject) -> Iterator[Violation]:
    """Production of a site may have that site's own default name; nobody else may."""
    sites: dict[tuple[str, str], set[str]] = defaultdict(set)
    for placed in subject.hubs:
        sites[placed.store, default_hub(placed.site)].add(placed.site.lower())
    for placed in subject.hubs:
        own = {placed.site.lower()} if placed.hub.slot is None else set()
        others = sorted(sites.get((placed.store, placed.hub.key), set()) - own)
        if others:
            yield Violation(
                f"task hub {placed.hub.name!r} is what site {others[0]} takes by default in store {placed.hub.store}, "
                "as soon as its own setting is missing",
                placed.whose,
            )
    yield from unread_hubs(subject.undecided, "whether the hub is another site's default")


RULE = Rule(
    slug="hub-no-default-name",
    ref="HK102",
    level=Level.ERROR,
    scope=Scope.HUBS,
    what="No task hub has the name that another site of the same store would take by default.",
    why=(
        "A site that loses its hub setting falls back to its own name, sanitised and cut after 45 characters. The "
        "runtime compares only the raw name, so `funcordersprod` in the staging slot of `func-orders-prod` goes "
        "unnoticed and shares production's hub."
    ),
    fix=(
        "Remove the hub's own name (`task_hub: {name: …}` or `slots: {<slot>: {task_hub: …}}`): the derived one "
        "cannot collide."
    ),
    source="Durable extension, DurableTaskOptions.Validate and AzureStorageOptions.IsSanitizedHubName, read 2026-06",
    check=check,
)
