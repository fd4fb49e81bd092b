"""Takes down, on purpose, what held the hubs of an application that is described no more: in a protected tier, too.

Everything else that is protected stays so; and what was to go and is still there afterwards is protected again.
"""

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pulumi import automation

from environments import Environment, TaskHub
from hubkeeper.engine.drained import read_answers, undrained
from hubkeeper.engine.guard import HOLDS_HUBS, Step
from hubkeeper.engine.session import Session
from plan import Plan, Resource
from policies.registered import registered_hubs, whose


@dataclass(frozen=True)
class Retirement:
    """What somebody said on the command line: the application whose stores go, and the answers that its hubs are empty."""

    app: str
    drained: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Retired:
    """What goes: everything of the application, `holders` of hubs among it."""

    app: str
    hubs: tuple[TaskHub, ...]
    resources: tuple[Resource, ...]

    @property
    def holders(self) -> frozenset[str]:
        """URNs of what held its hubs."""
        return frozenset(one.urn for one in self.resources if one.type in HOLDS_HUBS)

    @property
    def question(self) -> str:
        """What is asked before anything is touched."""
        held = ", ".join(f"{hub.name} in {hub.store}" for hub in self.hubs)
        things = ", ".join(
            f"{HOLDS_HUBS[one.type]} {Step('delete', one.urn, one.type, inputs=one.inputs).name}"
            for one in self.resources
            if one.urn in self.holders
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
    shared = [
        f"{hub.store} also holds {other.name} of {other.whose}, which is not going"
        for hub in hubs
        for other, _ in registered_hubs(deployed)[0]
        if other.app != retirement.app and other.store == hub.store
    ]
    answers = read_answers(retirement.drained, datetime.now(tz=UTC))
    refused = [*unnamed, *unread, *dict.fromkeys(shared), *undrained(hubs, answers)]
    return Retired(retirement.app, hubs, tuple(mine)), refused


def _is_made(resource: Resource) -> bool:
    return resource.custom and resource.type.startswith("azure-native:")


@contextmanager
def unprotected(session: Session, urns: frozenset[str]) -> Iterator[None]:
    """Lets the engine delete these; whatever of them is still there at the end is protected again."""
    _protect(session, urns, wanted=False)
    try:
        yield
    finally:
        _protect(session, urns, wanted=True)


def _protect(session: Session, urns: frozenset[str], *, wanted: bool) -> None:
    exported = session.stack.export_stack()
    content = dict(exported.deployment or {})
    changed = False
    for one in content.get("resources") or []:
        if one.get("urn") in urns and bool(one.get("protect")) is not wanted:
            one["protect"] = wanted
            changed = True
    if changed:
        session.stack.import_stack(automation.Deployment(version=exported.version, deployment=content))
