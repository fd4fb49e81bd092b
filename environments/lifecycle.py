"""What a store may delete by age: only under prefixes where nothing lives that an instance, the host or a release still needs.

"Storage considerations for Azure Functions", learn.microsoft.com, 2026: no lifecycle management on containers of the host;
a payload that is gone breaks its instance (Azure/durabletask#1215).
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, field_validator

from environments import catalogue
from environments import values as v
from environments.description import Description
from environments.matching import refuse
from environments.problems import Path

if TYPE_CHECKING:
    from environments.model import App, Environment

#: Containers of the host, of releases and of packages begin so.
LIVE = ("azure-webjobs", "scm", "packages", "app-package")
#: Containers of a task hub end so.
OF_HUB = ("-leases", "-applease", "-appleaseinfo", "-largemessages")
#: Where a scheduler's client puts payloads that are too large; no purge takes them away (large payloads, 2026-05).
PAYLOADS = "durabletask-payloads"


def container_of(prefix: str) -> str:
    """The container of a prefix."""
    return prefix.partition("/")[0]


def is_live(container: str) -> bool:
    """Whether blobs of a container are needed however old they are."""
    return container.endswith(OF_HUB) or any(container.startswith(one) or one.startswith(container) for one in LIVE)


def payloads_needed(app: "App") -> timedelta | None:
    """How long a payload may be needed: as long as an instance may take, and its history is kept. None where nobody says."""
    days = app.task_hub.history_days
    longest = app.longest_orchestration
    if longest is None or days is None:
        return None
    return longest + timedelta(days=max(days, *app.task_hub.history_days_by_state.values(), 0))


def lifecycle_contradictions(environment: "Environment", app: str) -> Iterator[tuple[Path, str, str]]:
    """Large payloads are deleted by age only when no instance, and no history of one, can need them any more."""
    described = environment.apps[app]
    needed = payloads_needed(described)
    for number, rule in enumerate(described.store.lifecycle):
        path: Path = ("apps", app, "store", "lifecycle", number)
        if container_of(rule.prefix) != PAYLOADS:
            continue
        if needed is None:
            wrong = "it deletes payloads, and nobody says how long they are needed"
            yield path, wrong, "orchestrations with stuck_after, and task_hub.history_days"
        elif rule.delete_after_days <= needed.days:
            wrong = f"payloads may be needed for {needed.days} days: the longest instance, and its history after it"
            yield (*path, "delete_after_days"), wrong, f"more than {needed.days}"


class LifecycleRule(Description):
    """Blobs of one prefix that are deleted by age."""

    prefix: v.BlobPrefix = Field(
        description="A container and, behind its /, how the blobs begin, like exports/ or exports/2026"
    )
    delete_after_days: v.LifecycleDays = Field(description="Days since a blob was last written")

    @field_validator("prefix")
    @classmethod
    def _spares_what_lives(cls, prefix: str) -> str:
        container = container_of(prefix)
        if is_live(container):
            raise refuse(
                f"{prefix} is where a hub, the host or a package lives",
                "a container of your own; history goes by a purge",
                "store-of-host",
            )
        return prefix


def _few_and_once(rules: list[LifecycleRule]) -> list[LifecycleRule]:
    most = catalogue.limit("lifecycle_rules")[1]
    if len(rules) > most:
        raise refuse(f"{len(rules)} rules", f"at most {most}", "lifecycle")
    twice = next(
        (one.prefix for n, one in enumerate(rules) if one.prefix in [before.prefix for before in rules[:n]]), None
    )
    if twice:
        raise refuse(f"{twice} is there twice", "each prefix once")
    return rules


Lifecycle = Annotated[list[LifecycleRule], AfterValidator(_few_and_once)]
