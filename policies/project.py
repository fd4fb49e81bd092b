"""Finds and reads the description that a policy pack belongs to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import yaml

from environments import DescriptionError, Environment, Estate, load_estate
from plan import Plan
from policies.baseline import FILE as BASELINE
from policies.baseline import BaselineUnusable, Entry, read_baseline
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

    @cached_property
    def _baseline(self) -> tuple[tuple[Entry, ...], str]:
        file = self.root / BASELINE if self.root else None
        try:
            return (tuple(read_baseline(file)), "") if file and file.is_file() else ((), "")
        except BaselineUnusable as error:
            return (), str(error)

    @property
    def baseline(self) -> tuple[Entry, ...]:
        """What the project's baseline holds; nothing where there is none, or it cannot be used."""
        return self._baseline[0]

    @property
    def baseline_problem(self) -> str:
        """Why the baseline cannot be used, in a line; empty where it can, or there is none."""
        return self._baseline[1]

    def of(self, plan: Plan) -> Environment | None:
        """The description of a stack of this project, if there is one. Another project's stack of the same name has none."""
        is_ours = self._name in (None, plan.project)
        return self.estate.environments.get(plan.stack) if self.estate and is_ours else None

    @cached_property
    def _name(self) -> str | None:
        """The project's name; None where its file does not say it."""
        try:
            document = yaml.safe_load((self.root / "Pulumi.yaml").read_text(encoding="utf-8")) if self.root else None
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            return None
        name = document.get("name") if isinstance(document, dict) else None
        return name if isinstance(name, str) else None


def find_description(pack: Path) -> Description:
    """The description of the project HUBKEEPER_PROJECT names, else of the folder above the pack if that is one."""
    named = os.environ.get(PROJECT_VARIABLE)
    if named:
        return Description(Path(named))
    return Description(pack.parent if (pack.parent / "Pulumi.yaml").is_file() else None)
