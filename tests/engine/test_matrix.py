"""Every plan and every language, in one estate that the real engine brings up on the local Azure at once.

Slots and both their bindings are in the examples, which are brought up as well.
"""

from pathlib import Path

import pytest
import yaml

from tests.components.test_matrix import CELLS, Cell, description_of
from tests.engine.workbench import Workbench

pytestmark = pytest.mark.engine

#: Eight applications are five times what other tests bring up at once.
LONG_SECONDS = 500


def covering() -> list[Cell]:
    """Of each plan and system one language, one that is not there yet as long as there are such."""
    chosen: list[Cell] = []
    for sku, system in dict.fromkeys((cell.sku, cell.system) for cell in CELLS):
        here = [cell for cell in CELLS if cell[:2] == (sku, system) and cell.binding is None]
        used = {cell.language for cell in chosen}
        chosen.append(next((cell for cell in here if cell.language not in used), here[0]))
    return chosen


def test_an_estate_of_every_plan_and_language_comes_up(tmp_path: Path, project_root: Path, pulumi_cli: Path) -> None:
    bench = Workbench.set_up(tmp_path / "project", project_root, pulumi_cli)
    for file in (bench.root / "environments").glob("*.yaml"):
        file.unlink()
    cells = covering()
    document = description_of(cells[0])
    document["apps"] = {
        f"{cell.sku.lower()}-{cell.system}-{cell.language[:4]}".rstrip("-"): description_of(cell)["apps"]["orders"]
        for cell in cells
    }
    bench.description("test").write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    process = bench.start("up", "test", "--local", "--yes")
    out, err = process.communicate(timeout=LONG_SECONDS)
    assert process.returncode == 0, err + out[-2000:]
    assert bench.in_azure() == bench.in_state("test")
    assert {cell.language for cell in cells} == {cell.language for cell in CELLS}
    assert len([urn for urn, _ in bench.in_azure() if "azure-native:web:WebApp::" in urn]) == len(cells)
