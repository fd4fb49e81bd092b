"""What all tests share: where the project is, the Pulumi CLI, and how hypothesis behaves."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from hubkeeper.engine.pulumi_cli import PulumiCli, PulumiCliMissing, find_or_build

# No deadline: a slow machine is no failure. In CI the same examples every time; at a desk, new ones.
settings.register_profile("desk", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


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
