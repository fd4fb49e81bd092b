"""What alerts are held against, derived from the description. None where an alert could tell nothing.

A log alert looks back two days at most: `windowSize` takes no more than P2D (Microsoft.Insights scheduledQueryRules
2025-01-01-preview as azurerm validates it, issue 18960, read 2026-11-22). So an orchestration that may be silent, or run, for
longer than a day cannot be watched by one; `unwatched` names those, and the runbook's daily look has to find them.
"""

from datetime import timedelta

from environments.model import App, Environment, Orchestration

#: The longest a limit may be so that what exceeds it is still in sight for a day.
LONGEST_WATCHED = timedelta(days=1)


def silence_limit(one: Orchestration) -> timedelta:
    """How long an orchestration may be silent: what it usually takes, or as long as it sleeps or waits for somebody."""
    return one.stuck_after if one.waits_for else max((one.expected, *one.timers.values()))


def unwatched(app: App) -> tuple[str, ...]:
    """Orchestrations that no alert can see getting stuck, since they may take longer than an alert looks back."""
    return tuple(name for name, one in app.orchestrations.items() if silence_limit(one) > LONGEST_WATCHED)


def anything(environment: Environment, app: App | None) -> float | None:
    """Any row is one too many."""
    return 0


def on_azure_storage(environment: Environment, app: App | None) -> float | None:
    """Any, where the hub is in the application's own store."""
    return 0 if app and app.task_hub.backend == "azure-storage" else None


def watched_silence(environment: Environment, app: App | None) -> float | None:
    """Any, where an alert sees far enough back to know."""
    limits = [silence_limit(one) for one in app.orchestrations.values()] if app else []
    return 0 if any(limit <= LONGEST_WATCHED for limit in limits) else None


def watched_duration(environment: Environment, app: App | None) -> float | None:
    """Any, where an alert sees far enough back to know."""
    limits = [one.stuck_after for one in app.orchestrations.values()] if app else []
    return 0 if any(limit <= LONGEST_WATCHED for limit in limits) else None


def start_seconds(environment: Environment, app: App | None) -> float | None:
    """Half of what the shortest orchestration usually takes, but one minute at least and ten at most.

    Ten minutes are two visibility timeouts of a control queue, after which a dead worker's message is taken by another.
    """
    expected = [one.expected.total_seconds() for one in app.orchestrations.values()] if app else []
    return float(min(max(min(expected) / 2, 60), 600)) if expected else None


def throttled(environment: Environment, app: App | None) -> float | None:
    """Some refused calls are retried and harm nobody; twenty for each control queue within the window are not some."""
    return 20.0 * app.task_hub.partition_count if app and app.task_hub.backend == "azure-storage" else None


def nearly_full(environment: Environment, app: App | None) -> float | None:
    """Four fifths, in percent. A Hyperscale database grows by itself, and has no such metric.

    Supported metrics of Microsoft.Sql/servers/databases, learn.microsoft.com, 2026-07-31.
    """
    database = app.task_hub.database if app else None
    return None if database is None or database.facts.is_hyperscale else 80


def busy_database(environment: Environment, app: App | None) -> float | None:
    """Nine tenths, in percent; of the most that a serverless one may take."""
    return 90 if app and app.task_hub.database else None


def crowded_database(environment: Environment, app: App | None) -> float | None:
    """Three fifths, in percent."""
    return 60 if app and app.task_hub.database else None


def silent_host(environment: Environment, app: App | None) -> float | None:
    """Less than one row, where a host always runs: on Flex Consumption only those that are always ready."""
    return 1 if app and app.plan.least_instances else None


def swapped(environment: Environment, app: App | None) -> float | None:
    """Spans of ten minutes in which a swap of slots mixes the two: its warm-up, and once more over the edge of a span.

    "Set up staging environments in Azure App Service", include of 2025-11-28: all instances of the slot are restarted with
    production's settings and warmed before traffic moves. Where the hub goes with its code it changes hands once.
    """
    return 2


def near_cap(environment: Environment, app: App | None) -> float | None:
    """Four fifths of the daily cap, in gigabytes."""
    return round(environment.telemetry.daily_cap_gb * 0.8, 3)
