"""A scheduler of production is spread over zones."""

from collections.abc import Iterator

from environments.catalogue import scheduler_skus
from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import SCHEDULER
from policies.rule import Level, Rule, Scope, Violation
from policies.schedulers import sku_of
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Only Dedicated with three units is; Consumption never is, which is a note: it may be what was meant."""
    path = (*subject.whose.path, "task_hub", "scheduler") if subject.whose.app else None
    sku, capacity = sku_of(subject.resource), at(subject.resource.inputs, "properties.sku.capacity")
    if UNKNOWN in (sku, capacity):
        yield Violation(f"properties.sku {UNKNOWN_WORDS}, expected a literal SKU and capacity", path=path)
        return
    known = scheduler_skus().get(sku) if isinstance(sku, str) else None
    if known and not known.zonal_capacity:
        yield Violation(f"a scheduler of SKU {sku} is never spread over zones", path=path, level=Level.NOTE)
    elif known and capacity != known.zonal_capacity:
        yield Violation(
            f"the scheduler is not spread over zones, which wants a capacity of {known.zonal_capacity}", path=path
        )


RULE = Rule(
    slug="scheduler-zonal",
    ref="HK126",
    level={"production": Level.WARNING},
    also=(Level.NOTE,),
    scope=Scope.RESOURCE,
    types=(SCHEDULER,),
    what="In production a scheduler has the three capacity units that are spread over zones.",
    why="With one or two units a zone that fails takes every running orchestration with it, however the plan is spread.",
    fix="Set `scheduler: {sku: Dedicated, capacity: 3}`, or accept it by a waiver that says for how long work may wait.",
    source="Durable Task Scheduler billing, learn.microsoft.com, 2026-05-01",
    check=check,
)
