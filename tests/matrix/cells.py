"""The matrix: hosting plan, system, language, backend, slots and network, and what an environment's file says of each cell.

One SKU stands for all that share its facts, `SAME_FACTS`. What can be and why the rest cannot is asked of the reader of
descriptions; the reasons that there are stand in `REASONS` once more, so that a test sees when the two part.
"""

import functools
from collections.abc import Mapping
from itertools import product
from typing import Any, Final, NamedTuple

import yaml

from environments import Environment, catalogue
from environments.estate import read_description
from environments.problems import Problem

SAME_FACTS: Final = {
    "FC1": ("FC1",),
    "Y1": ("Y1",),
    "EP1": ("EP1", "EP2", "EP3"),
    "S1": ("S1", "S2", "S3"),
    "P1v3": ("P0v3", "P1v3", "P2v3", "P3v3"),
}
SYSTEMS: Final = ("linux", "windows")
NEWEST: Final = {"python": "3.13", "node": "24", "java": "21", "powershell": "7.6", "dotnet-isolated": "10.0"}
LANGUAGES: Final = (*NEWEST, "custom", "dotnet")
BACKENDS: Final = ("azure-storage", "durable-task-scheduler", "mssql", "netherite")
BINDINGS: Final = (None, "slot", "code")
NETWORKS: Final = ("public", "private")
NAME: Final = "test"
#: Azure's own bounds differ by plan, the description's with them.
_MOST_INSTANCES = {"FC1": 100, "Y1": 20, "EP1": 20, "S1": 4, "P1v3": 4}
_ADDRESSES = "203.0.113.0/28"
_GUID = "4d1f6b92-8a3e-4c57-9f20-6b8e1d7a3c45"


class Cell(NamedTuple):
    """One combination."""

    sku: str
    system: str
    language: str
    backend: str = "azure-storage"
    binding: str | None = None
    network: str = "public"

    def __str__(self) -> str:
        return "-".join(
            (*self[:4], {None: "no slot", "slot": "hub stays", "code": "hub travels"}[self.binding], self.network)
        )


ALL: Final = tuple(Cell(*one) for one in product(SAME_FACTS, SYSTEMS, LANGUAGES, BACKENDS, BINDINGS, NETWORKS))


class Reason(NamedTuple):
    """Why some cells cannot be: what they have in common, and how the line about each of them goes."""

    says: str
    where: Mapping[str, tuple[str, ...]]

    def applies(self, cell: Cell) -> bool:
        return all(getattr(cell, name) in values for name, values in self.where.items())


REASONS: Final[Mapping[str, Reason]] = {
    "Flex Consumption on Windows": Reason("windows on FC1: ", {"sku": ("FC1",), "system": ("windows",)}),
    "Consumption on Linux": Reason("linux on Y1: ", {"sku": ("Y1",), "system": ("linux",)}),
    "Python on Windows": Reason(
        "python on Windows, where it has no worker", {"language": ("python",), "system": ("windows",)}
    ),
    "C# in the host's process": Reason("dotnet runs in the host's process", {"language": ("dotnet",)}),
    "slots on Flex Consumption": Reason("slots on FC1, which has none", {"sku": ("FC1",), "binding": ("slot", "code")}),
    "Netherite": Reason("netherite", {"backend": ("netherite",)}),
    "MSSQL on Flex Consumption and Consumption": Reason("mssql on ", {"backend": ("mssql",), "sku": ("FC1", "Y1")}),
    "Consumption in a network": Reason("a network on Y1", {"sku": ("Y1",), "network": ("private",)}),
}


def reasons_against(cell: Cell) -> list[str]:
    """The reasons that apply, by their names in `REASONS`."""
    return [name for name, reason in REASONS.items() if reason.applies(cell)]


CELLS: Final = tuple(cell for cell in ALL if not reasons_against(cell))
REFUSED: Final = tuple(cell for cell in ALL if reasons_against(cell))


