"""Stops a run before it touches anything, where it would lose running orchestrations."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from environments import Environment, TaskHub, task_hubs

#: Types whose loss is the loss of a hub. "Task hubs in Durable Functions", learn.microsoft.com, 2026-04-22.
HOLDS_HUBS = {
    "azure-native:resources:ResourceGroup": "resource group",
    "azure-native:storage:StorageAccount": "storage account",
    "azure-native:durabletask:Scheduler": "scheduler",
    "azure-native:durabletask:TaskHub": "task hub",
}

_LOSES = {"delete", "delete-replaced", "replace", "create-replacement", "discard", "discard-replaced"}


@dataclass(frozen=True)
class Step:
    """One step that the engine would take."""

    op: str
    urn: str
    type: str
    keys: tuple[str, ...] = ()
    inputs: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        """The name in Azure where the step tells it, else the logical one."""
        known = self.inputs or {}
        found = known.get("accountName") or known.get("resourceGroupName") or known.get("taskHubName") or known.get("schedulerName")
        return found if isinstance(found, str) else self.urn.rsplit("::", 1)[-1]


def plain_type(token: str) -> str:
    """A type token without its API version: `azure-native_storage_v20240101:storage/v20240101:X` is `azure-native:storage:X`."""
    return re.sub(r"^azure-native_[^:]*:([^/:]+)(/[^:]*)?:", r"azure-native:\1:", re.sub(r"/v[0-9a-z]+:", ":", token))


def losses(environment: Environment, steps: Iterable[Step]) -> list[str]:
    """What a run would lose in a protected tier: a line for each thing that holds a hub and would be deleted or replaced."""
    if not environment.protects_hubs:
        return []
    lines: dict[str, str] = {}
    for step in steps:
        kind = HOLDS_HUBS.get(plain_type(step.type))
        if kind and step.op in _LOSES:
            what = "deleted" if step.op == "delete" else "replaced"
            because = f" (changed: {', '.join(step.keys)})" if step.keys else ""
            held = ", ".join(sorted(hub.name for hub in task_hubs(environment) if kind == "resource group" or hub.store == step.name))
            lines.setdefault(step.urn, f"{kind} {step.name} would be {what}{because}; it holds {held or 'task hubs'}")
    return sorted(lines.values())


def protected_holders(resources: Sequence[Mapping[str, Any]]) -> list[str]:
    """What in a state holds a hub and is protected: a destroy must not begin while there is any."""
    return sorted(
        f"{HOLDS_HUBS[plain_type(str(one['type']))]} {Step('', str(one['urn']), '', inputs=one.get('inputs')).name} is protected"
        for one in resources
        if one.get("protect") and plain_type(str(one.get("type"))) in HOLDS_HUBS
    )


def abandoned(environment: Environment, deployed: Iterable[TaskHub]) -> list[str]:
    """Hubs that are deployed in a protected tier and that no slot of the description uses any more."""
    if not environment.protects_hubs:
        return []
    wanted = {(hub.store.lower(), hub.key) for hub in task_hubs(environment)}
    return sorted(
        f"task hub {hub.name} in {hub.store} ({hub.whose}) would be left behind with whatever runs on it"
        for hub in deployed
        if (hub.store.lower(), hub.key) not in wanted
    )
