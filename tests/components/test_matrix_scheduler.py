"""The matrix with task hubs in a scheduler."""

import pytest

from tests.matrix.cells import CELLS, Cell
from tests.matrix.judging import hold


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.backend == "durable-task-scheduler"], ids=str)
def test_a_combination_that_can_be_is_recorded_as_azure_wants_it_and_no_rule_is_against_it(cell: Cell) -> None:
    hold(cell)
