"""Every plan with every language, on every system, without and with slots of either binding: what can be is recorded and judged."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, NamedTuple

import pytest

from environments import Environment, catalogue
from plan import Plan
from policies.evaluate import locator, rules_of, run
from policies.registered import is_flex, whose
from policies.rule import Scope, Whose
from policies.subjects import PlanSubject, ResourceSubject, Subject, described_subjects
from tests.components.conftest import plan_of

TODAY = date(2026, 11, 22)
# One SKU of each size is enough where all of a family share every fact.
MOST_INSTANCES = {"FC1": 100, "Y1": 20, "EP1": 20, "S1": 4, "P1v3": 4}
NEWEST = {"python": "3.13", "node": "24", "java": "21", "powershell": "7.4", "dotnet-isolated": "10.0", "custom": None}
#: What is right about a cell and still told: none is a mistake of the plan.
TOLD = {"plan-zone-redundant", "runtime-supported", "store-zone-redundant"}
_SITES = ("azure-native:web:WebApp", "azure-native:web:WebAppSlot")


class Cell(NamedTuple):
    """A combination that the page of plans says can be."""

    sku: str
    system: str
    language: str
    binding: str | None

    def __str__(self) -> str:
        return "-".join(filter(None, self))


def cells() -> Iterator[Cell]:
    """Read from the catalogue, as the page is."""
    for sku, language, binding in product(MOST_INSTANCES, catalogue.runtimes(), (None, "slot", "code")):
        facts = catalogue.plans()[sku]
        for system in facts.os:
            has_worker = system == "linux" or language in catalogue.on_windows()
            if has_worker and (binding is None or facts.slots > 1):
                yield Cell(sku, system, language, binding)


CELLS = tuple(cells())


def description_of(cell: Cell) -> dict[str, Any]:
    """What an environment's file would hold."""
    version = {"version": NEWEST[cell.language]} if NEWEST[cell.language] else {}
    app: dict[str, Any] = {
        "purpose": "Orders from payment to delivery",
        "runtime": {"language": cell.language, **version},
        "plan": {
            "sku": cell.sku,
            "os": cell.system,
            "maximum_instances": MOST_INSTANCES[cell.sku],
            **({"always_ready": {"durable": 1}} if cell.sku == "FC1" else {}),
        },
        "task_hub": {
            "backend": "azure-storage",
            "history_days": 60,
            "purged_by": "scheduled-job",
            "holds": ["order id"],
            "review_due": "2027-05-01",
        },
        "versioning": {"default_version": "1.0"},
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
    return {
        "organization": "example",
        "tier": "staging",
        "runbook_url": "https://runbooks.example.com",
        "location": "westeurope",
        "subscription_id": "5b0f8d2c-4c1e-4f7a-9a63-2e8d7c6b5a40",
        "tenant_id": "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55",
        "owner": {"team": "orders", "email": "orders@example.com", "on_call": "PagerDuty/orders"},
        "telemetry": {
            "retention_days": 180,
            "daily_cap_gb": 10.0,
            "sampling": {"max_items_per_second": 20, "excluded_types": ["Exception", "Request", "Trace"]},
        },
        "apps": {"orders": app},
    }


def environment_of(cell: Cell) -> Environment:
    return Environment.model_validate({"name": "test", **description_of(cell)})


def findings(environment: Environment, plan: Plan) -> list[str]:
    """What every rule that looks at one environment finds, worst first."""
    subjects: list[tuple[Scope, Subject]] = [
        (Scope.PLAN, PlanSubject(plan, Whose(environment.name, environment.tier), environment)),
        *((Scope.RESOURCE, ResourceSubject(one, whose(plan, one, environment))) for one in plan.resources.values()),
        *(
            (Scope.APP if hasattr(one, "app") else Scope.ENVIRONMENT, one)
            for one in described_subjects(environment, TODAY, {}, ())
        ),
    ]
    found = [
        one for scope, subject in subjects for rule in rules_of([scope]) for one in run(rule, subject, locator(None))
    ]
    return [f"{one.level.value} {one.rule}: {one.message}" for one in found if one.rule not in TOLD]


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_a_combination_that_can_be_is_recorded_and_no_rule_is_against_it(cell: Cell) -> None:
    environment = environment_of(cell)
    plan = plan_of(environment)
    assert findings(environment, plan) == []
    sites = [one for token in _SITES for one in plan.of_type(token)]
    assert len(sites) == (2 if cell.binding else 1)
    assert {one.inputs["reserved"] for one in sites} == {cell.system == "linux"}
    assert {is_flex(one) for one in sites} == {cell.sku == "FC1"}


def test_the_matrix_has_every_language_and_every_kind_of_hosting() -> None:
    assert {cell.language for cell in CELLS} == catalogue.runtimes().keys()
    assert {catalogue.plans()[cell.sku].hosting for cell in CELLS} == catalogue.hosting_kinds().keys()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Cell("EP1", "linux", "python", None), ("linuxFxVersion", "Python|3.13")),
        (Cell("EP1", "windows", "dotnet-isolated", None), ("netFrameworkVersion", "v10.0")),
        (Cell("Y1", "windows", "java", None), ("javaVersion", "21")),
        (Cell("S1", "windows", "powershell", None), ("powerShellVersion", "7.4")),
    ],
    ids=str,
)
def test_a_site_is_told_its_language_where_its_system_looks(cell: Cell, told: tuple[str, str]) -> None:
    [site] = plan_of(environment_of(cell)).of_type("azure-native:web:WebApp")
    versions = {"linuxFxVersion", "netFrameworkVersion", "javaVersion", "powerShellVersion"}
    assert {key: site.inputs["siteConfig"][key] for key in versions & site.inputs["siteConfig"].keys()} == dict([told])


def test_a_custom_handler_has_no_version_on_linux_and_the_one_that_flex_wants_there() -> None:
    [site] = plan_of(environment_of(Cell("P1v3", "linux", "custom", None))).of_type("azure-native:web:WebApp")
    assert "linuxFxVersion" not in site.inputs["siteConfig"]
    [flex] = plan_of(environment_of(Cell("FC1", "linux", "custom", None))).of_type("azure-native:web:WebApp")
    assert flex.inputs["functionAppConfig"]["runtime"] == {"name": "custom", "version": "1.0"}
