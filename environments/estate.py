"""The estate: every environment of the folder, read as one thing, with the line of every value.

A broken file stops the whole estate: half an estate would look like one without collisions.
"""

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from environments.catalogue import cited
from environments.contradictions import contradictions_of
from environments.explain_errors import problems_of
from environments.hubs import TaskHub, task_hubs
from environments.model import Environment
from environments.problems import DescriptionError, Path, Problem, dotted
from environments.reserved_names import reserved_names
from environments.shared_names import shared_names
from environments.shared_networks import shared_networks
from environments.yaml_lines import Lines, read


class UnknownEnvironment(Exception):
    """An environment was named that the estate does not have. The text is one line for the user."""


@dataclass(frozen=True)
class Estate:
    """All environments of a project, by name in alphabetical order."""

    environments: Mapping[str, Environment]
    lines: Mapping[str, Lines]

    def __iter__(self) -> Iterator[Environment]:
        return iter(self.environments.values())

    def __getitem__(self, name: str) -> Environment:
        """The environment of this name; raises UnknownEnvironment with the names there are."""
        if name not in self.environments:
            near = difflib.get_close_matches(name, self.environments, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise UnknownEnvironment(f"no environment {name!r}, expected one of {', '.join(self.environments)}{hint}")
        return self.environments[name]

    def task_hubs(self) -> tuple[TaskHub, ...]:
        """Every task hub of every environment, application and slot."""
        return tuple(hub for environment in self for hub in task_hubs(environment))

    def where(self, environment: str, path: Path) -> tuple[str, int]:
        """File and line of a path of an environment's description."""
        lines = self.lines[environment]
        return lines.file, lines.of(path)


def load_estate(folder: FilePath, relative_to: FilePath | None = None) -> Estate:
    """Reads every `<name>.yaml` of the folder. Raises DescriptionError with all mistakes of all files.

    `relative_to` shortens the file names in messages; default is the folder's parent.
    """
    base = relative_to or folder.parent
    problems: list[Problem] = []
    environments: dict[str, Environment] = {}
    lines: dict[str, Lines] = {}
    for file in _files(folder, base, problems):
        shown = _shown(file, base)
        if file.suffix != ".yaml":
            problems.append(
                Problem(shown, 1, "", "the file would not be read", f"the name {_name_for(file.stem)}.yaml")
            )
            continue
        environment, where, wrong = _load(file, shown)
        problems += wrong
        if environment is not None:
            environments[environment.name], lines[environment.name] = environment, where
    if not environments and not problems:
        problems.append(Problem(_shown(folder, base), 0, "", "no environment", "a file like dev.yaml in this folder"))
    problems += _one_organization(environments, lines)
    problems += [
        Problem(lines[one.name].file, lines[one.name].of(path), dotted(path), wrong, expected, *map(cited, source))
        for shared in (shared_names, shared_networks, reserved_names)
        for one, path, wrong, expected, *source in shared(environments.values())
    ]
    if problems:
        raise DescriptionError(problems)
    return Estate(environments, lines)


def _files(folder: FilePath, base: FilePath, problems: list[Problem]) -> list[FilePath]:
    """Descriptions only: what begins with `Pulumi.` beside them belongs to the engine."""
    try:
        found = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        problems.append(
            Problem(_shown(folder, base), 0, "", f"the folder cannot be read ({error.strerror})", "a folder")
        )
        return []
    mine = [file for file in found if not file.name.startswith(("Pulumi.", "."))]
    return [file for file in mine if file.suffix.lower() in (".yaml", ".yml")]


def _shown(file: FilePath, base: FilePath) -> str:
    """The file's name as messages give it: also one that is not UTF-8 can be printed."""
    return os.path.relpath(file, base).encode("utf-8", "backslashreplace").decode()


def _load(file: FilePath, shown: str) -> tuple[Environment | None, Lines, Sequence[Problem]]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, Lines(shown), [Problem(shown, line, "", "the file cannot be read (it is not UTF-8)", "UTF-8")]
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror})"
        return None, Lines(shown), [Problem(shown, 0, "", reason, "a file that can be read")]
    return _from_text(text, shown, file.stem)


def read_description(text: str, shown: str, name: str) -> tuple[Environment | None, Sequence[Problem]]:
    """The environment `name` as a text describes it, and what is wrong with it. `shown` is the file that messages name."""
    environment, _, problems = _from_text(text, shown, name)
    return environment, problems


@lru_cache(maxsize=1024)
def _from_text(text: str, shown: str, stem: str) -> tuple[Environment | None, Lines, Sequence[Problem]]:
    """What a file's text says; kept, since the program reads the whole estate again for each environment it records."""
    document, lines, problems = read(text, shown)
    if not isinstance(document, dict):
        return None, lines, problems
    if "name" in document:
        problems.append(
            Problem(shown, lines.of(("name",)), "name", "unknown key", "the file's own name to name the environment")
        )
    try:
        environment = Environment.model_validate({**document, "name": stem})
    except ValidationError as error:
        known = {(problem.line, problem.path) for problem in problems}
        found = problems_of(error, document, lines)
        return None, lines, problems + [one for one in found if (one.line, one.path) not in known]
    problems += contradictions_of(environment, lines)
    return (None if problems else environment), lines, problems


def _one_organization(environments: Mapping[str, Environment], lines: Mapping[str, Lines]) -> list[Problem]:
    """Names are salted by the organization, so one estate has one."""
    first = next(iter(environments.values()), None)
    return [
        Problem(
            lines[one.name].file,
            lines[one.name].of(("organization",)),
            "organization",
            f"{one.organization!r}, while {first.name} has {first.organization!r}",
            "the same in every environment of the estate",
        )
        for one in environments.values()
        if first and one.organization != first.organization
    ]


def environment_schema() -> dict[str, Any]:
    """The JSON Schema of an environment's file, for editors. The name is the file's and so not part of it."""
    schema = Environment.model_json_schema()
    schema["properties"].pop("name")
    schema["required"].remove("name")
    for part in (schema, *schema["$defs"].values()):
        for node in part.get("properties", {}).values():
            if "patternProperties" in node:
                node["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _name_for(stem: str) -> str:
    """A name that an environment may have, as near as can be to what a file is called."""
    plain = re.sub(r"[^a-z0-9]", "", stem.lower()).lstrip("0123456789")
    return plain[:12] or "dev"
