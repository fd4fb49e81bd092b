"""Facts about Azure that age (regions, plans, runtimes, roles, limits): data, each with its source and the day it was read."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

_FOLDER = Path(__file__).parent

Hosting = Literal["flex", "consumption", "elastic", "dedicated"]
OperatingSystem = Literal["linux", "windows"]


@dataclass(frozen=True)
class PlanSku:
    """What a hosting plan of one SKU allows. `slots` counts the production slot too; the first of `os` is the default.

    `maximum_instances` of a description lies between `lowest_maximum` and `max_instances`; `default_maximum` is Azure's own where
    nothing is said, if it is another than that. `minimum_instances` and
    `pre_warmed_instances` have a bound of their own where Azure has one. `function_seconds`: the longest `functionTimeout` that the
    host starts with; none where a function may run without an end.
    """

    name: str
    hosting: Hosting
    tier: str
    family: str
    os: tuple[OperatingSystem, ...]
    always_on: bool
    slots: int
    max_instances: int
    zone_redundant: bool
    zone_redundant_min_instances: int
    scales: Literal["platform", "operator"]
    lowest_maximum: int = 1
    default_maximum: int | None = None
    most_minimum: int | None = None
    most_pre_warmed: int | None = None
    function_seconds: int | None = None

    @property
    def is_elastic(self) -> bool:
        """Whether the platform adds instances by itself, by what triggers ask for."""
        return self.scales == "platform"


@dataclass(frozen=True)
class HostingKind:
    """What the SKUs of one kind of hosting have in common, as sentences for people."""

    title: str
    about: str
    because: str
    source: str


@dataclass(frozen=True)
class Refusal:
    """Something a plan does not take: the reason, what works instead, and who says so, as a key of sources.yaml."""

    because: str
    instead: str
    source: str = ""


@dataclass(frozen=True)
class SlotStrategies:
    """The two ways of binding a hub to a slot: rows of aspect, slot and code, and what people read below them."""

    rows: tuple[tuple[str, str, str], ...]
    about: str
    no_content_share: str


@dataclass(frozen=True)
class OnWindows:
    """What carries a language's version on Windows: a property of siteConfig or a setting, `{version}` in its value."""

    property: str | None = None
    setting: str | None = None
    value: str = ""


@dataclass(frozen=True)
class Backend:
    """Where task hubs can live: who forgets what has finished, what its days count from, for what one number holds."""

    title: str
    purges_by_itself: bool
    counts_from: Literal["creation", "completion"]
    covers: Literal["hub", "scheduler"]


@dataclass(frozen=True)
class SchedulerSku:
    """What a Durable Task Scheduler of one SKU allows. `schedulers` and `hubs` are for a region of a subscription."""

    schedulers: int
    hubs: int
    most_capacity: int
    zonal_capacity: int
    history_days: int


@dataclass(frozen=True)
class Integration:
    """What a kind of hosting asks of the subnet it is integrated with: delegation, smallest size, who takes an address."""

    delegation: str
    longest_prefix: int
    address_each: bool


@dataclass(frozen=True)
class EndpointService:
    """What a private endpoint leads to: the group that Azure knows it by, and the zone that holds its private name."""

    group_id: str
    zone: str


@dataclass(frozen=True)
class TelemetryLink:
    """The endpoint of a private link scope: its group, the addresses it takes, and its zones beside the one of blobs."""

    group_id: str
    addresses: int
    zones: dict[Literal["monitor", "oms", "ods", "agentsvc"], str]


@dataclass(frozen=True)
class DatabaseSku:
    """What a database of one SKU is to the resource manager, and what it allows. `backup_days`: the most it can go back.

    `least_vcores` has a serverless one: the fewest virtual cores that stay while nothing runs.
    """

    name: str
    tier: str
    capacity: int
    zonal: bool
    backup_days: int
    family: str | None = None
    least_vcores: float | None = None

    @property
    def is_hyperscale(self) -> bool:
        """Whether it grows by itself, keeps its backups where its data are, and never becomes anything else."""
        return self.tier == "Hyperscale"

    @property
    def minimum_vcores(self) -> tuple[float, ...]:
        """The virtual cores that a serverless one can be told to keep; none for the others."""
        least = self.least_vcores
        known = _read("backends")["minimum_vcores"] if least else ()
        return tuple(one for one in known if least is not None and least <= one <= self.capacity)


