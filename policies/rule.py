"""What a rule is: metadata that people read, and one pure function that finds violations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import total_ordering

from environments import Path, Tier


@total_ordering
class Level(Enum):
    """How bad a finding is; the worse one is the greater one. `error` and above stop a change."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"

    @property
    def stops(self) -> bool:
        """Whether it fails a check and refuses a deployment."""
        return self >= Level.ERROR

    def __lt__(self, other: Level) -> bool:
        order = list(Level)
        return order.index(self) < order.index(other)


class Scope(StrEnum):
    """What a rule looks at, and so where its facts come from."""

    HUBS = "hubs"
    """All task hubs of the estate at once: described ones in `check`, really registered ones in the pack."""
    ENVIRONMENT = "environment"
    """The description of one environment."""
    APP = "app"
    """The description of one application of one environment."""
    RESOURCE = "resource"
    """One resource of a plan, of one of the rule's `types`."""
    PLAN = "plan"
    """All resources of one environment, where one resource alone does not tell."""
    CHANGE = "change"
    """What becomes of one environment: its state before and after. Judged only where there is a before."""


@dataclass(frozen=True)
class Whose:
    """Whom a finding concerns, and where that stands in the description (`path`; empty: the environment itself)."""

    environment: str
    tier: Tier
    app: str | None = None
    slot: str | None = None
    path: Path = ()


@dataclass(frozen=True)
class Violation:
    """One thing that is wrong. What is None is taken from the rule and from what it looked at.

    `path` is a place in the description that says it better than the subject's own; `resource` a URN; `at` file and line of
    what stands beside the description. A message never holds a value that could be a secret.
    """

    message: str
    whose: Whose | None = None
    resource: str | None = None
    path: Path | None = None
    level: Level | None = None
    fix: str | None = None
    at: tuple[str, int] | None = None


@dataclass(frozen=True)
class Parameter:
    """A number of a rule that an estate may set otherwise, by Pulumi's own `--policy-pack-config`.

    The check function takes it as a keyword argument of that name; the unit is in the name.
    """

    name: str
    default: int
    about: str
    minimum: int = 1
    maximum: int = 3650


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue.

    slug    what people call it; never changes its meaning
    ref     short and stable, `HK` and three digits; the hundreds name the area
    level   one level, or one for each tier; a tier that is not in the mapping is not checked
    also    levels that single violations may have instead
    what    one sentence: what must hold
    why     what happens otherwise
    fix     what to change, with the YAML
    source  where the fact is from: document and date
    types   for RESOURCE: type tokens without API version; empty means every provider resource
    parameters  numbers that an estate may set otherwise
    """

    slug: str
    ref: str
    level: Level | Mapping[Tier, Level]
    scope: Scope
    what: str
    why: str
    fix: str
    source: str
    check: Callable[..., Iterable[Violation]]
    types: tuple[str, ...] = ()
    also: tuple[Level, ...] = ()
    parameters: tuple[Parameter, ...] = ()

    @property
    def defaults(self) -> dict[str, int]:
        """The value of every parameter that nobody set."""
        return {one.name: one.default for one in self.parameters}

    def level_in(self, tier: Tier) -> Level | None:
        """The level in a tier; None where the rule does not apply."""
        return self.level if isinstance(self.level, Level) else self.level.get(tier)

    @property
    def levels(self) -> frozenset[Level]:
        """Every level that a finding of this rule can have."""
        own = {self.level} if isinstance(self.level, Level) else set(self.level.values())
        return frozenset(own | set(self.also))
