"""Plans of the shipped estate, each recorded once, and of small programs."""

from collections.abc import Callable
from pathlib import Path

import pulumi
import pytest

from components import build
from environments import Environment, Estate, load_estate
from plan import Plan, record

PROJECT = "hubkeeper"


def plan_of(environment: Environment, recover: frozenset[str] = frozenset()) -> Plan:
    def program() -> None:
        pulumi.export("handoff", build(environment, recover_vaults=recover))

    return record(program, project=PROJECT, stack=environment.name)


@pytest.fixture(scope="session")
def estate(project_root: Path) -> Estate:
    return load_estate(project_root / "environments")


@pytest.fixture(scope="session")
def plans(estate: Estate) -> dict[str, Plan]:
    """What every shipped environment wants, by its name."""
    return {environment.name: plan_of(environment) for environment in estate}


@pytest.fixture
def planned() -> Callable[..., Plan]:
    """Records an environment again: `planned(environment, recover_vaults)`."""
    return plan_of


@pytest.fixture
def recorded() -> Callable[[Callable[[], object]], Plan]:
    """Records any program of components."""
    return lambda program: record(program, project=PROJECT, stack="dev")
