"""What operators need to know about each kind of workflow, in words."""

from dataclasses import dataclass
from datetime import timedelta

from environments import App, Orchestration, in_words
from environments.model import Retry
from hubkeeper.runbook.repeats import REWINDS


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
    waits: tuple["Wait", ...]
    starters: tuple[str, ...]
    fan_out: int
    retry: str
    runs_out: str
    suspend: str
    idempotency_key: str | None
    compensates: tuple[str, ...]
    compensations: tuple[tuple[str, str | None], ...]
    rewind: str
    again: str


@dataclass(frozen=True)
class Wait:
    """One event that an orchestration waits for. `deadline` is the timer that ends the wait, `others` the timers that do not.

    `sent_by`, `contact` and `fields` (names in its payload) are None or empty where the description does not say them.
    """

    event: str
    deadline: str
    others: str
    sent_by: str | None
    contact: str | None
    fields: tuple[str, ...]


#: Retries that are over sooner than a list of what runs is drawn up and reviewed; suspending comes too late for them.
_LONGEST_WAIT = timedelta(days=365)
_TOO_SHORT = timedelta(minutes=30)


def orchestration_rows(app: App) -> tuple[OrchestrationRow, ...]:
    """Every orchestration of an application."""
    return tuple(_row(name, one, app) for name, one in app.orchestrations.items())


def _row(name: str, one: Orchestration, app: App) -> OrchestrationRow:
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
        waits=tuple(_wait(one, event) for event in one.waits_for),
        starters=tuple(one.starters),
        fan_out=one.fan_out,
        retry=retry_in_words(one.retry),
        runs_out=_runs_out(one.retry),
        suspend=_suspend(one.retry),
        idempotency_key=one.idempotency_key,
        compensates=tuple(one.compensates),
        compensations=compensations(one),
        rewind=_rewind(one, app.runtime.language),
        again=_again(one),
    )


def compensations(one: Orchestration) -> tuple[tuple[str, str | None], ...]:
    """What an orchestration undoes, each with the function that does it, where that is described."""
    return tuple((what, one.compensated_by.get(what)) for what in one.compensates)


def _wait(one: Orchestration, event: str) -> Wait:
    deadline = one.deadlines.get(event)
    ends = set(one.deadlines.values())
    others = [f"{timer} ({in_words(length)})" for timer, length in one.timers.items() if timer not in ends]
    described = one.events.get(event)
    return Wait(
        event,
        f"{deadline}, {in_words(one.timers[deadline])}" if deadline else "none is described",
        ", ".join(others) or "none",
        described.sent_by if described else None,
        described.contact if described else None,
        tuple(described.fields) if described else (),
    )


def _rewind(one: Orchestration, language: str) -> str:
    """Whether a Failed instance can be rewound.

    Rewind takes the failed steps out of the history and leaves the timers, retries' timers too, so the replay meets timers it
    does not expect: Azure/durabletask#811 and azure-functions-durable-extension#617, open in 2026-08; "Manage instances",
    learn.microsoft.com, 2026-08.
    """
    if language not in REWINDS:
        return "no: Microsoft documents it for .NET and JavaScript only"
    if one.timers or (one.retry and one.retry.attempts > 1):
        return "only one whose history has no timer: retries are timers too, and this one has retries or timers"
    return "yes, where the failed step was the last thing it did"


def _again(one: Orchestration) -> str:
    """How a Failed case that cannot be rewound is done again."""
    starters = " or ".join(one.starters)
    begun = f" (by {starters})" if starters else ""
    if one.compensates:
        names = ", ".join(dict.fromkeys(one.compensated_by.values()))
        return (
            f"once Steps shows that it compensated{f' ({names})' if names else ''}, business starts it anew{begun} with a new "
            "key; before that the owner decides. "
            "No restart: it has the same key, and partners may answer with what was undone"
        )
    if one.idempotency_key:
        where = ", under the same id, since events are sent to it" if one.waits_for else ""
        return (
            f"restart it{where}, if the owner confirms that every step hands on {one.idempotency_key}: "
            "finished steps are called again"
        )
    return f"business starts it anew{begun}, after a look at what it already did: no idempotency key is described"


def retry_in_words(retry: Retry | None) -> str:
    """How often and when a failed activity is tried again, and for how long that can go on."""
    if retry is None:
        return "none: the first failure fails the orchestration"
    if retry.attempts == 1:
        return "none: one attempt"
    waits = _waits(retry)
    total = sum(waits, timedelta())
    shown = ", ".join(_rounded(wait) for wait in waits[:6]) + (", …" if len(waits) > 6 else "")
    return f"{retry.attempts} attempts, waiting {shown}: gives up after {_rounded(total)} of waiting"


def _waits(retry: Retry) -> list[timedelta]:
    """The pauses between the attempts. One that grows beyond a year is told as a year: nobody waits for it."""
    waits = [min(retry.first_interval, _LONGEST_WAIT)]
    while len(waits) < retry.attempts - 1:
        waits.append(min(waits[-1] * retry.backoff, _LONGEST_WAIT))
    return waits


def _runs_out(retry: Retry | None) -> str:
    if retry is None or retry.attempts == 1:
        return "at the first call that fails"
    total = sum(_waits(retry), timedelta())
    return f"{_rounded(total)} after its first failed call, and the time the calls take"


def _suspend(retry: Retry | None) -> str:
    """Whether suspending can save a case before its retries run out."""
    if retry is None or retry.attempts == 1:
        return "no: there is no retry to save"
    total = sum(_waits(retry), timedelta())
    if total < _TOO_SHORT:
        return f"no: {_rounded(total)} are over before a list is reviewed"
    return "where the partner stays away longer than they last"


def _rounded(duration: timedelta) -> str:
    """A duration in its largest whole unit, or in minutes and hours with one digit where that would be long."""
    seconds = round(duration.total_seconds())
    if seconds < 90 or (seconds % 60 == 0 and seconds < 5400) or seconds % 3600 == 0:
        return in_words(timedelta(seconds=seconds))
    return f"{seconds / 60:.1f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
