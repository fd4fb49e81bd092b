"""Looking into a host.json as the host does: without regard to the case of keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from environments.problems import Path


@dataclass(frozen=True)
class Found:
    """What stands at a place; `path` is how the file writes it, or the nearest thing above it that is there."""

    value: Any
    path: Path
    is_there: bool

    @property
    def items(self) -> Mapping[str, Any]:
        """Its keys, where it is an object."""
        return self.value if isinstance(self.value, dict) else {}


def at(document: Mapping[str, Any], place: str) -> Found:
    """What stands at a dotted place."""
    value: Any = document
    path: Path = ()
    for step in place.split("."):
        name = next((key for key in value if key.lower() == step.lower()), None) if isinstance(value, dict) else None
        if name is None:
            return Found(None, path, is_there=False)
        value, path = value[name], (*path, name)
    return Found(value, path, is_there=True)


def holds(document: Any, name: str) -> bool:
    """Whether a key of this name stands anywhere."""
    if isinstance(document, list):
        return any(holds(one, name) for one in document)
    if not isinstance(document, dict):
        return False
    return any(key.lower() == name.lower() or holds(value, name) for key, value in document.items())


def place_in(found: Found, place: str) -> Path:
    """Where it is, or where it should be, written after what there is of it."""
    return (*found.path, *place.split(".")[len(found.path) :])
