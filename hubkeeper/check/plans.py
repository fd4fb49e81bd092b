"""The plan of an environment, recorded once for each state of its sources and kept under .hubkeeper/cache.

A kept plan is used only when nothing that can change it has changed: the environment's own file, the engine's file beside it,
every Python file and data file of the program, and the versions of what is installed; findings in a plan also hang on the rules,
on what judges by them, and on their configuration. What is made while those files are saved is not kept. The folder may be
deleted at any time.
"""

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import cache, cached_property
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
#: Folders at the top of a project that no program reads.
_APART = frozenset(
    {"tests", "benchmarks", "docs", "runbooks", "templates", "policies", "hubkeeper", "examples", OWN_TEMPLATES}
)
#: Folders anywhere that no program reads.
_NOWHERE = frozenset({"__pycache__", "node_modules"})
#: What judges a plan.
_JUDGES = ("policies", "hubkeeper")
_RUNS_ON = ("pulumi", "pulumi-azure-native", "pydantic", "PyYAML", "Jinja2")
_KEEP = 64


class Plans:
    """The plans of one project's environments. With `keep` off each is recorded anew and none is kept."""

    def __init__(self, project: Project, *, keep: bool = True) -> None:
        """To be made before the descriptions are read: keys are of the files as they are now."""
        self._project = project
        self.keep = keep
        names = [
            file.stem for file in project.descriptions.glob("*.yaml") if keep and not file.stem.startswith("Pulumi.")
        ]
        self._described = {name: self._own(name) for name in names}
        # each environment keeps its plan in a few states
        self._kept = PlanCache(project.private / "cache" / "plans", max(_KEEP, 2 * len(names)))

    def of(self, environment: str) -> Plan:
        """The plan of one environment; Pulumi is imported only when it must be recorded. Raises plan.ProgramError."""
        if not self.keep:
            return record_environment(self._project, environment)
        key = self.key_of(environment)
        found = self._kept.get(key)
        if found is None:
            found = record_environment(self._project, environment)
            # Of a literal secret a rule will tell; no file of ours may repeat it.
            if self.is_settled(environment) and not holds_literal_secret(found):
                self._kept.put(key, found)
        return found

    def key_of(self, environment: str) -> str:
        """A text that changes with everything that can change an environment's plan."""
        own = self._described.get(environment) or self._own(environment) or ""
        return content_key((), [self._program, own], environment)

    def is_settled(self, environment: str) -> bool:
        """Whether the environment's own files are still what its key was made from, so what was made meanwhile is of that."""
        own = self._described.get(environment)
        return own is not None and own == self._own(environment)

    def _own(self, environment: str) -> str | None:
        """A text that changes with the environment's own files; None where they cannot be read."""
        folder = self._project.descriptions
        own = [folder / f"{environment}.yaml", folder / f"Pulumi.{environment}.yaml"]
        with suppress(OSError):
            return content_key([file for file in own if file.is_file()], ())
        return None

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
        return content_key(sorted(files), [sys.version, *versions, *_installed()], self._project.name)


def _sources(project: Project) -> Iterator[Path]:
    yield project.root / "Pulumi.yaml"
    for folder in ("templates", OWN_TEMPLATES):
        yield from _asked(project.root / folder)
    yield from _python_and_data(project.root, _APART)
    for name in _PROGRAM:
        for folder in _folders_of(name, project.root):
            yield from _python_and_data(Path(folder))


def _asked(templates: Path) -> Iterator[Path]:
    """Queries, which alerts ask, and the parts that they may take in."""
    for file in templates.rglob("*"):
        if file.suffix in (".kql", ".jinja") and (
            file.name.startswith("_") or file.is_relative_to(templates / "queries")
        ):
            yield file


@cache
def _installed() -> tuple[str, ...]:
    """Names and versions of all packages that are installed: any of them may be part of a program."""
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):  # an archive, or not there
            found |= {entry.name for entry in os.scandir(folder or ".") if entry.name.endswith(".dist-info")}
    return tuple(sorted(found))


def _folders_of(package: str, root: Path) -> Iterable[str]:
    """Where a package is imported from, or would be: a recording puts the project's own folder first."""
    if package in sys.modules:
        return sys.modules[package].__path__
    spec = PathFinder.find_spec(package, [str(root), *sys.path])
    return spec.submodule_search_locations or () if spec else ()


def _python_and_data(root: Path, apart: Collection[str] = ()) -> Iterator[Path]:
    """Every Python file, and every data file of a package but the descriptions at the top of `environments`.

    `apart`: folders at the top that are left out.
    """
    for folder, folders, files in os.walk(root):
        out = {*_NOWHERE, *apart} if Path(folder) == root else _NOWHERE
        folders[:] = [name for name in folders if not name.startswith(".") and name not in out]
        is_package = "__init__.py" in files
        is_described = Path(folder).name == "environments"
        for name in files:
            if name.endswith(".py") or (is_package and not is_described and name.endswith((".yaml", ".yml", ".json"))):
                yield Path(folder) / name
