"""Projects to run the real engine in."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Workbench


@pytest.fixture
def small(tmp_path: Path, project_root: Path, pulumi_cli: Path) -> Workbench:
    """The project with one application, nothing of it up."""
    return Workbench.set_up(tmp_path / "project", project_root, pulumi_cli, apps=("claims",))


@pytest.fixture(scope="module")
def new_project(
    tmp_path_factory: pytest.TempPathFactory, project_root: Path, pulumi_cli: Path
) -> Callable[..., Workbench]:
    """Makes a project for a whole module: all applications, or those named in `apps`."""

    def make(apps: tuple[str, ...] = ()) -> Workbench:
        return Workbench.set_up(tmp_path_factory.mktemp("engine") / "project", project_root, pulumi_cli, apps)

    return make


@pytest.fixture(scope="session")
def already_up(tmp_path_factory: pytest.TempPathFactory, project_root: Path, pulumi_cli: Path) -> AlreadyUp:
    """Copies of environments that are up, each brought up once."""
    return AlreadyUp.beside(tmp_path_factory, project_root, pulumi_cli)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Seconds that would have been slept; nobody waits."""
    slept: list[int] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept


@pytest.fixture
def heard() -> Iterator[None]:
    """What a terminal would have set: a run in the background or under nohup begins with signals that are not heard at all."""
    usual = {
        signal.SIGINT: signal.default_int_handler,
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGHUP: signal.SIG_DFL,
    }
    before = {number: signal.signal(number, handler) for number, handler in usual.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
