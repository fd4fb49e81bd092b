"""What changed between the inputs in the state and the new ones, and what of it replaces the resource.

Follows azure-native's diff.go (read 2026-11-22): inputs are compared with inputs, never with computed outputs; case and
spaces in a location do not count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .types.declaration import ResourceType
from .wire import Secret


@dataclass(frozen=True)
class Change:
    """A changed property: its path, what happened ("ADD", "DELETE", "UPDATE"), and whether it replaces the resource."""

    path: str
    kind: str
    replaces: bool


def changes(kind: ResourceType, olds: Mapping[str, Any], news: Mapping[str, Any]) -> list[Change]:
    """All changed leaves, in a stable order."""
    found: list[Change] = []
    for key in sorted(olds.keys() | news.keys()):
        old, new = olds.get(key), news.get(key)
        if key == "location" and isinstance(old, str) and isinstance(new, str) and _place(old) == _place(new):
            continue
        whole = kind.replaced_by(key)
        for path, what in _leaves(old, new, key):
            found.append(Change(path, what, whole or kind.replaced_by(path)))
    return found


def _place(location: str) -> str:
    return location.replace(" ", "").lower()


def _leaves(old: Any, new: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(old, Secret) and isinstance(new, Secret):
        old, new = old.value, new.value
    if old is None or new is None:
        if old is not new:
            yield path, "ADD" if old is None else "DELETE"
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted(old.keys() | new.keys()):
            step = f".{key}" if key.isidentifier() else f'["{key}"]'
            yield from _leaves(old.get(key), new.get(key), path + step)
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            before = old[index] if index < len(old) else None
            after = new[index] if index < len(new) else None
            yield from _leaves(before, after, f"{path}[{index}]")
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield path, "UPDATE"
