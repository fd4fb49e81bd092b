"""What every cell of the matrix that can be has to show without an engine."""

from datetime import date

from environments import Environment, task_hubs
from environments.host_json import HostJsonFile, contract_in, problems_of, written
from plan import Plan
from policies.evaluate import locator, rules_of, run
from policies.registered import is_flex, registered_hubs, whose
from policies.rule import Scope, Whose
from policies.subjects import PlanSubject, ResourceSubject, Subject, described_subjects
from tests.components.conftest import plan_of
from tests.matrix.cells import Cell, environment_of
from tests.schemas.bodies import mistakes
from tests.schemas.host_json import mistakes_of_host_json

TODAY = date(2026, 11, 22)
#: What is right about a cell and still told: none is a mistake of the plan.
TOLD = {"plan-zone-redundant", "runtime-supported", "store-zone-redundant"}
SITES = ("azure-native:web:WebApp", "azure-native:web:WebAppSlot")
ENDPOINT = "azure-native:network:PrivateEndpoint"


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


def against_the_schemas(plan: Plan) -> list[str]:
    """What Azure's published types have against the resources of a plan."""
    azure = (one for one in plan.resources.values() if one.custom and one.type.startswith("azure-native:"))
    return [f"{one.type} {one.name}: {mistake}" for one in azure for mistake in mistakes(one)]


def hold(cell: Cell) -> None:
    """Fails where a cell is recorded otherwise than its plan, its backend and its network want it."""
    environment = environment_of(cell)
    plan = plan_of(environment)
    assert findings(environment, plan) == []
    assert against_the_schemas(plan) == []
    sites = [one for token in SITES for one in plan.of_type(token)]
    assert len(sites) == (2 if cell.binding else 1)
    assert {one.inputs["reserved"] for one in sites} == {cell.system == "linux"}
    assert {is_flex(one) for one in sites} == {cell.sku == "FC1"}
    assert bool(plan.of_type(ENDPOINT)) == (cell.network == "private")
    registered, undecided = registered_hubs(plan, environment)
    assert ([hub for hub, _ in registered], undecided) == (list(task_hubs(environment)), ())
    assert {hub.backend for hub, _ in registered} == {cell.backend}
    _its_host_json_is_taken(environment)


def _its_host_json_is_taken(environment: Environment) -> None:
    contract = contract_in(environment, "orders")
    text = written(contract)
    assert problems_of(HostJsonFile("host.json", text), contract) == ()
    assert mistakes_of_host_json(text) == []
