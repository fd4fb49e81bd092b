"""The procedures of the runbook: each is a page of its own for every application that it makes sense for.

The words are in `templates/procedures/<slug>.md.jinja`; the page is `<environment>/<application>/<slug>.md`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from environments import ON_DATABASE, App


def _always(app: App) -> bool:
    return True


def _has_slots(app: App) -> bool:
    return bool(app.slots)


def _has_databases(app: App) -> bool:
    return app.task_hub.backend == ON_DATABASE


def _waits_for_events(app: App) -> bool:
    return any(one.waits_for for one in app.orchestrations.values())


@dataclass(frozen=True)
class Procedure:
    """One procedure. `when` is the line under which it is looked for; `applies` says which applications have it."""

    slug: str
    title: str
    when: str
    changes: bool
    applies: Callable[[App], bool] = _always


PROCEDURES = (
    Procedure(
        "prepare-the-database-users",
        "Prepare the database users",
        "A database is new, or the identity was made anew",
        True,
        _has_databases,
    ),
    Procedure(
        "find-stuck-instances", "Find stuck instances and timers", "Instances do not finish, or are too old", False
    ),
    Procedure(
        "explain-retries",
        "Explain failures and retries",
        "Failures, alarms about exceptions, calls that came twice",
        False,
    ),
    Procedure("follow-one-instance", "Follow one business request", "Somebody asks about one case", False),
    Procedure(
        "tell-replay-from-real",
        "Tell replayed log lines from real ones",
        "The log says that a step ran many times",
        False,
    ),
    Procedure(
        "raise-an-event",
        "Raise an event by hand",
        "Something came in, and its instance still waits",
        True,
        _waits_for_events,
    ),
    Procedure(
        "act-on-an-instance",
        "Suspend, rewind, restart, terminate or purge an instance",
        "Somebody wants to end or repeat a case",
        True,
    ),
    Procedure(
        "act-on-many",
        "List what failed, and act on many",
        "More than a few instances failed, or must rest or go on",
        True,
    ),
    Procedure(
        "when-a-partner-is-down",
        "A partner is down",
        "One partner does not answer, and cases fail or wait for it",
        True,
    ),
    Procedure("restart-safely", "Restart safely", "Workers hang, or somebody wants a restart", True),
    Procedure("compare-slots-and-swap", "Compare slots and swap", "A release is to go live", True, _has_slots),
    Procedure(
        "deploy-a-breaking-change",
        "Deploy a breaking orchestrator change",
        "New code cannot replay what the old code began",
        True,
    ),
    Procedure("purge-by-policy", "Purge by policy", "History is older than it may get", True),
    Procedure("move-to-a-new-hub", "Move to a new hub", "The hub's name, partitions or store must change", True),
    Procedure("recover-the-store", "Recover the store", "The store, a table, a queue or a region is lost", True),
    Procedure("rotate-keys-and-identities", "Rotate keys and identities", "A key leaked, or its time is over", True),
    Procedure(
        "change-concurrency-or-telemetry",
        "Change concurrency or telemetry volume",
        "Too slow, too dear, or too much log",
        False,
    ),
    Procedure(
        "review-access-to-history",
        "Review who can read history",
        "A review of access is due, or data was seen that should not be",
        False,
    ),
    Procedure("take-over", "Take the application over", "Another team begins to operate it, or a drill is due", False),
)


def procedures_of(app: App) -> tuple[Procedure, ...]:
    """The procedures that an application has, in the order they are listed."""
    return tuple(procedure for procedure in PROCEDURES if procedure.applies(app))
