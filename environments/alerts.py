"""The alerts of an environment as data: what each one tells, which question it asks, how bad it is, and when it speaks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from environments import alert_limits as limits
from environments.model import App, Environment


@dataclass(frozen=True)
class Question:
    """A query of `templates/queries/` and what of its rows counts. Without a `measure` the rows themselves are counted.

    `split` makes one alert for each value of a column; a value of "*" means every one.
    """

    query: str
    measure: str | None = None
    aggregation: Literal["Count", "Maximum", "Total"] = "Count"
    split: tuple[tuple[str, tuple[str, ...]], ...] = ()
    all_slots: bool = False


@dataclass(frozen=True)
class StoreMetric:
    """A metric of the application's storage account, of which the values of one dimension count."""

    name: str
    dimension: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class DatabaseMetric:
    """A metric of the database that is production's hub, in percent of what its SKU allows."""

    name: str
    aggregation: Literal["Average", "Minimum", "Maximum"]


@dataclass(frozen=True)
class Alert:
    """One alert of the catalogue.

    slug       what people call it, and the name of its page; never changes its meaning
    severity   0 (critical) to 3 (informational) in production; one milder elsewhere
    of         what it watches: each application, or the environment
    tells      what has happened when it speaks
    harm       what follows if nobody acts
    speaks     above or below its threshold
    threshold  the number, derived from the description; None where the alert can tell nothing
    window     the time its question is asked of, every so often
    """

    slug: str
    title: str
    severity: int
    of: Literal["application", "environment"]
    tells: str
    harm: str
    signal: Question | StoreMetric | DatabaseMetric
    threshold: Callable[[Environment, App | None], float | None]
    window: timedelta
    every: timedelta
    speaks: Literal["above", "below"] = "above"

    def severity_in(self, tier: str) -> int:
        """Azure's severity in a tier."""
        return self.severity if tier == "production" else min(self.severity + 1, 4)


_QUARTER, _HOUR, _DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
_ORCHESTRATORS = (("what", ("Orchestrator",)), ("name", ("*",)))

