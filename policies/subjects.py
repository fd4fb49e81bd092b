"""What rules are given to look at, one class a scope: finished data, since rules read no file and no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from environments import App, Environment, Estate, TaskHub, task_hubs
from plan import Plan, Resource
from policies.rule import Whose


@dataclass(frozen=True)
class PlacedHub:
    """A task hub, the site that uses it, and where a person finds it: `environments/prod.yaml:17`, else whose it is."""

    hub: TaskHub
    site: str
    place: str

    @property
    def whose(self) -> Whose:
        """Whom a finding about it concerns."""
        hub = self.hub
        return Whose(hub.environment, hub.tier, hub.app, hub.slot, hub.path)

    @property
    def store(self) -> str:
        """The store as Azure compares it."""
        return self.hub.store.lower()

    def __str__(self) -> str:
        return f"{self.hub.whose} ({self.place})" if self.place != self.hub.whose else self.place


@dataclass(frozen=True)
class UndecidedHub:
    """A slot whose hub or store cannot be read; `what` says which of them, `store` is None where it is the store."""

    whose: Whose
    resource: str
    what: str
    store: str | None = None


@dataclass(frozen=True)
class HubsSubject:
    """Every task hub that is to exist side by side. Findings are wanted for the environment `only`; None means for all."""

    hubs: tuple[PlacedHub, ...]
    undecided: tuple[UndecidedHub, ...] = ()
    only: str | None = None

    @property
    def whose(self) -> Whose:
        """Whom a finding concerns that names nobody."""
        return Whose(self.only or "", "production")


@dataclass(frozen=True)
class EnvironmentSubject:
    """The description of one environment, and the day it is judged on."""

    environment: Environment
    today: date

    @property
    def whose(self) -> Whose:
        """Whom a finding concerns."""
        return Whose(self.environment.name, self.environment.tier)


@dataclass(frozen=True)
class AppSubject:
    """The description of one application of one environment, and the day it is judged on."""

    environment: Environment
    name: str
    today: date

    @property
    def app(self) -> App:
        """The application's part of the description."""
        return self.environment.apps[self.name]

    @property
    def whose(self) -> Whose:
        """Whom a finding concerns."""
        return Whose(self.environment.name, self.environment.tier, self.name, None, ("apps", self.name))


@dataclass(frozen=True)
class ResourceSubject:
    """One resource as it is registered: its inputs, never what Azure gives back."""

    resource: Resource
    whose: Whose


@dataclass(frozen=True)
class PlanSubject:
    """All resources of one environment as they are registered."""

    plan: Plan
    whose: Whose
    described: Environment | None = None


Subject = HubsSubject | EnvironmentSubject | AppSubject | ResourceSubject | PlanSubject


def described_hubs(estate: Estate, without: str | None = None) -> Iterator[PlacedHub]:
    """The hubs that the description says, of every environment but one."""
    for environment in estate:
        if environment.name != without:
            for hub in task_hubs(environment):
                file, line = estate.where(environment.name, hub.path)
                yield PlacedHub(hub, environment.app_names(hub.app).function_app, f"{file}:{line}")


def described_subjects(environment: Environment, today: date) -> Iterator[EnvironmentSubject | AppSubject]:
    """The environment, then each of its applications."""
    yield EnvironmentSubject(environment, today)
    yield from (AppSubject(environment, name, today) for name in environment.apps)


def of_type(resources: Iterable[Resource], *tokens: str) -> list[Resource]:
    """Resources of any of these types."""
    return [resource for resource in resources if resource.type in tokens]
