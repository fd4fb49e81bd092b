"""What the description of an application asks of its host.json: one file for all its environments and slots.

One package is promoted through the environments and swapped between slots, and host.json is in it. The host replaces
`%SETTING%` by an application setting in the hub's name only (durable extension, DurableTaskOptions.ResolveAppSettingOptions,
2024-10 and later), so a count or a backend cannot differ; an override by setting is not seen by the scale controller.
"""

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from environments.estate import Estate
from environments.host_json import facts
from environments.model import App, Environment
from environments.overriding import place_of
from environments.problems import DescriptionError, Path, Problem, dotted


class UnknownApp(Exception):
    """An application was named that no environment has. The text is one line for the user."""


@dataclass(frozen=True)
class TimeLimit:
    """The longest a function may run: `seconds`, on these `plans` ("Y1 (dev, test)")."""

    seconds: int
    plans: str


@dataclass(frozen=True)
class Contract:
    """What host.json must say. What is None is left to the extension.

    `scaled_by_platform`: some environment's plan has a scale controller, which reads host.json by itself;
    `polls_soon`: some environment's plan wakes nobody up by itself, so that queues are asked every ten seconds;
    `hubs_travel`: everywhere a swap takes each hub along with its code, so that no code meets instances of another;
    `time_limit`: some environment's plan ends functions.
    """

    app: str
    language: str
    backend: str
    partition_count: int | None
    activities: int | None
    orchestrators: int | None
    default_version: str | None
    scaled_by_platform: bool
    polls_soon: bool
    never_sampled: tuple[str, ...]
    hubs_travel: bool = False
    time_limit: TimeLimit | None = None

    @property
    def provider(self) -> facts.Backend:
        """The backend as host.json knows it."""
        return facts.backends()[self.backend]

    @property
    def uses_bundle(self) -> bool:
        """Whether extensions come in a bundle; those of .NET are packages of the application itself."""
        return self.language != "dotnet-isolated"


def _partitions(app: App) -> int | None:
    """The partition count, where the backend has one."""
    keys = facts.backends()[app.task_hub.backend].keys
    return app.task_hub.partition_count if f"{facts.STORAGE_PROVIDER}.partitionCount".lower() in keys else None


#: What must be the same wherever the application runs, by its place below the application.
_ALIKE: tuple[tuple[Path, Callable[[App], object]], ...] = (
    (("runtime", "language"), lambda app: app.runtime.language),
    (("task_hub", "backend"), lambda app: app.task_hub.backend),
    (("task_hub", "partition_count"), _partitions),
    (("concurrency", "activities"), lambda app: app.concurrency.activities),
    (("concurrency", "orchestrators"), lambda app: app.concurrency.orchestrators),
)


def _raw(app: App) -> tuple[object, ...]:
    """Everything that the values above are worked out from."""
    hub, concurrency = app.task_hub, app.concurrency
    return app.runtime.language, hub.backend, hub.partition_count, concurrency.activities, concurrency.orchestrators


def contract_of(estate: Estate, app: str) -> Contract:
    """What all environments that have the application ask. Raises UnknownApp, and DescriptionError where two differ."""
    found = [environment for environment in estate if app in environment.apps]
    if not found:
        known = sorted({name for environment in estate for name in environment.apps})
        near = difflib.get_close_matches(app, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UnknownApp(f"no application {app!r}, expected one of {', '.join(known)}{hint}")
    problems = list(_problems(estate, found, app))
    if problems:
        raise DescriptionError(problems)
    return _contract(found, app)


def contract_in(
    environment: Environment, app: str, elsewhere: Sequence[Environment] = (), settings_too: bool = False
) -> Contract:
    """What one environment asks by itself, and the plans of those `elsewhere` that the same file goes to.

    An environment that names another file gets that one. `settings_too`: it is asked of settings that stand for a key as well.
    """
    own = _contract([environment], app)
    files = (None, environment.apps[app].host_json)
    everywhere = [environment, *(one for one in elsewhere if one.apps[app].host_json in files)]
    limit = _time_limit(everywhere, app, settings_too)
    return replace(own, polls_soon=_polls_soon(everywhere, app), time_limit=limit)


def _contract(environments: Sequence[Environment], name: str) -> Contract:
    apps = [environment.apps[name] for environment in environments]
    first = apps[0]
    kept = [set(environment.telemetry.sampling.excluded_types) for environment in environments]
    return Contract(
        app=name,
        language=first.runtime.language,
        backend=first.task_hub.backend,
        partition_count=_partitions(first),
        activities=first.concurrency.activities,
        orchestrators=first.concurrency.orchestrators,
        default_version=newest(app.versioning.default_version for app in apps if app.versioning),
        scaled_by_platform=any(app.plan.facts.scales == "platform" for app in apps),
        polls_soon=_polls_soon(environments, name),
        never_sampled=tuple(sorted({"Trace"} | set.intersection(*kept))),
        hubs_travel=all(app.hubs_travel for app in apps),
        time_limit=_time_limit(environments, name),
    )


def _polls_soon(environments: Iterable[Environment], app: str) -> bool:
    return any(one.apps[app].plan.facts.hosting == "flex" for one in environments)


def _time_limit(environments: Iterable[Environment], app: str, settings_too: bool = False) -> TimeLimit | None:
    """The strictest plan decides, since one file goes to all.

    The file is not what counts where an environment has a setting in place of the key; the setting is held to the same.
    """
    limited: dict[str, list[str]] = defaultdict(list)
    seconds: list[int] = []
    for one in environments:
        plan = one.apps[app].plan
        own = any(place_of(name) == "functiontimeout" for name in one.apps[app].settings)
        if plan.facts.function_seconds and (settings_too or not own):
            limited[plan.sku].append(one.name)
            seconds.append(plan.facts.function_seconds)
    plans = "; ".join(f"{sku} ({', '.join(names)})" for sku, names in limited.items())
    return TimeLimit(min(seconds), plans) if seconds else None


def newest(versions: Iterable[str]) -> str | None:
    """The highest of dotted numbers. A release that is on its way is newer in the environments it has reached."""
    return max(versions, key=numbers, default=None)


def numbers(version: str) -> tuple[int, ...]:
    """A dotted number as the extension compares it."""
    return tuple(int(part) for part in version.split("."))


@dataclass(frozen=True)
class Difference:
    """What two environments say differently where host.json can say only one thing; `path` is its place in both."""

    path: Path
    environment: str
    here: object
    other: str
    there: object

    @property
    def wrong(self) -> str:
        """What is wrong, seen from `environment`."""
        here = "not given" if self.here is None else self.here
        there = "does not say" if self.there is None else f"has {self.there}"
        return f"{here}, while {self.other} {there}"


def differences(environment: Environment, other: Environment, app: str) -> Iterator[Difference]:
    """Where two environments that have the application cannot have the same host.json."""
    mine, its = environment.apps[app], other.apps[app]
    if _raw(mine) == _raw(its):  # nearly all of the many pairs of a large estate
        return
    for below, value in _ALIKE:
        here, there = value(mine), value(its)
        if here != there:
            yield Difference(("apps", app, *below), environment.name, here, other.name, there)


def _problems(estate: Estate, environments: Sequence[Environment], app: str) -> Iterator[Problem]:
    first, *others = environments
    for other in others:
        for one in differences(other, first, app):
            file, line = estate.where(one.environment, one.path)
            place = ":".join(map(str, estate.where(one.other, one.path)))
            expected = "the same in every environment: one host.json goes through them all"
            yield Problem(file, line, dotted(one.path), f"{one.wrong} ({place})", expected)
