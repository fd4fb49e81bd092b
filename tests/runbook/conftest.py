"""The estate that this repository ships, its pages, and what their bash does."""

from pathlib import Path

import pytest

from environments import Estate, load_estate
from hubkeeper.runbook import render
from tests.runbook.bash_blocks import Calls, run


@pytest.fixture(scope="session")
def estate(project_root: Path) -> Estate:
    return load_estate(project_root / "environments")


@pytest.fixture(scope="session")
def pages(estate: Estate, project_root: Path) -> dict[str, str]:
    return render(estate, list(estate.environments), project=project_root)


@pytest.fixture(scope="session")
def calls(pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Calls]:
    """What the bash of each page does, by page."""
    folder = tmp_path_factory.mktemp("bash")
    return {path: run(text, folder / path.replace("/", "-")) for path, text in pages.items()}
