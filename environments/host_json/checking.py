"""Holds a host.json against the contract of its application. Every mistake is one line, in the order of the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from environments.host_json import meaning, shape, telemetry
from environments.host_json.contract import Contract
from environments.host_json.json_lines import NotJson, read
from environments.model import Environment
from environments.problems import Problem, dotted


class Unreadable(Exception):
    """There is no host.json to check. `problem`, and the text, is one line for the user."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True)
class HostJsonFile:
    """A host.json that the description names: its name as messages show it, and its text or why there is none."""

    shown: str
    text: str | None
    unreadable: str = ""


def problems_of(file: HostJsonFile, contract: Contract) -> tuple[Problem, ...]:
    """What is wrong with a host.json. Raises Unreadable where it cannot be read or is no JSON."""
    if file.text is None:
        raise Unreadable(Problem(file.shown, 0, "", f"the file cannot be read ({file.unreadable})", "a host.json"))
    try:
        document, lines, twice = read(file.text, file.shown)
    except NotJson as error:
        raise Unreadable(error.problem) from None
    found = (
        Problem(file.shown, lines.of(path), dotted(path), wrong, expected)
        for path, wrong, expected in _mistakes(document, contract)
    )
    return tuple(sorted({*twice, *found}))


def _mistakes(document: dict[str, Any], contract: Contract) -> Iterator[shape.Mistake]:
    misshapen = list(shape.mistakes(document, contract.provider))
    yield from misshapen
    told = {path for path, _, _ in misshapen}
    for look in (meaning.mistakes, telemetry.mistakes):
        yield from (one for one in look(document, contract) if one[0] not in told)


def load(file: FilePath, shown: str) -> HostJsonFile:
    """The file as it is, or why it cannot be read."""
    try:
        return HostJsonFile(shown, file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return HostJsonFile(shown, None, "it is not UTF-8")
    except OSError as error:
        return HostJsonFile(shown, None, str(error.strerror or error))


def named_files(root: FilePath, environment: Environment) -> dict[str, HostJsonFile]:
    """The host.json of every application that names its own, by the application's name. `root` is the project's folder."""
    return {
        name: load(root / app.host_json, app.host_json)
        for name, app in environment.apps.items()
        if app.host_json is not None
    }
