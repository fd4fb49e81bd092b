"""What is registered: all that the tables of this folder have to tell of, from the descriptions that there are."""

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

from environments import Environment, load_estate
from environments.estate import read_description
from environments.host_json import contract_in, written
from plan import Resource
from tests.components.conftest import plan_of
from tests.matrix.cells import NAME, Cell, environment_of, text_of
from tests.schemas.seeded import IN_DATABASE, SEEDED, broken

ROOT = Path(__file__).resolve().parents[2]
#: The shipped estate and the examples.
FOLDERS = [ROOT / "environments", *sorted(ROOT.glob("examples/*/environments"))]
_GOOD = ROOT / "tests" / "environments" / "good.yaml"


def environments(cells: Iterable[Cell]) -> Iterator[Environment]:
    """Those of some cells of the matrix, the shipped ones, the examples' and the one of the tests of descriptions.

    And of one cell with databases as no file has them: serverless, and Hyperscale with a standby.
    """
    yield from map(environment_of, cells)
    for size in ("GP_S_Gen5_2", "HS_Gen5_2"):
        yield _in_database_of(size)
    yield _with_telemetry_linked()
    for folder in FOLDERS:
        yield from load_estate(folder)
    good, _ = read_description(_GOOD.read_text(encoding="utf-8"), "environments/staging.yaml", "staging")
    assert good is not None
    yield good


def _with_telemetry_linked() -> Environment:
    """The example of a private network, with telemetry sent through it too."""
    described = load_estate(ROOT / "examples/private-network/environments")["prod"].model_dump(exclude_unset=True)
    modes = {"ingestion_access_mode": "PrivateOnly", "query_access_mode": "Open"}
    described["telemetry"]["private_link"] = {**modes, "public_ingestion": False}
    return Environment.model_validate(described)


def azure_resources(environment: Environment) -> Iterator[Resource]:
    """What an environment wants of Azure."""
    every = plan_of(environment).resources.values()
    return (one for one in every if one.custom and one.type.startswith("azure-native:"))


def wrong_resources() -> Iterator[Resource]:
    """Those that the tests make wrong: what they are told needs to be in the tables too."""
    recorded = {cell: list(azure_resources(environment_of(cell))) for cell in {one[0] for one in SEEDED}}
    for cell, token, change, _ in SEEDED:
        yield broken(next(one for one in recorded[cell] if one.type == f"azure-native:{token}"), change)


def host_jsons(cells: Iterable[Cell]) -> set[str]:
    """The texts of host.json that are written for their applications, as they are and with bounds of concurrency."""
    contracts = {contract_in(environment, app) for environment in environments(cells) for app in environment.apps}
    bounded = {dataclasses.replace(one, activities=1, orchestrators=1) for one in contracts}
    return {written(one) for one in contracts | bounded}


def _in_database_of(size: str) -> Environment:
    """The cell on MSSQL that mistakes are made in, with databases of another SKU."""
    text = text_of({"orders": IN_DATABASE}).replace(
        "sku: S1\n        administrators", f"sku: {size}\n        administrators"
    )
    environment, problems = read_description(text, f"environments/{NAME}.yaml", NAME)
    assert environment is not None, [str(one) for one in problems]
    return environment
