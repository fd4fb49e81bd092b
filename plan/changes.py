"""What becomes of each resource from one plan to the next: the steps an engine would take, told without an engine.

Both plans may be recorded, or the first one read from `pulumi stack export`. What forces a replacement is asked of a function,
since nothing here knows Azure. How the engine goes about it: pulumi/pulumi, pkg/resource/deploy/step_generator.go, 3.220.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final, Literal

from plan.model import HIDDEN, UNKNOWN, Plan, Resource, Secret
from plan.urns import PROVIDER_PREFIX

Op = Literal["same", "create", "update", "replace", "delete"]
Forces = Callable[[str, str], bool]
"""Whether a change of a resource of this type at this path makes it another resource."""

_MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one resource. `paths` are the innermost places that differ, `forced` those that replace it.

    `unsure` are places whose value only Azure will know, and which may differ since what they come from is made anew.
    A resource may be replaced without a place of its own: what it hangs on is, and the engine takes it along.
    """

    op: Op
    urn: str
    before: Resource | None
    after: Resource | None
    paths: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()

    @property
    def resource(self) -> Resource:
        """As it will be; as it was where it goes."""
        known = self.after or self.before
        assert known is not None
        return known


def changes(before: Plan, after: Plan, forces: Forces) -> list[Change]:
    """What becomes of every resource of a provider, in the order of the second plan; what goes comes last."""
    anew: set[str] = set()
    found: dict[str, Change] = {}
    for resource in _provided(after):
        old = before.resources.get(resource.urn)
        change = _change(old, resource, anew, forces)
        found[resource.urn] = change
        if change.op == "create":
            anew.add(resource.urn)
        elif change.op == "replace":
            # The old one is deleted first, and what cannot be without it goes before.
            for urn in (resource.urn, *_taken_along(before, resource.urn, forces)):
                anew.add(urn)
                if urn in found:
                    found[urn] = _replaced(found[urn])
    found = {urn: _replaced(one) if urn in anew else one for urn, one in found.items()}
    gone = [one for one in _provided(before) if one.urn not in after.resources]
    return [*found.values(), *(Change("delete", one.urn, one, None) for one in reversed(gone))]


def _provided(plan: Plan) -> Iterator[Resource]:
    """What a provider makes: no component, no provider itself, nothing that is only looked up."""
    for one in plan.resources.values():
        if one.custom and not one.external and not one.type.startswith(PROVIDER_PREFIX):
            yield one


def _change(old: Resource | None, new: Resource, anew: Set[str], forces: Forces) -> Change:
    if old is None:
        return Change("create", new.urn, None, new)
    paths: list[str] = []
    unsure: list[str] = []
    # What was adopted is in the state without a word of where its values come from: that is no change of where. Nor does it
    # say which line it was made by, as the engine writes it with all that a program made.
    tells_sources = old.source is not None or any(old.property_dependencies.values())
    for key in sorted(old.inputs.keys() | new.inputs.keys()):
        sources = new.property_dependencies.get(key, ())
        moved = tells_sources and set(sources) != set(old.property_dependencies.get(key, ()))
        unsettled = moved or any(urn in anew for urn in sources)
        for path, sure in leaves(old.inputs.get(key, _MISSING), new.inputs.get(key, _MISSING), key):
            if (sure or unsettled) and not _is_ignored(path, new.ignore_changes):
                (paths if sure else unsure).append(path)
    forced = [path for path in (*paths, *unsure) if forces(new.type, path)]
    op: Op = "replace" if forced else "update" if paths or unsure else "same"
    return Change(op, new.urn, old, new, tuple(paths), tuple(unsure), tuple(forced))


def _is_ignored(path: str, ignored: Iterable[str]) -> bool:
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in ignored)


def _replaced(change: Change) -> Change:
    """The same resource, made anew; one that is only made stays so."""
    if change.op in ("create", "replace"):
        return change
    return Change("replace", change.urn, change.before, change.after, change.paths, change.unsure, change.forced)


def _taken_along(before: Plan, urn: str, forces: Forces) -> Iterable[str]:
    """What is replaced because a resource is deleted before it is made anew: whatever is bound to it by a forced property."""
    going = {urn}
    for one in _provided(before):
        bound = (key for key, sources in one.property_dependencies.items() if going.intersection(sources))
        if one.urn not in going and any(forces(one.type, key) for key in bound):
            going.add(one.urn)
    return going - {urn}


def leaves(old: Any, new: Any, path: str) -> Iterator[tuple[str, bool]]:
    """The innermost places that differ, each with whether that is sure: where either is unknown, it may be the same."""
    if isinstance(old, Secret) and isinstance(new, Secret):
        if HIDDEN in (old.value, new.value):
            return
        old, new = old.value, new.value
    if old is UNKNOWN or new is UNKNOWN:
        yield path, (old if new is UNKNOWN else new) in (None, _MISSING)
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            step = f".{key}" if str(key).isidentifier() else f'["{key}"]'
            yield from leaves(old.get(key, _MISSING), new.get(key, _MISSING), path + step)
    elif isinstance(old, list) and isinstance(new, list):
        for index, (ours, theirs) in enumerate(zip_longest(old, new, fillvalue=_MISSING)):
            yield from leaves(ours, theirs, f"{path}[{index}]")
    elif not _equal(old, new):
        yield path, True


def _equal(old: Any, new: Any) -> bool:
    if old in (None, _MISSING) or new in (None, _MISSING):
        return old in (None, _MISSING) and new in (None, _MISSING)
    return bool(isinstance(old, bool) is isinstance(new, bool) and old == new)
