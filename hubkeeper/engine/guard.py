"""Stops a run before it touches anything, where it would lose running orchestrations."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from environments import Environment, TaskHub, canonical, task_hubs
from environments.replacements import called, hub_holders, name_in_azure

_LOSES = {"delete", "delete-replaced", "replace", "create-replacement", "discard", "discard-replaced"}


@dataclass(frozen=True)
class Step:
    """One step that the engine would take."""

    op: str
    urn: str
    type: str
    keys: tuple[str, ...] = ()
    inputs: Mapping[str, Any] | None = None
    protected: bool = False
    """Whether the deployed resource is protected, whatever the description says now."""
    wanted: Mapping[str, Any] | None = None
    """The inputs that it would have, where `inputs` are those it has."""

    @property
    def name(self) -> str:
        """The name in Azure where the step tells it, else the logical one."""
        return name_in_azure(plain_type(self.type), self.inputs or {}) or self.urn.rsplit("::", 1)[-1]


def text_at(inputs: Mapping[str, Any] | None, path: str) -> str:
    """The text at a dotted path of what a step has or wants; empty where there is none, or none that is known."""
    value: Any = inputs
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""


def plain_type(token: str) -> str:
    """A type token without its API version: `azure-native_storage_v20240101:storage/v20240101:X` is `azure-native:storage:X`."""
    return re.sub(r"^azure-native_[^:]*:([^/:]+)(/[^:]*)?:", r"azure-native:\1:", re.sub(r"/v[0-9a-z]+:", ":", token))


def losses(environment: Environment, steps: Iterable[Step], agreed: frozenset[str] = frozenset()) -> list[str]:
    """What a run would lose: a line for each thing that holds a hub and would be deleted or replaced.

    `agreed` are URNs of what is to be deleted.

    Protected is what the tier protects and what is protected as deployed: a tier lowered in the same change protects nothing
    any more, and the engine would let the loss through.
    """
    lines: dict[str, str] = {}
    lost = [step for step in steps if step.op in _LOSES and (step.protected or environment.protects_hubs)]
    lost = [step for step in lost if not (step.op == "delete" and step.urn in agreed)]
    for step in lost:
        if plain_type(step.type) in hub_holders():
            kind = called(plain_type(step.type))
            what = "deleted" if step.op == "delete" else "replaced"
            # of the steps of a replacement, only one tells what it is for
            keys = sorted({key for same in lost if same.urn == step.urn for key in same.keys})
            because = f" (changed: {', '.join(keys)})" if keys else ""
            lines.setdefault(step.urn, f"{kind} {step.name} would be {what}{because}; {_held(environment, kind, step)}")
    return sorted(lines.values())


def _held(environment: Environment, kind: str, step: Step) -> str:
    """What is in it. A store holds no hub where that is elsewhere, and still what the host cannot do without."""
    if kind in ("task hub", "database"):
        return "whatever runs on it goes with it"
    hubs = list(task_hubs(environment))
    held = sorted(hub.name for hub in hubs if kind == "resource group" or hub.store == step.name)
    elsewhere = any(environment.app_names(hub.app).storage_account == step.name for hub in hubs)
    unnamed = "the keys, locks and packages of its application" if elsewhere else "task hubs"
    return f"it holds {', '.join(held) or unnamed}"


def protected_holders(resources: Sequence[Mapping[str, Any]]) -> list[str]:
    """What in a state is protected: a destroy must not begin while there is any, or it would stop half-way."""
    protected = [one for one in resources if one.get("protect") and one.get("custom")]
    kinds = [plain_type(str(one["type"])) for one in protected]
    return sorted(
        f"{called(kind)} {Step('', str(one['urn']), kind, inputs=one.get('inputs')).name} is protected"
        for one, kind in zip(protected, kinds, strict=True)
    )


def repartitioned(environment: Environment, handoff: Mapping[str, Any]) -> list[str]:
    """Hubs of a protected tier whose number of partitions would change: another number is another hub.

    No resource tells the number, since the host makes the queues; what the last `up` handed off does.
    """
    if not environment.protects_hubs and handoff.get("tier") in (None, "development"):
        return []
    deployed = {
        (str(hub.get("store")).lower(), canonical(str(hub.get("name")))): hub.get("partitions")
        for app in (handoff.get("apps") or {}).values()
        for hub in (app.get("task_hubs") or {}).values()
    }
    lines = []
    for hub in task_hubs(environment):
        before, now = deployed.get((hub.store.lower(), hub.key)), environment.apps[hub.app].task_hub.partition_count
        if before is not None and int(before) != now:
            lines.append(
                f"task hub {hub.name} in {hub.store} ({hub.whose}) has {int(before)} partitions, and {now} "
                "would be another hub, which wants a name of its own (`task_hub: {name: …}`)"
            )
    return lines


def moved(environment: Environment, handoff: Mapping[str, Any]) -> list[str]:
    """Another subscription or tenant than the deployed one: what is there would stay, and what is new be made elsewhere.

    The engine takes it for a change of its provider in place, and so do the ids in the state: they name the old one.
    """
    keys = {"subscription": "subscription_id", "tenant": "tenant_id"}
    now = {word: getattr(environment, key) for word, key in keys.items()}
    return [
        f"{word} {handoff[key]} becomes {now[word]}: what is deployed stays in the old one with its task hubs, and only what "
        "is new would be made in the other"
        for word, key in keys.items()
        if handoff.get(key) not in (None, now[word])
    ]


def abandoned(
    environment: Environment, deployed: Iterable[TaskHub], allowed: frozenset[str] = frozenset()
) -> list[str]:
    """Hubs that are deployed in a protected tier and that no slot of the description uses any more.

    `allowed` names hubs that may be left behind. The deployed tier counts as much as the described one.
    """
    wanted = {(hub.store.lower(), hub.key) for hub in task_hubs(environment)}
    return sorted(
        f"task hub {hub.name} in {hub.store} ({hub.whose}) would be left behind with whatever runs on it"
        for hub in deployed
        if (environment.protects_hubs or hub.tier != "development")
        and (hub.store.lower(), hub.key) not in wanted
        and hub.name not in allowed
    )
