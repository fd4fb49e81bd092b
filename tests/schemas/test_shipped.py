"""The shipped estate and the examples against the schemas: they register what no cell of the matrix does."""

from pathlib import Path

import pytest

from environments import load_estate
from hubkeeper.local_azure.types import REGISTRY
from tests.components.conftest import plan_of
from tests.matrix.judging import against_the_schemas
from tests.schemas.registered import FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_what_is_shipped_holds_against_the_schemas_of_azure(folder: Path) -> None:
    for environment in load_estate(folder):
        assert against_the_schemas(plan_of(environment)) == []


def test_no_type_is_left_out() -> None:
    plans = [plan_of(environment) for folder in FOLDERS for environment in load_estate(folder)]
    registered = {one.type for plan in plans for one in plan.resources.values() if one.type.startswith("azure-native:")}
    assert registered <= REGISTRY.keys()
    assert sorted(REGISTRY.keys() - registered) == []
