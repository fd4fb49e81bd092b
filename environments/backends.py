"""What a task hub's backend takes and what it does not: each refusal with its reason and with what would work instead."""

from collections.abc import Iterator

from environments import catalogue
from environments.model import App, Environment
from environments.problems import Path
from environments.task_hub import Scheduler, TaskHubSpec

#: A place in the description, what is wrong there, what was expected.
Contradiction = tuple[Path, str, str]

ON_SCHEDULER = "durable-task-scheduler"


def backend_contradictions(environment: Environment) -> Iterator[Contradiction]:
    """Every combination in the task hubs of an environment that cannot work."""
    for name, app in environment.apps.items():
        at: Path = ("apps", name, "task_hub")
        yield from _on_scheduler(app, at) if app.task_hub.backend == ON_SCHEDULER else _elsewhere(app.task_hub, at)


def _elsewhere(hub: TaskHubSpec, at: Path) -> Iterator[Contradiction]:
    if hub.scheduler is not None:
        yield (
            (*at, "scheduler"),
            f"a scheduler beside backend {hub.backend}",
            f"it left out, or `backend: {ON_SCHEDULER}`",
        )
    if hub.history_days_by_state:
        yield (
            (*at, "history_days_by_state"),
            f"days for single states on {hub.backend}, where nothing is purged by itself",
            f"history_days for all of them, or `backend: {ON_SCHEDULER}`",
        )


def _on_scheduler(app: App, at: Path) -> Iterator[Contradiction]:
    hub = app.task_hub
    if "partition_count" in hub.model_fields_set:
        yield (*at, "partition_count"), "a scheduler has no partitions", "it left out"
    if hub.purged_by is not None:
        yield (*at, "purged_by"), "a scheduler purges by itself, after history_days", "it left out"
    if hub.scheduler is None:
        example = "scheduler: {sku: Dedicated, ip_allow_list: [203.0.113.0/24]}"
        yield at, f"backend {ON_SCHEDULER} without its scheduler", f"one like {example}"
    else:
        yield from _scheduler(hub.scheduler, (*at, "scheduler"))
        yield from _days(hub, hub.scheduler, at)


def _scheduler(scheduler: Scheduler, at: Path) -> Iterator[Contradiction]:
    most = scheduler.facts.most_capacity
    if scheduler.capacity is not None and scheduler.capacity > most:
        yield (
            (*at, "capacity"),
            f"a capacity on {scheduler.sku}, which is paid by the action and refuses one",
            "it left out, or `sku: Dedicated`",
        )
    if scheduler.public_network_access and not scheduler.ip_allow_list:
        yield (
            (*at, "ip_allow_list") if "ip_allow_list" in scheduler.model_fields_set else at,
            "no address may reach the scheduler, not even the application (it would see a 403, as for a missing role)",
            "ip_allow_list with the outbound ranges of the application, or `public_network_access: false` and a private endpoint",
        )


def _days(hub: TaskHubSpec, scheduler: Scheduler, at: Path) -> Iterator[Contradiction]:
    """Said days are a policy of their own; one that is taken away later turns purging off, so it must be said from the start."""
    longest = scheduler.facts.history_days
    if hub.history_days is None:
        wrong = "history_days is not said, and a policy that comes and goes with it would turn purging off when it goes"
        yield at, wrong, f"history_days of 1 to {longest}"
    elif hub.history_days > longest:
        yield (*at, "history_days"), f"{hub.history_days} days on {scheduler.sku}", _at_most(longest)
    for state, days in hub.history_days_by_state.items():
        if days > longest:
            yield (*at, "history_days_by_state", state), f"{days} days on {scheduler.sku}", _at_most(longest)


def _at_most(days: int) -> str:
    longest = max(sku.history_days for sku in catalogue.scheduler_skus().values())
    return f"{days} at most" if days == longest else f"{days} at most, or `sku: Dedicated` (up to {longest})"
