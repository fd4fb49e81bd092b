"""The project the command works on: the nearest folder upwards that holds a Pulumi.yaml, or the one that was named."""

from dataclasses import dataclass
from pathlib import Path

import yaml


class ProjectNotFound(Exception):
    """There is no project here. The text is one line for the user."""


@dataclass(frozen=True)
class Project:
    """A project: its folder and the name its stacks are kept under."""

    root: Path
    name: str

    @property
    def descriptions(self) -> Path:
        """Where the environments are described."""
        return self.root / "environments"

    @property
    def private(self) -> Path:
        """What the command keeps for itself; never committed."""
        return self.root / ".hubkeeper"


def find_project(start: Path, named: Path | None = None) -> Project:
    """The project at or above `start`, or in the folder named. Raises ProjectNotFound."""
    candidates = [named] if named else [start, *start.parents]
    for folder in candidates:
        file = folder / "Pulumi.yaml"
        if file.is_file():
            return Project(folder.resolve(), _name(file))
    where = f"in {named}" if named else f"in {start} or above it"
    raise ProjectNotFound(f"no Pulumi.yaml {where}, expected a project folder (or --project DIR)")


def _name(file: Path) -> str:
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        document = None
    if not isinstance(document, dict) or not isinstance(document.get("name"), str):
        raise ProjectNotFound(f"{file}:1: no project name, expected `name: …`")
    return str(document["name"])
