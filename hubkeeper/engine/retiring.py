"""Takes down, on purpose, what held the hubs of an application that is described no more: in a protected tier, too.

Every other application stays protected; and what was to go and is still there afterwards is protected again.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from environments import HUB_SETTING, Environment, TaskHub, task_hubs
from environments.replacements import called, hub_holders
from hubkeeper.engine.drained import Answer, read_answers, undrained, untold
from hubkeeper.engine.guard import Step
from plan import Plan, Resource
from policies.reading import MISSING
from policies.registered import registered_hubs, sites, whose


@dataclass(frozen=True)
class Retirement:
    """What somebody said on the command line: the application whose stores go, and the answers that its hubs are empty."""

    app: str
    drained: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Retired:
    """What goes: everything of the application, `holders` of hubs among it.

    `forgotten` are hubs that only their answers tell of: Azure gives no settings back, so the state of an adopted application
    has none, and after a run that failed half-way a site may be gone whose hub's store is not.
    """

    app: str
    hubs: tuple[TaskHub, ...]
    resources: tuple[Resource, ...]
    forgotten: tuple[Answer, ...] = ()

    @property
    def holders(self) -> frozenset[str]:
        """URNs of what held its hubs, and of what else of it is protected."""
        return frozenset(one.urn for one in self.resources if one.type in hub_holders() or one.protect)

    @property
    def untold(self) -> frozenset[str]:
        """Names of the hubs that the state does not tell."""
        return frozenset(one.hub for one in self.forgotten)

    @property
    def question(self) -> str:
        """What is asked before anything is touched."""
        held = ", ".join(
            (
                *(f"{hub.name} in {hub.store}" for hub in self.hubs),
                *(f"{one.hub} in {one.store} (told by its answer alone)" for one in self.forgotten),
            )
        )
        things = ", ".join(
            f"{called(one.type)} {Step('delete', one.urn, one.type, inputs=one.inputs).name}"
            for one in self.resources
            if one.type in hub_holders()
        )
        return (
            f"application {self.app} goes for good: {len(self.resources)} resources, {things} among them, and with them "
            f"every history on {held}"
        )


def retired(
    plan: Plan | None, environment: Environment, retirement: Retirement, abandon: frozenset[str]
) -> tuple[Retired | None, list[str]]:
    """What goes, and why it may not."""
    deployed = plan or Plan("", environment.name)
    mine = [one for one in deployed.resources.values() if whose(deployed, one).app == retirement.app and _is_made(one)]
    hubs = tuple(hub for hub, _ in registered_hubs(deployed)[0] if hub.app == retirement.app)
    there = sorted({hub.app for hub, _ in registered_hubs(deployed)[0]})
    if not mine:
        near = difflib.get_close_matches(retirement.app, there, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return None, [
            f"no application {retirement.app!r} is deployed, expected one of {', '.join(there) or 'nothing'}{hint}"
        ]
    if retirement.app in environment.apps:
        return None, [
            f"application {retirement.app} is described, expected it to be taken out of the description first"
        ]
    unnamed = [
        f"task hub {hub.name} goes with {retirement.app}, expected --abandon-hub {hub.name} beside it"
        for hub in hubs
        if hub.name not in abandon
    ]
    unread = [
        f"the hub of {one.whose.app}/{one.whose.slot or 'production'} cannot be read from the state, so nothing is known of it"
        for one in registered_hubs(deployed)[1]
        if one.whose.app == retirement.app
    ]
    answers = read_answers(retirement.drained, datetime.now(tz=UTC))
    forgotten = _forgotten(deployed, environment, abandon)
    told_by = tuple({(one.hub, one.store): one for one in answers if one.hub in forgotten and not one.wrong}.values())
    gone = Retired(retirement.app, hubs, tuple(mine), told_by)
    silent = [
        one for one in sites(deployed) if one.whose.app == retirement.app and one.settings.get(HUB_SETTING) is MISSING
    ]
    unnumbered = [
        f"the state does not tell every hub of {retirement.app} (adopted, or half taken down): name each with "
        "--abandon-hub NAME and hand its answer over with --drained FILE"
    ]
    refused = [
        *unnamed,
        *unread,
        *(unnumbered if len(forgotten) < max(len(silent), 0 if hubs else 1) else ()),
        *_shared(deployed, gone),
        *undrained(hubs, answers),
        *untold(sorted(forgotten), answers),
    ]
    return gone, refused


def _forgotten(deployed: Plan, environment: Environment, abandon: frozenset[str]) -> frozenset[str]:
    """Names of hubs that neither the state nor the description tells."""
    return (
        abandon - {hub.name for hub, _ in registered_hubs(deployed)[0]} - {hub.name for hub in task_hubs(environment)}
    )


def _shared(deployed: Plan, gone: Retired) -> Iterator[str]:
    """A line for each hub of another application in what goes, and for each that may be there."""
    holders = [one for one in gone.resources if one.type in hub_holders()]
    names = [Step("delete", one.urn, one.type, inputs=one.inputs).name for one in holders]
    stores = {
        one.lower() for one in (*(hub.store for hub in gone.hubs), *(one.store for one in gone.forgotten), *names)
    }
    hubs, unread = registered_hubs(deployed)
    found = [
        f"{other.store} also holds {other.name} of {other.whose}, which is not going"
        for other, _ in hubs
        if other.app != gone.app and other.store.lower() in stores
    ]
    found += [
        f"the hub of {one.whose.app}/{one.whose.slot or 'production'}, which is not going, cannot be read from the state "
        f"({one.what}), and may be in {one.store or 'a store of this one'}"
        for one in unread
        if one.whose.app != gone.app and (one.store is None or one.store.lower() in stores)
    ]
    yield from dict.fromkeys(found)


def _is_made(resource: Resource) -> bool:
    return resource.custom and resource.type.startswith("azure-native:")
