"""What rules are given to look at, one class a scope: finished data, since rules read no file and no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from environments import App, Environment, Estate, Path, TaskHub, task_hubs
from environments.host_json import HostJsonFile
from plan import Plan, Resource
from policies.effect import Effect
from policies.rule import Whose
from policies.states import AppState, EnvironmentState


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
    """A slot whose hub or store cannot be read; `what` says which of them, `store` is None where it is the store.

    `why`: where it is not that the value is unknown.
    """

    whose: Whose
    resource: str
    what: str
    store: str | None = None
    why: str = ""


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
    """The description of one application of one environment, and the day it is judged on.

    `host_json` is the file that it names; `elsewhere` are the other environments that have the application.
    """

    environment: Environment
    name: str
    today: date
    host_json: HostJsonFile | None = None
    elsewhere: tuple[Environment, ...] = ()

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
    described: Environment | None = None


@dataclass(frozen=True)
class PlanSubject:
    """All resources of one environment as they are registered."""

    plan: Plan
    whose: Whose
    described: Environment | None = None


@dataclass(frozen=True)
class ChangeSubject:
    """What becomes of one environment; a state is None where there was or will be none.

    `hubs_before` and `hubs_after` are those of the whole estate, as far as it was read. `effects` is what becomes of single
    resources, where both plans were at hand.
    """

    before: EnvironmentState | None
    after: EnvironmentState | None
    today: date
    hubs_before: tuple[TaskHub, ...] = ()
    hubs_after: tuple[TaskHub, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def whose(self) -> Whose:
        """Whom a finding concerns. What was there decides how strict the rules are."""
        known = self.before or self.after
        return Whose(known.name, known.tier) if known else Whose("", "production")

    def at(self, app: str | None = None, slot: str | None = None, path: Path = ()) -> Whose:
        """Whom a finding concerns in an application; `path` goes on from the application's own."""
        own = self.whose
        above: Path = ("apps", app) if app else ()
        return Whose(own.environment, own.tier, app, slot, (*above, *path))

    def apps(self) -> Iterator[tuple[str, AppState, AppState]]:
        """The applications that were there and stay: name, before, after."""
        if self.before and self.after:
            for name, was in self.before.apps.items():
                if name in self.after.apps:
                    yield name, was, self.after.apps[name]


Subject = ChangeSubject | HubsSubject | EnvironmentSubject | AppSubject | ResourceSubject | PlanSubject


def described_hubs(estate: Estate, without: Collection[str] = ()) -> Iterator[PlacedHub]:
    """The hubs that the description says, of every environment but these."""
    for environment in estate:
        if environment.name not in without:
            for hub in task_hubs(environment):
                file, line = estate.where(environment.name, hub.path)
                yield PlacedHub(hub, environment.app_names(hub.app).function_app, f"{file}:{line}")


def described_subjects(
    environment: Environment, today: date, host_json: Mapping[str, HostJsonFile], estate: Iterable[Environment]
) -> Iterator[EnvironmentSubject | AppSubject]:
    """The environment, then each of its applications. `host_json`: the files that applications name, by application."""
    yield EnvironmentSubject(environment, today)
    others = tuple(other for other in estate if other.name != environment.name)
    for name in environment.apps:
        elsewhere = tuple(other for other in others if name in other.apps)
        yield AppSubject(environment, name, today, host_json.get(name), elsewhere)


def of_type(resources: Iterable[Resource], *tokens: str) -> list[Resource]:
    """Resources of any of these types."""
    return [resource for resource in resources if resource.type in tokens]
