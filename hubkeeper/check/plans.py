"""The plan of an environment, recorded once for each state of its sources and kept under .hubkeeper/cache.

A kept plan is used only when nothing that can change it has changed: the environment's own file, the engine's file beside it,
every Python file and data file of the program, and the versions of what it runs on; findings in a plan also hang on the rules,
on what judges by them, and on their configuration. The folder may be deleted at any time.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.machinery import PathFinder
from importlib.metadata import version
from pathlib import Path

from environments.queries import OWN_TEMPLATES
from hubkeeper.literal_secrets import holds_literal_secret
from hubkeeper.project import Project
from hubkeeper.recording import record_environment
from plan import Plan, PlanCache, content_key

#: Packages a program is made of, wherever they are imported from.
_PROGRAM = ("components", "environments", "plan")
#: Folders of a project that no program reads.
_APART = frozenset(
    {"tests", "benchmarks", "docs", "runbooks", "templates", "policies", "hubkeeper", "examples", "node_modules"}
)
#: What judges a plan.
_JUDGES = ("policies", "hubkeeper")
_RUNS_ON = ("pulumi", "pulumi-azure-native", "pydantic", "PyYAML", "Jinja2")
_KEEP = 64


class Plans:
    """The plans of one project's environments. With `keep` off each is recorded anew and none is kept."""

    def __init__(self, project: Project, *, keep: bool = True, environments: int = 0) -> None:
        """`environments`: how many there are; each keeps its plan in a few states."""
        self._project = project
        self.keep = keep
        self._kept = PlanCache(project.private / "cache" / "plans", max(_KEEP, 2 * environments))

    def of(self, environment: str) -> Plan:
        """The plan of one environment; Pulumi is imported only when it must be recorded. Raises plan.ProgramError."""
        if not self.keep:
            return record_environment(self._project, environment)
        key = self.key_of(environment)
        found = self._kept.get(key)
        if found is None:
            found = record_environment(self._project, environment)
            if not holds_literal_secret(found):  # a rule will say so; no file of ours may repeat it
                self._kept.put(key, found)
        return found

    def key_of(self, environment: str) -> str:
        """A text that changes with everything that can change an environment's plan."""
        folder = self._project.descriptions
        own = [folder / f"{environment}.yaml", folder / f"Pulumi.{environment}.yaml"]
        return content_key([file for file in own if file.is_file()], [self._program], environment)

    @property
    def findings_file(self) -> Path:
        """Where what was found in plans is kept."""
        return self._project.private / "cache" / "findings.json"

    def findings_key_of(self, environment: str, configuration: str) -> str:
        """A text that changes with everything that can change what is found in an environment's plan."""
        return content_key((), [self.key_of(environment), self._judges, configuration], environment)

    @cached_property
    def _judges(self) -> str:
        files = {
            file.resolve()
            for name in _JUDGES
            for folder in _folders_of(name, self._project.root)
            for file in _python_and_data(Path(folder))
        }
        return content_key(sorted(files), ())

    @cached_property
    def _program(self) -> str:
        """The same for all environments: the program and what it runs on."""
        versions = [f"{name} {version(name)}" for name in _RUNS_ON]
        files = {file.resolve() for file in _sources(self._project)}
        return content_key(sorted(files), [sys.version, *versions], self._project.name)


def _sources(project: Project) -> Iterator[Path]:
    yield project.root / "Pulumi.yaml"
    for folder in ("templates", OWN_TEMPLATES):
        yield from (project.root / folder / "queries").glob("*.kql")  # alerts ask them
    yield from _python_and_data(project.root)
    for name in _PROGRAM:
        for folder in _folders_of(name, project.root):
            yield from _python_and_data(Path(folder))


def _folders_of(package: str, root: Path) -> Iterable[str]:
    """Where a package is imported from, or would be: a recording puts the project's own folder first."""
    if package in sys.modules:
        return sys.modules[package].__path__
    spec = PathFinder.find_spec(package, [str(root), *sys.path])
    return spec.submodule_search_locations or () if spec else ()


def _python_and_data(root: Path) -> Iterator[Path]:
    """Every Python file, and every data file of a package but the descriptions at the top of `environments`."""
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__")) and name not in _APART]
        is_package = "__init__.py" in files
        is_described = Path(folder).name == "environments"
        for name in files:
            if name.endswith(".py") or (is_package and not is_described and name.endswith((".yaml", ".yml", ".json"))):
                yield Path(folder) / name
