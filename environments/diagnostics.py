"""What Azure itself writes down about an application's resources, and at which price.

`audit` is what shows afterwards who read a secret and who deleted a blob or a row: it is little. `all` adds every call of the
store's services and the log of the hosts. That is a lot: a hub at rest polls its queues all day, every poll is a line of
StorageRead, and a host's log is in Application Insights already; both count against the daily cap, which then stops the
telemetry of orchestrations too. So nobody gets `all` by default, and queues are in no audit: the runtime deletes every
message it has worked on.
"""

from dataclasses import dataclass
from typing import Literal

from environments.model import Environment

Watched = Literal["vault", "blobs", "tables", "queues", "site"]

#: Category names: "Supported resource logs for Azure Monitor", learn.microsoft.com, read 2026-11-22.
_AUDIT: dict[Watched, tuple[str, ...]] = {
    "vault": ("AuditEvent",),
    "blobs": ("StorageDelete",),
    "tables": ("StorageDelete",),
}
_CALLS = ("StorageRead", "StorageWrite", "StorageDelete")
_ALL: dict[Watched, tuple[str, ...]] = {
    "vault": ("AuditEvent", "AzurePolicyEvaluationDetails"),
    "blobs": _CALLS,
    "tables": _CALLS,
    "queues": _CALLS,
    "site": ("FunctionAppLogs",),
}
#: Whether Flex Consumption has diagnostic settings by now is not confirmed (its page of 2025 said no).
_NO_SITE_LOGS = "FlexConsumption"


@dataclass(frozen=True)
class Diagnostic:
    """What one resource of an application writes. `slot` is a slot's name where `watched` is a site beside production."""

    watched: Watched
    categories: tuple[str, ...]
    slot: str | None = None

    @property
    def name(self) -> str:
        """Its name within the application: `vault`, `site`, `site-staging`."""
        return f"{self.watched}-{self.slot}" if self.slot else self.watched


def diagnostics_of(environment: Environment, app: str) -> tuple[Diagnostic, ...]:
    """Everything that an application's resources write. When the description does not say: audit, but in development none."""
    wanted = environment.telemetry.diagnostics or ("audit" if environment.protects_hubs else "none")
    described = environment.apps[app]
    found: list[Diagnostic] = []
    for watched, categories in {"none": {}, "audit": _AUDIT, "all": _ALL}[wanted].items():
        if watched in ("tables", "queues") and described.task_hub.backend != "azure-storage":
            continue  # the host uses neither when the hubs are elsewhere
        if watched != "site":
            found.append(Diagnostic(watched, categories))
        elif described.plan.facts.tier != _NO_SITE_LOGS:
            found += [Diagnostic(watched, categories, slot) for slot in described.all_slots]
    return tuple(found)