def app_of(cell: Cell, number: int = 0) -> dict[str, Any]:
    """What stands under an application's name. `number` keeps the subnets of those in one network apart."""
    version = {"version": NEWEST[cell.language]} if cell.language in NEWEST else {}
    plan: dict[str, Any] = {"sku": cell.sku, "os": cell.system, "maximum_instances": _MOST_INSTANCES[cell.sku]}
    if cell.sku == "FC1":
        plan["always_ready"] = {"durable": 1}
    if cell.backend == "mssql" and cell.sku.startswith("EP"):
        plan["scale_monitoring"] = True
    app = {
        "purpose": "Orders from payment to delivery",
        "runtime": {"language": cell.language, **version},
        "plan": plan,
        "task_hub": _hub(cell),
        "versioning": {"default_version": "1.0"},
        "access": {"allowed_addresses": [_ADDRESSES], "system_key": {"holders": []}},
        "slots": {"staging": {"hub_binding": cell.binding}} if cell.binding else {},
        "orchestrations": {
            "FulfilOrder": {
                "purpose": "Takes one order to delivery",
                "instance_id": "order-{orderId}",
                "expected": "2d",
                "stuck_after": "14d",
            }
        },
    }
    if cell.network == "private":
        app |= {"network": {"subnet": f"10.40.{number + 8}.0/26", "public": False}}
        app["access"] = {"system_key": {"holders": []}}
    return app


def _hub(cell: Cell) -> dict[str, Any]:
    hub: dict[str, Any] = {
        "backend": cell.backend,
        "history_days": 60,
        "holds": ["order id"],
        "review_due": "2027-05-01",
    }
    allowed = {"ip_allow_list": [_ADDRESSES]} if cell.network == "public" else {}
    if cell.backend == "durable-task-scheduler":
        return {**hub, "scheduler": {"sku": "Dedicated", **allowed}}
    if cell.backend == "mssql":
        hub["database"] = {"sku": "S1", "administrators": {"group": "sg-sql", "object_id": _GUID}, **allowed}
    return {**hub, "purged_by": "scheduled-job"}


def description_of(cells: Mapping[str, Cell]) -> dict[str, Any]:
    """What an environment's file says, with an application for each cell, by its name."""
    private = any(cell.network == "private" for cell in cells.values())
    network = {"address_space": ["10.40.0.0/16"], "private_endpoints": {"subnet": "10.40.0.0/22"}}
    return {
        "organization": "example",
        "tier": "staging",
        "runbook_url": "https://runbooks.example.com",
        "location": "westeurope",
        "subscription_id": "5b0f8d2c-4c1e-4f7a-9a63-2e8d7c6b5a40",
        "tenant_id": "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55",
        "owner": {"team": "orders", "email": "orders@example.com", "on_call": "PagerDuty/orders"},
        "budget": {"monthly": 3000, "starts": "2026-12-01"},
        "telemetry": {
            "retention_days": 180,
            "daily_cap_gb": 10.0,
            "sampling": {"max_items_per_second": 20, "excluded_types": ["Exception", "Request", "Trace"]},
        },
        **({"network": network} if private else {}),
        "apps": {name: app_of(cell, number) for number, (name, cell) in enumerate(cells.items())},
    }


def text_of(cells: Mapping[str, Cell]) -> str:
    """The same as the text of the file."""
    return yaml.safe_dump(description_of(cells), sort_keys=False)


def refusals(cell: Cell) -> list[Problem]:
    """What the reader of descriptions has against a cell."""
    return list(read_description(text_of({"orders": cell}), f"environments/{NAME}.yaml", NAME)[1])


@functools.cache
def environment_of(cell: Cell) -> Environment:
    """The environment with one application that a cell is."""
    environment, problems = read_description(text_of({"orders": cell}), f"environments/{NAME}.yaml", NAME)
    assert environment is not None, [str(one) for one in problems]
    return environment


def facts_of(sku: str) -> dict[str, Any]:
    """What the catalogue says of a SKU, but for its own name, its price tier and how many instances it goes to."""
    own = {"name", "tier", "max_instances"}
    return {key: value for key, value in vars(catalogue.plans()[sku]).items() if key not in own}
