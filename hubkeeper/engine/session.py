"""A stack opened for one run: the user's own, or the local one that can never reach the real Azure."""

import logging
import os
import runpy
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pulumi import automation

from hubkeeper.engine.healing import heal, make_readable
from hubkeeper.engine.local_azure_process import local_azure
from hubkeeper.engine.local_folders import LocalFolders
from hubkeeper.engine.pulumi_cli import find_or_build
from hubkeeper.engine.stack import Stack
from hubkeeper.project import Project
from plan.shortcuts import for_the_engine
from policies.configuration import FILE as CONFIGURATION

Report = Callable[[str], None]

#: Begin of the names of variables that lead to a cloud, a backend or a login. A local run drops them all.
_CLOUD = ("ARM_", "AZURE_", "MSI_", "IDENTITY_", "PULUMI_")

#: Environment variable: a file of faults for the local Azure.
FAULTS = "HUBKEEPER_LOCAL_FAULTS"


class NoStack(Exception):
    """The user's backend has no such stack. The text is one line for the user."""


@dataclass(frozen=True)
class Session:
    """An open stack. `policy_pack` is the folder of the rules that the engine runs."""

    stack: automation.Stack
    project: Project
    local: LocalFolders | None

    @cached_property
    def deployed(self) -> automation.Deployment:
        """The state as the run found it, read once. Who means to change the state reads it anew."""
        return self.stack.export_stack()

    @property
    def policy_pack(self) -> str:
        """The rules of the project itself."""
        return str(self.project.root / "policies")

    @property
    def policy_pack_configs(self) -> list[str] | None:
        """The file that sets levels and parameters of the rules, where the project has one."""
        file = self.project.root / CONFIGURATION
        return [str(file)] if file.exists() else None


@contextmanager
def open_local(project: Project, environment: str, report: Report) -> Iterator[Session]:
    """The environment's stack on the local Azure: file backend, own home, no cloud variable, our provider attached.

    For rehearsals: the environment variable HUBKEEPER_LOCAL_FAULTS names a file of faults that the local Azure lets happen
    (what it may hold: `python -m hubkeeper.local_azure --help`).
    """
    folders = LocalFolders.of(project)
    faults = os.environ.get(FAULTS)
    cli = find_or_build(project.root, report)
    base = {
        **cli.environment(),
        "HUBKEEPER_PROJECT": str(project.root),
        "PULUMI_HOME": str(folders.home),
        "PULUMI_BACKEND_URL": folders.state.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE_FILE": str(folders.passphrase),
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }
    make_readable(environment, project.name, folders)
    with _variables(base, drop=_CLOUD):
        stack = Stack(environment, cli, folders.work(project, environment, cli.runner_folder), _program(project))
        session = Session(stack, project, folders)
        try:
            found = session.deployed
        except automation.StackNotFoundError:
            stack.workspace.create_stack(environment)
            found = session.deployed
        adopt = heal(stack, found, project.name, folders, report)
        with (
            local_azure(folders.database, adopt, Path(faults) if faults else None) as port,
            _variables({"PULUMI_DEBUG_PROVIDERS": f"azure-native:{port}"}),
            for_the_engine(),
        ):
            yield session


@contextmanager
def open_real(project: Project, environment: str, report: Report) -> Iterator[Session]:
    """The environment's stack in the user's own backend, with the user's own login. Raises NoStack."""
    cli = find_or_build(project.root, report)
    with _variables({**cli.environment(), "HUBKEEPER_PROJECT": str(project.root)}, drop=("PULUMI_DEBUG_PROVIDERS",)):
        session = Session(Stack(environment, cli, project.root, _program(project)), project, None)
        try:
            _ = session.deployed
        except automation.StackNotFoundError:
            make = f"pulumi stack init {environment} --secrets-provider …"
            raise NoStack(
                f"no stack {environment!r} in your backend, expected one: {make} (README, Real Azure)"
            ) from None
        with for_the_engine():
            yield session


def _program(project: Project) -> Callable[[], None]:
    """The project's own `__main__.py`, as the engine would run it."""

    def run() -> None:
        root = str(project.root)
        if root not in sys.path:
            sys.path.insert(0, root)
        # A failed registration is told by the engine; asyncio would tell it again, with a traceback.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        runpy.run_path(str(project.root / "__main__.py"))

    return run


@contextmanager
def _variables(values: Mapping[str, str], drop: tuple[str, ...] = ()) -> Iterator[None]:
    """The process's environment, changed for a while: the engine inherits it."""
    before = dict(os.environ)
    for name in [name for name in before if name.startswith(drop)] if drop else []:
        del os.environ[name]
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
