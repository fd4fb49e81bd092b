"""Facts about Azure that age (regions, plans, runtimes, roles, limits): data, each with its source and the day it was read."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class PlanSku:
    """What a hosting plan of one SKU allows. `slots` counts the production slot too."""

    name: str
    tier: str
    family: str
    always_on: bool
    slots: int
    max_instances: int
    zone_redundant: bool
    zone_redundant_min_instances: int
    scales: Literal["platform", "operator"]

    @property
    def is_elastic(self) -> bool:
        """Whether the platform adds instances by itself (Elastic Premium)."""
        return self.scales == "platform"


@dataclass(frozen=True)
class Role:
    """A built-in role: its GUID (the same in every tenant) and the name people read."""

    id: str
    title: str


def _read(name: str) -> Any:
    return yaml.load(
        (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )


@cache
def regions() -> frozenset[str]:
    """Programmatic names of the regions of the public cloud."""
    return frozenset(_read("regions")["regions"])


@cache
def plans() -> dict[str, PlanSku]:
    """Hosting plans by SKU name."""
    return {name: PlanSku(name=name, **facts) for name, facts in _read("plans")["plans"].items()}


@cache
def runtimes() -> dict[str, dict[str, str]]:
    """Versions of each language worker, with the day its support ends."""
    return {language: facts["versions"] for language, facts in _read("runtimes")["runtimes"].items()}


@cache
def linux_stacks() -> dict[str, str]:
    """The stack name each language has in `linuxFxVersion`."""
    return {language: facts["stack"] for language, facts in _read("runtimes")["runtimes"].items()}


@cache
def roles() -> dict[str, Role]:
    """Built-in roles that Hubkeeper assigns, by slug."""
    return {slug: Role(**facts) for slug, facts in _read("roles")["roles"].items()}


@cache
def limit(name: str) -> tuple[int, ...]:
    """The values of a limit: a range of two, or a list of what is allowed."""
    return tuple(_read("limits")["limits"][name]["values"])
