"""Finds and reads the description that a policy pack belongs to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from environments import DescriptionError, Environment, Estate, load_estate
from policies.waivers import Waivers, waivers_of

PROJECT_VARIABLE: Final = "HUBKEEPER_PROJECT"


@dataclass(frozen=True)
class Description:
    """The description of the project at `root`; without a root, or without descriptions in it, there is none."""

    root: Path | None

    @cached_property
    def _read(self) -> tuple[Estate | None, tuple[str, ...]]:
        folder = self.root / "environments" if self.root else None
        if folder is None or not folder.is_dir():
            return None, ()
        try:
            return load_estate(folder, relative_to=self.root), ()
        except DescriptionError as error:
            return None, tuple(str(problem) for problem in error.problems)

    @property
    def estate(self) -> Estate | None:
        """Every environment described; None when there is no description or it cannot be used."""
        return self._read[0]

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with it, a line each."""
        return self._read[1]

    @cached_property
    def waivers(self) -> Waivers:
        """The waivers of the project; none where there is none."""
        return waivers_of(self.root) if self.root else Waivers()

    def environment(self, name: str) -> Environment | None:
        """The environment of this name, if it is described."""
        return self.estate.environments.get(name) if self.estate else None


def find_description(pack: Path) -> Description:
    """The description of the project HUBKEEPER_PROJECT names, else of the folder above the pack if that is one."""
    named = os.environ.get(PROJECT_VARIABLE)
    if named:
        return Description(Path(named))
    return Description(pack.parent if (pack.parent / "Pulumi.yaml").is_file() else None)