@dataclass(frozen=True)
class OperatorRole:
    """A custom role for people: what it is for, and what it allows."""

    about: str
    actions: tuple[str, ...]
    data_actions: tuple[str, ...]


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
def _sources() -> dict[str, str]:
    return dict(_read("sources")["cited"])


def cited(source: str) -> str:
    """What a refusal cites for a key of sources.yaml: document and date."""
    return _sources()[source]


@cache
def regions() -> frozenset[str]:
    """Programmatic names of the regions of the public cloud."""
    return frozenset(_read("regions")["regions"])


@cache
def plans() -> dict[str, PlanSku]:
    """Hosting plans by SKU name."""
    return {name: _sku(name, dict(facts)) for name, facts in _read("plans")["plans"].items()}


def _sku(name: str, facts: dict[str, Any]) -> PlanSku:
    return PlanSku(name=name, os=tuple(facts.pop("os")), **facts)


def roomier(sku: PlanSku, slots: int) -> str:
    """Families of plans that have so many slots beside production, with how many they have; empty where none has."""
    families = {one.family: one.slots - 1 for one in plans().values() if one.family != sku.family and one.slots > slots}
    return ", ".join(f"{family} ({most})" for family, most in families.items())


@cache
def hosting_kinds() -> dict[Hosting, HostingKind]:
    """What sets the kinds of hosting apart, in the order people read them."""
    return {kind: HostingKind(**facts) for kind, facts in _read("hosting")["hosting"].items()}


@cache
def refused_plan_keys() -> dict[str, dict[Hosting, Refusal]]:
    """Keys of `plan` that a kind of hosting does not take, each with the reason and what works instead."""
    kinds = hosting_kinds()
    return {
        key: {
            kind: Refusal(**{"because": kinds[kind].because, "source": kinds[kind].source} | one)
            for kind, one in of.items()
        }
        for key, of in _read("hosting")["instead"].items()
    }


@cache
def refused_systems() -> dict[str, dict[str, Refusal]]:
    """Operating systems that a SKU does not run on, by SKU and system."""
    return {sku: {os: Refusal(**one) for os, one in of.items()} for sku, of in _read("hosting")["os"].items()}


@cache
def refused_settings(hosting: Hosting) -> dict[str, Refusal]:
    """Settings that an application on such a plan cannot have, by name in upper case."""
    groups = _read("hosting")["refused_settings"]
    return {
        name: Refusal(group["because"], group["instead"], group["source"])
        for group in (groups["every"], groups.get(hosting, {}))
        for name in group.get("names", ())
    }


@cache
def runtimes() -> dict[str, dict[str, str]]:
    """Versions of each language worker, with the day its support ends; a custom handler has none."""
    return {language: facts["versions"] for language, facts in _read("runtimes")["runtimes"].items()}


def supported_versions(language: str) -> list[str]:
    """The versions of a language whose support had not ended when the catalogue was read: what is worth proposing."""
    return [version for version, ends in runtimes()[language].items() if ends > _read("runtimes")["read_on"]]


@cache
def linux_stacks() -> dict[str, str]:
    """The stack name each language has in `linuxFxVersion`; a custom handler has none."""
    return {language: facts["stack"] for language, facts in _read("runtimes")["runtimes"].items()}


@cache
def doors_travel_by() -> str:
    """The application setting that makes access restrictions travel with the code in a swap, at 0 or false."""
    return str(_read("slots")["doors_travel_by"])


@cache
def slot_strategies() -> SlotStrategies:
    """How a hub can be bound to a slot, for people."""
    facts = _read("slots")
    rows = tuple((row["aspect"], row["slot"], row["code"]) for row in facts["strategies"])
    return SlotStrategies(rows, facts["about"], facts["no_content_share"])


@cache
def on_windows() -> dict[str, OnWindows]:
    """How each language that runs on Windows is told its version there; one that is missing runs on Linux only."""
    runtimes = _read("runtimes")["runtimes"].items()
    return {language: OnWindows(**facts["windows"]) for language, facts in runtimes if "windows" in facts}


