"""What a change of a resource does to it, by type: the table of replacements.yaml, and what people ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from environments import catalogue

Held = Literal["hubs", "secrets", "telemetry"]


@dataclass(frozen=True)
class Replacement:
    """What people call a type, what makes a resource of it another one, what is lost with it, what restarts the host on it."""

    id: tuple[str, ...]
    called: str | None = None
    sort: str | None = None
    forced: tuple[str, ...] = ()
    updatable: tuple[str, ...] | None = None
    holds: Held | None = None
    restarts: tuple[str, ...] = ()

    def forces(self, path: str) -> bool:
        """Whether a change at this property path (`sku.name`, `siteConfig.appSettings[3].value`) replaces the resource."""
        top = top_of(path)
        if top in self.id or any(_is_below(path, one) for one in self.forced):
            return True
        return self.updatable is not None and top not in self.updatable

    def restarts_on(self, path: str) -> bool:
        """Whether a change at this property path restarts the host."""
        return any(_is_below(path, one) for one in self.restarts)


def top_of(path: str) -> str:
    """The property that a path begins with."""
    return path.split(".", 1)[0].split("[", 1)[0]


def _is_below(path: str, of: str) -> bool:
    return path == of or path.startswith((f"{of}.", f"{of}["))


@cache
def replacements() -> dict[str, Replacement]:
    """The table, by type token."""
    return {
        token: Replacement(
            id=tuple(facts["id"]),
            called=facts.get("called"),
            sort=facts.get("sort"),
            forced=tuple(facts.get("forced", ())),
            updatable=tuple(facts["updatable"]) if "updatable" in facts else None,
            holds=facts.get("holds"),
            restarts=tuple(facts.get("restarts", ())),
        )
        for token, facts in catalogue.replacements().items()
    }


@cache
def hub_holders() -> frozenset[str]:
    """Types whose loss is the loss of a hub. "Task hubs in Durable Functions", learn.microsoft.com, 2026-04-22."""
    return frozenset(token for token, facts in replacements().items() if facts.holds == "hubs")


def called(token: str) -> str:
    """What people call a type; the last part of its token where they have no word for it."""
    word = facts.called if (facts := replacements().get(token)) else None
    return word or token.rsplit(":", 1)[-1]


def name_in_azure(token: str, inputs: Mapping[str, Any]) -> str | None:
    """The name by which people know a resource in Azure; None for types that are known by none, and while it is not known."""
    facts = replacements().get(token)
    name = inputs.get(facts.id[-1]) if facts and facts.called else None
    return name if isinstance(name, str) else None


def forces(token: str, path: str) -> bool:
    """Whether a change at a path replaces a resource of a type; of a type that the table does not have, nothing is said."""
    known = replacements().get(token)
    return known is not None and known.forces(path)
