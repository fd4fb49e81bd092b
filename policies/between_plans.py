"""What a change does to what runs, application by application: adds, changes in place, restarts, replaces, or loses.

From two plans: both recorded, or the first one exported from a stack. Settings are named, their values never.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from environments.replacements import Replacement, called, forces, name_in_azure, replacements
from plan import Plan
from plan.changes import Change, changes, leaves
from policies.effect import Effect, Kind
from policies.registered import SITES, settings_of, whose

_ANYTHING: Final = Replacement(id=())


def effects_between(before: Plan, after: Plan) -> tuple[Effect, ...]:
    """What becomes of everything that changes, in the order of the plan; nothing where nothing was before."""
    if not before.resources:
        return ()
    found = (_effect(change, before, after) for change in changes(before, after, forces) if change.op != "same")
    return tuple(found)


def _effect(change: Change, before: Plan, after: Plan) -> Effect:
    resource = change.resource
    owner = whose(after if change.after else before, resource)
    facts = replacements().get(resource.type, _ANYTHING)
    settings, properties = _names(change)
    return Effect(
        _kind(change, facts),
        f"{called(resource.type)} {_name(change)}",
        owner.app,
        owner.slot,
        settings,
        properties,
        facts.holds or "",
        deleted=change.op == "delete",
        unsure=bool(change.unsure),
        known=facts.called is not None,
        sort=facts.called or facts.sort or "",
    )


def _kind(change: Change, facts: Replacement) -> Kind:
    if change.op == "create":
        return Kind.ADDED
    if change.op in ("replace", "delete"):
        return {"hubs": Kind.HUB_LOST, None: Kind.REPLACED}.get(facts.holds, Kind.DATA_LOST)
    touched = (*change.paths, *change.unsure)
    return Kind.RESTART if any(facts.restarts_on(path) for path in touched) else Kind.IN_PLACE


def _name(change: Change) -> str:
    """The name in Azure as it was; the logical one where that says more than an id."""
    resource = change.before or change.resource
    return name_in_azure(resource.type, resource.inputs) or resource.name


def _names(change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the settings that change, and of the properties that do, each without its value."""
    if change.op in ("create", "delete"):
        return (), ()
    paths = [path for path in change.paths if not path.startswith("siteConfig.appSettings")]
    return tuple(_settings(change)), tuple(dict.fromkeys(_short(path) for path in paths))


def _settings(change: Change) -> Iterator[str]:
    if change.before is None or change.after is None or change.after.type not in SITES:
        return
    old, new = settings_of(change.before).values, settings_of(change.after).values
    for name in sorted(old.keys() | new.keys()):
        if any(sure for _, sure in leaves(old.get(name), new.get(name), name)):
            yield name


def _short(path: str) -> str:
    """A path as people can take it in: without the number of a list's item, what is inside it, and what all begin with."""
    return path.split("[", 1)[0].removeprefix("siteConfig.")
