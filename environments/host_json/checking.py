"""Holds a host.json against the contract of its application. Every mistake is one line, in the order of the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from environments.host_json import cautions, meaning, shape, telemetry, timeouts, versioning
from environments.host_json.contract import Contract
from environments.host_json.json_lines import NotJson, read
from environments.model import Environment
from environments.problems import Problem, dotted
from environments.yaml_lines import Lines


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
    document, lines, twice = _read(file, file.text)
    return tuple(sorted({*twice, *_placed(file, lines, mistakes(document, contract))}))


def cautions_of(file: HostJsonFile, contract: Contract) -> tuple[Problem, ...]:
    """What of a host.json works and is better said otherwise; nothing where it cannot be read, which `problems_of` tells."""
    if file.text is None:
        return ()
    try:
        document, lines, _ = _read(file, file.text)
    except Unreadable:
        return ()
    return tuple(sorted({*_placed(file, lines, cautions.cautions(document, contract))}))


def document_of(file: HostJsonFile) -> dict[str, Any]:
    """What a host.json holds; nothing where it cannot be read."""
    try:
        return _read(file, file.text)[0] if file.text is not None else {}
    except Unreadable:
        return {}


def _read(file: HostJsonFile, text: str) -> tuple[dict[str, Any], Lines, list[Problem]]:
    try:
        return read(text, file.shown)
    except NotJson as error:
        raise Unreadable(error.problem) from None


def _placed(file: HostJsonFile, lines: Lines, found: Iterable[shape.Mistake]) -> Iterator[Problem]:
    for path, wrong, expected in found:
        yield Problem(file.shown, lines.of(path), dotted(path), wrong, expected)


def mistakes(document: dict[str, Any], contract: Contract) -> Iterator[shape.Mistake]:
    """Everything that is wrong in the object of a host.json, before lines are known."""
    misshapen = list(shape.mistakes(document, contract.provider))
    yield from misshapen
    told = {path for path, _, _ in misshapen}
    for look in (meaning, timeouts, versioning, telemetry):
        yield from (one for one in look.mistakes(document, contract) if one[0] not in told)


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
