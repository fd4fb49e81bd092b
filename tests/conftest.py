"""What all tests share: where the project is, the Pulumi CLI, and how hypothesis behaves."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from hubkeeper.engine.pulumi_cli import PulumiCli, PulumiCliMissing, find_or_build

LONGEST = (
    "engine/test_interrupted_up.py",
    "engine/test_matrix.py",
    "engine/test_up_and_destroy.py",
    "engine/test_every_rule.py",
)

# No deadline: a slow machine is no failure. In CI the same examples every time; at a desk, new ones.
settings.register_profile("desk", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take minutes come first, then all others that run the engine: none is left for one worker at the end."""

    def place(item: pytest.Item) -> int:
        file = "/".join(item.path.parts[-2:])
        if file in LONGEST:
            return LONGEST.index(file)
        return len(LONGEST) + (item.get_closest_marker("engine") is None)

    items.sort(key=place)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder that holds Pulumi.yaml."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def found_pulumi_cli(project_root: Path) -> PulumiCli:
    """The CLI as the command finds it, with what its environment needs; built now if there is none."""
    try:
        return find_or_build(project_root, print)
    except PulumiCliMissing as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def pulumi_cli(found_pulumi_cli: PulumiCli) -> Path:
    """The Pulumi CLI's executable."""
    return found_pulumi_cli.path
