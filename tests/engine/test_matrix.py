"""Cells of the matrix, previewed and brought up by the real engine on the local Azure, an application each, many at once.

These cover every pair of what decides; `make matrix` brings up every cell that can be, which takes about an hour.
"""

from pathlib import Path

import pytest

from tests.engine.workbench import Workbench
from tests.matrix.cells import CELLS, NAME, Cell, text_of
from tests.matrix.covering import covering, language_by_language, packs, pairs_of, wanted

pytestmark = pytest.mark.engine

#: For nine applications, where other tests bring up one, on a machine that does other things too.
LONG_SECONDS = 1800
SITE, SLOT, HUB = "azure-native:web:WebApp::", "azure-native:web:WebAppSlot::", "azure-native:durabletask:TaskHub::"
DATABASE, ENDPOINT = "azure-native:sql:Database::", "azure-native:network:PrivateEndpoint::"
HUBS = ((HUB, "durable-task-scheduler"), (DATABASE, "mssql"))


@pytest.mark.parametrize("cells", wanted(), ids=" ".join)
def test_every_application_comes_up(
    cells: dict[str, Cell], tmp_path: Path, project_root: Path, pulumi_cli: Path
) -> None:
    bench = Workbench.set_up(tmp_path / "project", project_root, pulumi_cli)
    for file in (bench.root / "environments").glob("*.yaml"):
        file.unlink()
    bench.description(NAME).write_text(text_of(cells), encoding="utf-8")
    process = bench.start("up", NAME, "--local", "--yes")
    out, err = process.communicate(timeout=LONG_SECONDS)
    assert process.returncode == 0, err + out[-2000:]
    assert bench.in_azure() == bench.in_state(NAME)
    made = [urn for urn, _ in bench.in_azure()]
    each = cells.values()
    slots = {backend: sum(1 + bool(cell.binding) for cell in each if cell.backend == backend) for _, backend in HUBS}
    assert sum(SITE in urn for urn in made) == len(cells)
    assert sum(SLOT in urn for urn in made) == sum(bool(cell.binding) for cell in each)
    assert {backend: sum(token in urn for urn in made) for token, backend in HUBS} == slots
    private = {name for name, cell in cells.items() if cell.network == "private"}
    assert {name for name in cells if any(ENDPOINT + name in urn for urn in made)} == private


def test_what_is_brought_up_has_every_pair_of_what_decides() -> None:
    chosen = covering()
    assert set().union(*map(pairs_of, chosen)) == set().union(*map(pairs_of, CELLS))
    assert len(chosen) < len(CELLS) / 20


def test_the_whole_matrix_leaves_no_cell_out_and_begins_with_everything_but_the_languages() -> None:
    walked = [cell for environment in packs(language_by_language()) for cell in environment.values()]
    assert sorted(map(CELLS.index, walked)) == list(range(len(CELLS)))
    shapes = {cell._replace(language="") for cell in CELLS}
    assert {cell._replace(language="") for cell in walked[: len(shapes)]} == shapes