@cache
def backends() -> dict[str, Backend]:
    """Backends of task hubs, by the slug that a description names them by."""
    return {slug: Backend(**facts) for slug, facts in _read("backends")["backends"].items()}


@cache
def refused_backends() -> dict[str, str]:
    """Backends that Durable Functions knows and that are not taken, each with the reason."""
    return dict(_read("backends")["refused"])


@cache
def database_skus() -> dict[str, DatabaseSku]:
    """SKUs of databases that hold a task hub, by the name that a description gives them."""
    return {name: DatabaseSku(**facts) for name, facts in _read("backends")["database_skus"].items()}


@cache
def refused_hostings() -> dict[str, dict[Hosting, Refusal]]:
    """Kinds of hosting that a backend does not work on, by backend."""
    return {
        backend: {kind: Refusal(**one) for kind, one in of.items()}
        for backend, of in _read("backends")["not_on"].items()
    }


@cache
def scheduler_skus() -> dict[str, SchedulerSku]:
    """SKUs of the Durable Task Scheduler, by name."""
    return {name: SchedulerSku(**facts) for name, facts in _read("backends")["scheduler_skus"].items()}


@cache
def integrations() -> dict[Hosting, Integration]:
    """Kinds of hosting that can be integrated with a virtual network."""
    return {kind: Integration(**facts) for kind, facts in _read("network")["integration"].items()}


@cache
def refused_networks() -> dict[Hosting, Refusal]:
    """Kinds of hosting that cannot."""
    return {kind: Refusal(**facts) for kind, facts in _read("network")["refused"].items()}


@cache
def endpoint_services() -> dict[str, EndpointService]:
    """What private endpoints lead to, by the word that a description uses."""
    return {word: EndpointService(**facts) for word, facts in _read("network")["services"].items()}


@cache
def telemetry_link() -> TelemetryLink:
    """What a private endpoint of Azure Monitor is."""
    return TelemetryLink(**_read("network")["telemetry"])


@cache
def reserved_addresses() -> int:
    """Addresses of every subnet that Azure keeps for itself."""
    return int(_read("network")["reserved_addresses"])


@cache
def roles() -> dict[str, Role]:
    """Built-in roles that Hubkeeper assigns, by slug."""
    return {slug: Role(**facts) for slug, facts in _read("roles")["roles"].items()}


@cache
def limit(name: str) -> tuple[int, ...]:
    """The values of a limit: a range of two, or a list of what is allowed."""
    return tuple(_read("limits")["limits"][name]["values"])


@cache
def _reserved() -> dict[str, list[str]]:
    return dict(_read("reserved_names"))


def reserved_word(name: str) -> str | None:
    """The word for which Azure refuses a name of what has an address of its own."""
    low, words = name.lower(), _reserved()
    found = (
        *(word for word in words["anywhere"] if word in low),
        *(word for word in words["at_the_beginning"] if low.startswith(word)),
        *(word for word in words["alone"] if low == word),
    )
    return next(iter(found), None)


@cache
def replacements() -> dict[str, Any]:
    """What a change of a resource does to it, as the file has it; `environments.replacements` gives it types."""
    return dict(_read("replacements")["resources"])


@cache
def host_json() -> dict[str, Any]:
    """What is known of host.json, as the file has it; `environments.host_json` gives it types."""
    return dict(_read("host_json"))


@cache
def operator_roles() -> dict[Literal["reader", "operator"], OperatorRole]:
    """The two custom roles for people. An operator may all that a reader may."""
    known = _read("operator_roles")
    reader = _operator_role(known["reader"])
    operator = _operator_role(known["operator"])
    both = (*reader.actions, *operator.actions), (*reader.data_actions, *operator.data_actions)
    return {"reader": reader, "operator": OperatorRole(operator.about, *both)}


def _operator_role(facts: Any) -> OperatorRole:
    actions, data_actions = (
        tuple(action for of_source in facts[kind].values() for action in of_source)
        for kind in ("actions", "data_actions")
    )
    return OperatorRole(facts["about"], actions, data_actions)
