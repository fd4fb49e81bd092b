"""How a program that cannot be recorded is reported: one line that names the program's own file and line."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from pathlib import Path
from traceback import walk_tb
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from plan.model import HIDDEN, SourceLine

_OWN_FOLDER: Final = Path(__file__).parent
_INSTALLED: Final = ("site-packages", "dist-packages")
_SHORTEST_SECRET: Final = 4
"""Shorter values are no secrets, and blanking them would spoil every message."""


class ProgramError(Exception):
    """The program could not be recorded. `str()` is the line for the user, `file:line: message`."""

    def __init__(self, message: str, source: SourceLine | None = None) -> None:
        """`source`: where in the program; None when nothing of the program is to blame."""
        super().__init__(message, source)
        self.message = message
        self.source = source
        self.file = source.file if source else None
        self.line = source.line if source else None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.file else self.message


class SourceFinder:
    """Which frames belong to the program: files below its folder that are neither installed nor this package."""

    def __init__(self, project_root: Path | None) -> None:
        """`project_root`: None means that every file counts that is not installed."""
        self._root = project_root.resolve() if project_root else None
        self._known: dict[str, str | None] = {}

    def line(self, filename: str, number: int | None) -> SourceLine | None:
        """The place, relative to the project; None when the file is not the program's."""
        if filename not in self._known:
            self._known[filename] = self._own(filename)
        file = self._known[filename]
        return SourceLine(file, number) if file and number else None

    def from_uri(self, uri: str, number: int) -> SourceLine | None:
        """The same for a `file://` address."""
        return self.line(unquote(urlsplit(uri).path), number)

    def _own(self, filename: str) -> str | None:
        path = Path(filename)
        if filename.startswith("<") or _OWN_FOLDER in path.parents or any(part in _INSTALLED for part in path.parts):
            return None
        if self._root is None:
            return path.as_posix() if path.is_absolute() else None
        try:
            return path.resolve().relative_to(self._root).as_posix()
        except ValueError:
            return None


def program_error(error: BaseException, finder: SourceFinder, secrets: Iterable[str] = ()) -> ProgramError:
    """What happened as a ProgramError; `secrets` are values that its message must not show."""
    for cause in _causes(error):
        source, resource = _blame(cause, finder)
        if isinstance(cause, ProgramError):
            return ProgramError(_without(secrets, cause.message), cause.source or source)
        if source:
            message = f"{resource}: {_message(cause)}" if resource else _message(cause)
            return ProgramError(_without(secrets, message), source)
    return ProgramError(_without(secrets, _message(error)))


def _without(secrets: Iterable[str], message: str) -> str:
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            message = message.replace(secret, HIDDEN)
    return message


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from. The SDK raises some errors from themselves."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__


def _blame(error: BaseException, finder: SourceFinder) -> tuple[SourceLine | None, str | None]:
    """The innermost line of the program; for an error while registering, the line that asked for the resource."""
    source: SourceLine | None = None
    resource: str | None = None
    for frame, line in walk_tb(error.__traceback__):
        if found := finder.line(frame.f_code.co_filename, line):
            source, resource = found, None
        elif frame.f_code.co_name in ("do_register", "do_read"):
            # The SDK registers later, in a task of its own, where the program is no longer on the stack; but it keeps
            # the position of the constructor's caller.
            registered = frame.f_locals
            source = _first_own_frame(registered.get("stack_trace"), finder) or source
            resource = registered.get("name")
    return source, resource


def _first_own_frame(trace: Any, finder: SourceFinder) -> SourceLine | None:
    frames = getattr(trace, "frames", ())
    places = (finder.from_uri(frame.pc.uri, frame.pc.line) for frame in frames)
    return next((place for place in places if place), None)


def _message(error: BaseException) -> str:
    text = " ".join(str(error).split())
    kind = type(error).__name__
    if isinstance(error, SystemExit):
        return f"the program ends itself: {text or 'no reason given'}"
    return f"{kind}: {text}".removesuffix(": ") if hasattr(builtins, kind) or not text else text
