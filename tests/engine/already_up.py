"""Environments that are up already. A stack that is up is files: it is brought up once for all workers, and copied."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from tests.engine.workbench import Answer, Workbench


@dataclass(frozen=True)
class AlreadyUp:
    """Makes them in a folder that all workers see, whoever asks first; another one waits meanwhile."""

    folder: Path
    project: Path
    cli: Path

    @classmethod
    def beside(cls, factory: pytest.TempPathFactory, project: Path, cli: Path) -> "AlreadyUp":
        """Those of this run: a worker's own folder lies in one that all of them share."""
        own = factory.getbasetemp()
        shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
        return cls(shared / "already-up", project, cli)

    def applications(self, root: Path, environment: str, *apps: str) -> Workbench:
        """A project at `root` in which the environment is up, with these applications only."""

        def set_up(folder: Path) -> Workbench:
            return Workbench.set_up(folder, self.project, self.cli, apps)

        return self._copy(root, "-".join((environment, *apps)), (environment,), set_up)[0]

    def example(self, root: Path, name: str, tier: str = "") -> tuple[Workbench, dict[str, Answer]]:
        """A project at `root` in which all environments of an example are up, and what each `up` said.

        With a tier, every environment is of that tier.
        """
        descriptions = sorted((self.project / "examples" / name / "environments").glob("*.yaml"))
        environments = tuple(file.stem for file in descriptions)

        def set_up(folder: Path) -> Workbench:
            bench = Workbench.set_up(folder, self.project, self.cli)
            bench.describe_as(self.project / "examples" / name)
            for environment in environments if tier else ():
                bench.describe(environment, lambda it: it.update(tier=tier))
            return bench

        return self._copy(root, f"{name}-{tier}", environments, set_up)

    def _copy(
        self, root: Path, key: str, environments: tuple[str, ...], set_up: Callable[[Path], Workbench]
    ) -> tuple[Workbench, dict[str, Answer]]:
        folder = self.folder / key
        folder.mkdir(parents=True, exist_ok=True)
        said = folder / "said.json"
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not said.exists():
                shutil.rmtree(folder / "project", ignore_errors=True)
                bench = set_up(folder / "project")
                answers = {name: bench.run("up", name, "--local", "--yes") for name in environments}
                assert [one.out + one.err for one in answers.values() if one.code] == []
                said.write_text(json.dumps({name: asdict(one) for name, one in answers.items()}))
        told = {name: Answer(**one) for name, one in json.loads(said.read_text()).items()}
        return Workbench(folder / "project", self.cli).copy(root), told
