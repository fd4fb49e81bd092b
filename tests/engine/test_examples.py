"""The estates under examples/, each brought up by the real engine on the local Azure."""

from pathlib import Path

import pytest

from tests.engine.workbench import Workbench

pytestmark = pytest.mark.engine

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_an_example_comes_up(name: str, tmp_path: Path, project_root: Path, pulumi_cli: Path) -> None:
    bench = Workbench.set_up(tmp_path / "project", project_root, pulumi_cli)
    bench.describe_as(EXAMPLES / name)
    for environment in sorted(file.stem for file in (EXAMPLES / name / "environments").glob("*.yaml")):
        up = bench.run("up", environment, "--local", "--yes")
        assert up.code == 0, up.err + up.out
        made = [one for one in bench.in_azure() if one[0].startswith(f"urn:pulumi:{environment}::")]
        assert made == bench.in_state(environment) != []
