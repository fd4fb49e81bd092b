"""What a local run takes from the tracked files of a stack, and what it leaves alone. No engine is needed."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from hubkeeper.engine.local_folders import LocalFolders
from hubkeeper.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    tmp_path.joinpath("environments").mkdir()
    tmp_path.joinpath("Pulumi.yaml").write_text("name: hubkeeper\nruntime: python\n")
    return Project(tmp_path, "hubkeeper")


def write(file: Path, **config: object) -> None:
    file.write_text(yaml.safe_dump({"encryptionsalt": f"of {file.parent.parent.name}", "config": config}))


def opened(project: Project) -> Path:
    """The engine's own copy of the stack's file, as a run finds it."""
    return LocalFolders.of(project).work(project, "dev", project.root / "bin") / "environments" / "Pulumi.dev.yaml"


def read(file: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(file.read_text()))


def test_a_change_of_the_tracked_configuration_reaches_the_next_local_run(project: Project) -> None:
    tracked = project.descriptions / "Pulumi.dev.yaml"
    write(tracked, **{"hubkeeper:colour": "red", "hubkeeper:size": "small"})
    first = read(opened(project))
    write(tracked, **{"hubkeeper:colour": "blue"})
    second = read(opened(project))

    assert first["config"] == {"hubkeeper:colour": "red", "hubkeeper:size": "small"}
    assert second["config"] == {"hubkeeper:colour": "blue"}


def test_secrets_of_the_users_own_backend_stay_out_and_those_of_the_local_stack_stay_in(project: Project) -> None:
    tracked = project.descriptions / "Pulumi.dev.yaml"
    write(tracked, **{"hubkeeper:key": {"secure": "for another passphrase"}, "hubkeeper:colour": "red"})
    before = tracked.read_bytes()
    write(opened(project), **{"hubkeeper:key": {"secure": "for the local one"}, "hubkeeper:recoverVaults": "left over"})

    local = read(opened(project))

    assert local["config"] == {"hubkeeper:key": {"secure": "for the local one"}, "hubkeeper:colour": "red"}
    assert local["encryptionsalt"] == "of dev"
    assert tracked.read_bytes() == before


def test_the_engine_is_told_where_the_runner_of_policies_is(project: Project) -> None:
    tracked = project.root / "Pulumi.yaml"
    tracked.write_text("name: hubkeeper\nruntime: python\nplugins: {providers: [{name: azure-native, path: theirs}]}\n")
    work = LocalFolders.of(project).work(project, "dev", project.root / "bin")

    assert read(work / "Pulumi.yaml")["plugins"] == {
        "providers": [{"name": "azure-native", "path": "theirs"}],
        "analyzers": [{"name": "policy-python", "path": str(project.root / "bin")}],
    }
    assert "analyzers" not in tracked.read_text()


def test_the_passphrase_is_made_up_once_and_only_its_owner_can_read_it(project: Project) -> None:
    first = LocalFolders.of(project).passphrase
    text = first.read_text()

    assert len(text) >= 32
    assert LocalFolders.of(project).passphrase.read_text() == text
    assert first.stat().st_mode & 0o777 == 0o600
