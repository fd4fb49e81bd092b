"""How two plans differ, in sentences: what was recorded against what an engine really registered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from plan.model import HIDDEN, UNKNOWN, Plan, Resource, Secret
from plan.urns import PROVIDER_PREFIX

_MISSING: Final = object()


def differences(recorded: Plan, registered: Plan) -> list[str]:
    """One line per difference in what a program asks for: URN, inputs, parent, dependencies, provider, protection.

    An unknown matches anything that is there, two secrets match unless both values are at hand, and no line shows a
    secret's value. Ids, outputs and source lines are not compared: a recording has no engine to give them. Providers
    that the engine chose by itself (`default…`), and what it notes down for itself in a provider, are left out.
    """
    lines = [
        f"{urn}: only {'recorded' if urn in recorded.resources else 'registered'}"
        for urn in sorted(recorded.resources.keys() ^ registered.resources.keys())
        if not _is_default_provider(urn)
    ]
    for urn, resource in recorded.resources.items():
        if other := registered.resources.get(urn):
            lines += [f"{urn}: {difference}" for difference in _of_resource(resource, other)]
    return lines


def _is_default_provider(urn: str) -> bool:
    return PROVIDER_PREFIX in urn and "::default" in urn


def _of_resource(recorded: Resource, registered: Resource) -> Iterator[str]:
    for name in ("type", "name", "parent", "custom", "external", "protect", "retain_on_delete"):
        yield from _of_value(name, getattr(recorded, name), getattr(registered, name))
    yield from _of_value("provider", _explicit_provider(recorded), _explicit_provider(registered))
    yield from _of_value("ignoreChanges", sorted(recorded.ignore_changes), sorted(registered.ignore_changes))
    yield from _of_value("dependencies", sorted(recorded.dependencies), sorted(registered.dependencies))
    names = {**recorded.property_dependencies, **registered.property_dependencies}
    for name in sorted(names):
        ours = sorted(recorded.property_dependencies.get(name, ()))
        theirs = sorted(registered.property_dependencies.get(name, ()))
        yield from _of_value(f"propertyDependencies.{name}", ours, theirs)
    yield from _of_value("inputs", _asked_inputs(recorded), _asked_inputs(registered))


def _explicit_provider(resource: Resource) -> str:
    """The provider's URN; the id behind it is the engine's."""
    urn = resource.provider.rpartition("::")[0]
    return "" if _is_default_provider(urn) else urn


def _asked_inputs(resource: Resource) -> dict[str, Any]:
    """Without `__internal`, which the engine adds to providers."""
    return {name: value for name, value in resource.inputs.items() if name != "__internal"}


def _of_value(path: str, recorded: Any, registered: Any) -> Iterator[str]:
    """Walks both values together, so that a line names the innermost place."""
    if (recorded is UNKNOWN and registered is not _MISSING) or (registered is UNKNOWN and recorded is not _MISSING):
        return
    if isinstance(recorded, Secret) and isinstance(registered, Secret):
        if HIDDEN not in (recorded.value, registered.value) and [*_of_value("", recorded.value, registered.value)]:
            yield f"{path}: another secret"
    elif isinstance(recorded, dict) and isinstance(registered, dict):
        for key in {**recorded, **registered}:
            yield from _of_value(f"{path}.{key}", recorded.get(key, _MISSING), registered.get(key, _MISSING))
    elif isinstance(recorded, list) and isinstance(registered, list):
        for index, (ours, theirs) in enumerate(zip_longest(recorded, registered, fillvalue=_MISSING)):
            yield from _of_value(f"{path}[{index}]", ours, theirs)
    elif isinstance(recorded, bool) is not isinstance(registered, bool) or recorded != registered:
        yield f"{path}: recorded {_shown(recorded)}, registered {_shown(registered)}"


def _shown(value: Any) -> str:
    return "nothing" if value is _MISSING else repr(value)
