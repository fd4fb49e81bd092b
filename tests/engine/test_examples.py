"""The estates under examples/, each brought up by the real engine on the local Azure."""

from pathlib import Path

import pytest

from tests.engine.already_up import AlreadyUp

pytestmark = pytest.mark.engine

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_an_example_comes_up(name: str, tmp_path: Path, already_up: AlreadyUp) -> None:
    bench, said = already_up.example(tmp_path / "project", name)
    assert said.keys() == {file.stem for file in (EXAMPLES / name / "environments").glob("*.yaml")}
    for environment, up in said.items():
        assert up.code == 0
        made = [one for one in bench.in_azure() if one[0].startswith(f"urn:pulumi:{environment}::")]
        assert made == bench.in_state(environment) != []