ALERTS: tuple[Alert, ...] = (
    Alert(
        slug="failed-orchestrations",
        title="Orchestrations fail",
        severity=1,
        of="application",
        tells="An orchestration ended as Failed within the last half hour.",
        harm="What it was to do is not done, and nothing tries it again by itself.",
        signal=Question("failures-by-cause", "failures", "Total", _ORCHESTRATORS),
        threshold=limits.anything,
        window=timedelta(minutes=30),
        every=_QUARTER,
    ),
    Alert(
        slug="no-progress",
        title="Instances make no progress",
        severity=1,
        of="application",
        tells="An instance began, did not end, and says nothing for longer than an instance usually takes.",
        harm="Work that customers wait for stands still, and nothing fails that anybody would notice.",
        signal=Question("silent-instances"),
        threshold=limits.watched_silence,
        window=2 * _DAY,
        every=timedelta(minutes=30),
    ),
    Alert(
        slug="over-expectation",
        title="Instances take too long",
        severity=2,
        of="application",
        tells="An instance takes, or took, longer than stuck_after says it may.",
        harm="Deadlines of the business pass; retries and compensations may follow late.",
        signal=Question("over-expectation"),
        threshold=limits.watched_duration,
        window=2 * _DAY,
        every=timedelta(minutes=30),
    ),
    Alert(
        slug="waiting-to-start",
        title="New instances wait for a worker",
        severity=2,
        of="application",
        tells="An instance was scheduled, and no worker took it for longer than half of what it usually takes.",
        harm="The backlog grows until workers are added or come back.",
        signal=Question("waiting-to-start", "longest_seconds", "Maximum", (("name", ("*",)),)),
        threshold=limits.start_seconds,
        window=_HOUR,
        every=_QUARTER,
    ),
    Alert(
        slug="poison-messages",
        title="Messages cannot be processed",
        severity=1,
        of="application",
        tells="The runtime took one message of the hub so often that it calls it poison.",
        harm="There is no poison queue: the instance stays where it is, and its partition loses time on every try.",
        signal=Question("storage-trouble", "times", "Total", (("event", ("PoisonMessageDetected",)),)),
        threshold=limits.on_azure_storage,
        window=_HOUR,
        every=_QUARTER,
    ),
    Alert(
        slug="throttled-store",
        title="The store throttles",
        severity=2,
        of="application",
        tells="The application's storage account refuses calls because there are too many.",
        harm="Every step of every instance takes longer; leases get lost, and partitions move between workers.",
        signal=StoreMetric(
            "Transactions",
            "ResponseType",
            (
                "ServerBusyError",
                "ClientThrottlingError",
                "ClientAccountRequestThrottlingError",
                "ClientAccountBandwidthThrottlingError",
            ),
        ),
        threshold=limits.throttled,
        window=_QUARTER,
        every=timedelta(minutes=5),
    ),
    # Metrics, aggregations, windows and the two thresholds of load: "Monitor Azure SQL Database with metrics and alerts",
    # 2023-11-03, as a starting point; it waits until 95 of 100 are full, after which there is little time to purge.
    Alert(
        slug="database-nearly-full",
        title="The database is nearly full",
        severity=2,
        of="application",
        tells="Four fifths of the size that the database may have are used.",
        harm="To a full database nothing can be added: no step of any instance is written, and all stand still.",
        signal=DatabaseMetric("storage_percent", "Minimum"),
        threshold=limits.nearly_full,
        window=_QUARTER,
        every=_QUARTER,
    ),
    Alert(
        slug="database-busy",
        title="The database has no computing power left",
        severity=2,
        of="application",
        tells="The database used more than nine tenths of its computing power, on average, for a quarter of an hour.",
        harm="Every step of every instance waits for the database; more workers only ask it more often.",
        signal=DatabaseMetric("cpu_percent", "Average"),
        threshold=limits.busy_database,
        window=_QUARTER,
        every=timedelta(minutes=5),
    ),
    Alert(
        slug="database-workers-short",
        title="The database refuses work soon",
        severity=1,
        of="application",
        tells="More than three fifths of the requests that the database works on at once were under way all the time.",
        harm="At its limit the database refuses requests and logins, those of workers and of operators alike.",
        signal=DatabaseMetric("workers_percent", "Minimum"),
        threshold=limits.crowded_database,
        window=timedelta(minutes=5),
        every=timedelta(minutes=5),
    ),
    Alert(
        slug="shared-hub",
        title="Two work on one task hub",
        severity=0,
        of="application",
        tells="More than one application or slot wrote events of one hub by turns, in three spans of ten minutes within an hour.",
        harm="They take each other's work, and fail what they do not know. A swap of slots mixes two for minutes only.",
        signal=Question("two-on-one-hub", "mixed", "Maximum", (("hub", ("*",)),), all_slots=True),
        threshold=limits.swapped,
        window=_HOUR,
        every=_QUARTER,
    ),
    Alert(
        slug="no-telemetry",
        title="No host is heard",
        severity=1,
        of="application",
        tells="Nothing of the application's production slot arrived for an hour, not even the heartbeat of an idle host.",
        harm="Either no host runs, or whatever happens now cannot be seen, by no other alert either.",
        signal=Question("hosts-heard"),
        threshold=limits.silent_host,
        window=_HOUR,
        every=_QUARTER,
        speaks="below",
    ),
    Alert(
        slug="daily-cap-near",
        title="The daily cap of telemetry is near",
        severity=2,
        of="environment",
        tells="Four fifths of the daily cap came in within the last 24 hours.",
        harm="At the cap the workspace takes no telemetry until the next day, and every other alert falls silent.",
        signal=Question("ingested-in-a-day", "gigabytes", "Total"),
        threshold=limits.near_cap,
        window=_DAY,
        every=_HOUR,
    ),
    Alert(
        slug="daily-cap-reached",
        title="The daily cap of telemetry is reached",
        severity=1,
        of="environment",
        tells="The workspace stopped taking telemetry.",
        harm="Orchestrations go on unseen; what they did today cannot be looked up later.",
        signal=Question("daily-cap-reached"),
        threshold=limits.anything,
        window=_HOUR,
        every=_QUARTER,
    ),
)
