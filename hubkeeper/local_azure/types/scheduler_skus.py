"""What a scheduler's SKU allows: how many there may be, how large, and how long it keeps what has finished."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SchedulerSku:
    """A SKU. `schedulers` and `hubs` are for a region of a subscription; an empty `capacity` takes no number at all."""

    schedulers: int
    hubs: int
    capacity: range
    retention_days: int


#: Durable Task Scheduler, 2026-02; its billing page, 2026-05-01; its auto-purge page, 2026-05. A capacity on Consumption is
#: refused: Durable-Task-Scheduler issue 138.
SCHEDULER_SKUS = {
    "Dedicated": SchedulerSku(schedulers=25, hubs=25, capacity=range(1, 4), retention_days=90),
    "Consumption": SchedulerSku(schedulers=10, hubs=5, capacity=range(0), retention_days=30),
}
