"""The cases of the rules as estates that `check` and the engine can be run on: many in one stack, each an application of its own.

A case that changes only its application stands beside others under names of its own. One that changes what applications share
gets a stack for itself. Every date is moved by as many days as have passed since the cases' own day, since the pack judges on the
day it runs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from environments import ON_SCHEDULER
from plan import Plan
from policies.subjects import PlacedHub
from tests.engine.combining import SHARED, changed, together
from tests.engine.registering import PLANS, PROGRAM
from tests.policies.case import Case
from tests.policies.sound import DESCRIBED
from tests.policies.world import TODAY, World

_OWN: Final = re.compile("claims", re.IGNORECASE)
#: The only date of a description that is judged by the day: it is moved with it.
_DATE: Final = re.compile(r"(?<=review_due: ')20\d\d-\d\d-\d\d")


@dataclass
class Fixtures:
    """Worlds that share a stack. `apps`: the cases of each application."""

    world: World
    apps: dict[str, tuple[Case, ...]] = field(default_factory=dict)

    def written(self, folder: Path) -> Path:
        """A project in the folder: its descriptions, the files that they name, and a program that registers it all."""
        (folder / "environments").mkdir(parents=True)
        (folder / "Pulumi.yaml").write_text("name: hubkeeper\nruntime: python\n")
        (folder / "__main__.py").write_text(PROGRAM)
        for one in (self.world.described, *self.world.elsewhere, *_described(self.world.other_hubs)):
            text = yaml.safe_dump({key: value for key, value in one.items() if key != "name"}, sort_keys=False)
            (folder / "environments" / f"{one['name']}.yaml").write_text(_DATE.sub(_moved, text))
        for file in self.world.host_json.values():
            if file.text is not None:
                (folder / file.shown).parent.mkdir(parents=True, exist_ok=True)
                (folder / file.shown).write_text(file.text)
        PLANS[folder] = self.world.plan
        return folder


def stacks(groups: Iterable[tuple[Case, ...]], most: int) -> list[Fixtures]:
    """A stack for each group that changes what applications share, and for all others as few as hold `most` each."""
    apart = [group for group in groups if any(map(is_apart, group))]
    within = [group for group in groups if not any(map(is_apart, group))]
    count = -(-len(within) // most)
    crowds = [Fixtures(World({**deepcopy(DESCRIBED), "apps": {}}, Plan("hubkeeper", "prod"))) for _ in range(count)]
    for number, group in enumerate(within):
        # In turn, since a subscription takes only so many hubs in schedulers, and cases of these stand side by side.
        crowd = crowds[number % count]
        _add(crowd.world, _renamed(together(group), str(number)))
        crowd.apps[f"claims{number}"] = group
    return [*crowds, *(Fixtures(together(group), {"claims": group}) for group in apart)]


def is_apart(case: Case) -> bool:
    """Whether a case changes what applications share, or is found there."""
    return any(line.endswith(" -") for line in case.expected) or any(
        path[:2] != ("described", "apps") and path[0] != "host_json" and (path[0] != "plan" or path[1] in SHARED)
        for path in changed(case)
    )


def _renamed(world: World, suffix: str) -> World:
    """The same under names of its own."""
    names = {
        one.urn: one.urn if one.name in SHARED else _name(one.urn, suffix) for one in world.plan.resources.values()
    }
    plan = Plan(world.plan.project, world.plan.stack)
    for one in world.plan.resources.values():
        is_shared = one.name in SHARED
        plan.resources[names[one.urn]] = replace(
            one,
            urn=names[one.urn],
            name=names[one.urn].rpartition("::")[2],
            parent=names.get(one.parent, ""),
            inputs=one.inputs if is_shared else _own(one.inputs, suffix),
            property_dependencies={
                key: tuple(names[urn] for urn in urns if urn in names)
                for key, urns in one.property_dependencies.items()
            },
        )
    files = {_own(app, suffix): replace(file, shown=f"{suffix}/{file.shown}") for app, file in world.host_json.items()}
    apps = _own(world.described["apps"], suffix)
    for app, file in files.items():
        apps[app]["host_json"] = file.shown
    return World({**world.described, "apps": apps}, plan, host_json=files)


def _name(urn: str, suffix: str) -> str:
    head, _, name = urn.rpartition("::")
    return f"{head}::{_own(name, suffix)}" if _OWN.search(name) else f"{head}::claims{suffix}-{name}"


def _own(value: Any, suffix: str) -> Any:
    match value:
        case str():
            return _OWN.sub(rf"\g<0>{suffix}", value)
        case Mapping():
            return {_own(key, suffix): _own(item, suffix) for key, item in value.items()}
        case list():
            return [_own(item, suffix) for item in value]
    return value


def _add(crowd: World, one: World) -> None:
    crowd.described["apps"].update(one.described["apps"])
    crowd.plan.resources.update(one.plan.resources)
    crowd.host_json.update(one.host_json)


def _described(hubs: Iterable[PlacedHub]) -> Iterator[dict[str, Any]]:
    """Environments that have these hubs."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in (placed.hub for placed in hubs):
        location = one.scheduler.location if one.scheduler else "westeurope"
        above = {key: deepcopy(value) for key, value in DESCRIBED.items() if key != "apps"}
        name = one.environment if location == "westeurope" else f"{one.environment}far"
        known = found.setdefault(
            (one.environment, location), {**above, "name": name, "tier": one.tier, "location": location, "apps": {}}
        )
        app = deepcopy(DESCRIBED["apps"]["claims"])
        app.update(slots={}, names={} if one.scheduler else {"storage_account": one.store.lower()})
        app["task_hub"]["name"] = one.name.replace("-", "")
        if one.scheduler:
            del app["task_hub"]["purged_by"]
            app["task_hub"] |= {
                "backend": ON_SCHEDULER,
                "history_days": 30,
                "scheduler": {"sku": one.scheduler.sku, "ip_allow_list": ["203.0.113.0/28"]},
            }
        known["apps"][one.app] = app
    yield from found.values()


def _moved(found: re.Match[str]) -> str:
    return (date.fromisoformat(found[0]) + (datetime.now(tz=UTC).date() - TODAY)).isoformat()
