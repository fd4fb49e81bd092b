"""Every case that changes what the applications of an environment share: `check` and the pack in the real engine tell the same."""

from pathlib import Path

import pytest

from hubkeeper.engine.pulumi_cli import PulumiCli
from tests.engine.rule_fixtures import all_stacks, assert_told_alike

pytestmark = pytest.mark.engine
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_check_and_engine_tell_the_same_of_an_environment(
    part: int, tmp_path: Path, project_root: Path, found_pulumi_cli: PulumiCli
) -> None:
    assert_told_alike(all_stacks(apart=True)[part::PARTS], tmp_path, project_root / "policies", found_pulumi_cli)
