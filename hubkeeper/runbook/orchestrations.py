"""What operators need to know about each kind of workflow, in words."""

from dataclasses import dataclass
from datetime import timedelta

from environments import App, Orchestration, in_words
from environments.model import Retry


@dataclass(frozen=True)
class OrchestrationRow:
    """One orchestration, ready to print. `key` is its name as telemetry compares it."""

    name: str
    key: str
    purpose: str
    instance_id: str
    expected: str
    expected_seconds: int
    stuck_after: str
    stuck_after_seconds: int
    waits_for: tuple[str, ...]
    timers: tuple[tuple[str, str], ...]
    fan_out: int
    retry: str
    idempotency_key: str | None
    compensates: tuple[str, ...]


def orchestration_rows(app: App) -> tuple[OrchestrationRow, ...]:
    """Every orchestration of an application."""
    return tuple(_row(name, one) for name, one in app.orchestrations.items())


def _row(name: str, one: Orchestration) -> OrchestrationRow:
    return OrchestrationRow(
        name=name,
        key=name.lower(),
        purpose=one.purpose,
        instance_id=one.instance_id,
        expected=in_words(one.expected),
        expected_seconds=int(one.expected.total_seconds()),
        stuck_after=in_words(one.stuck_after),
        stuck_after_seconds=int(one.stuck_after.total_seconds()),
        waits_for=tuple(one.waits_for),
        timers=tuple((timer, in_words(length)) for timer, length in one.timers.items()),
        fan_out=one.fan_out,
        retry=retry_in_words(one.retry),
        idempotency_key=one.idempotency_key,
        compensates=tuple(one.compensates),
    )


def retry_in_words(retry: Retry | None) -> str:
    """How often and when a failed activity is tried again, and for how long that can go on."""
    if retry is None:
        return "none: the first failure fails the orchestration"
    if retry.attempts == 1:
        return "none: one attempt"
    waits = [retry.first_interval * retry.backoff**n for n in range(retry.attempts - 1)]
    total = sum(waits, timedelta())
    shown = ", ".join(_rounded(wait) for wait in waits[:6]) + (", …" if len(waits) > 6 else "")
    return f"{retry.attempts} attempts, waiting {shown}: gives up after {_rounded(total)} of waiting"


def _rounded(duration: timedelta) -> str:
    """A duration in its largest whole unit, or in minutes and hours with one digit where that would be long."""
    seconds = round(duration.total_seconds())
    if seconds < 90 or (seconds % 60 == 0 and seconds < 5400) or seconds % 3600 == 0:
        return in_words(timedelta(seconds=seconds))
    return f"{seconds / 60:.1f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
