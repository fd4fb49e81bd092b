"""The estate stays within what a region of a subscription allows of schedulers and of their hubs."""

from collections import defaultdict
from collections.abc import Iterator

from environments import SchedulerPlace
from environments.catalogue import scheduler_skus
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import HubsSubject, PlacedHub


def check(subject: HubsSubject) -> Iterator[Violation]:
    """One violation for each place with too many and each environment there, at its last hub."""
    together: dict[SchedulerPlace, list[PlacedHub]] = defaultdict(list)
    for placed in subject.hubs:
        if placed.hub.scheduler is not None:
            together[placed.hub.scheduler].append(placed)
    for place, hubs in together.items():
        sku = scheduler_skus()[place.sku]
        schedulers = {(one.hub.environment, one.store) for one in hubs}
        for wanted, most, what in ((len(hubs), sku.hubs, "task hubs"), (len(schedulers), sku.schedulers, "schedulers")):
            if wanted > most:
                message = (
                    f"{wanted} {what} of SKU {place.sku} in {place.location} of subscription {place.subscription}, "
                    f"which allows {most}"
                )
                for last in {one.hub.environment: one for one in hubs}.values():
                    yield Violation(message, last.whose)


RULE = Rule(
    slug="scheduler-quota",
    ref="HK123",
    level=Level.ERROR,
    scope=Scope.HUBS,
    what=(
        "A region of a subscription has at most 25 schedulers and 25 task hubs of the SKU Dedicated, and 10 and 5 of "
        "Consumption, over all environments."
    ),
    why=(
        "Slots and environments each take a hub, and five are used up by two applications with a slot and a third one. "
        "`up` of the environment that comes last then fails half-way."
    ),
    fix=(
        "Give environments subscriptions or regions of their own, take away slots, or use `scheduler: {sku: Dedicated}` "
        "or `backend: azure-storage` for some."
    ),
    source="Durable Task Scheduler, 2026-02, and its billing page, 2026-05-01",
    check=check,
)
