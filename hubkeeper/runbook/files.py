"""Pages in a folder: written whole or not at all, compared page by page, and never anything removed that is not ours."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.render import MARKER


@dataclass(frozen=True)
class Drift:
    """A page that is not what the description says. `line` is the first that differs, 0 where there is nothing to compare."""

    path: str
    kind: Literal["stale", "missing", "extra"]
    line: int

    def __str__(self) -> str:
        words = {
            "stale": "the page is stale",
            "missing": "the page is missing",
            "extra": "the page describes what is gone",
        }
        return f"{self.path}:{max(self.line, 1)}: {words[self.kind]}, expected what `hubkeeper runbook` writes"


def write(pages: Mapping[str, str], folder: Path, *, whole: bool = False) -> list[str]:
    """Writes the pages that changed and removes ours that are no more. Returns the paths of both, sorted.

    With `whole` the pages are those of the whole estate, so pages of environments that are gone go too. Each file is replaced
    in one step: a reader and a full disk see the old page or the new one. Raises RunbookError where the folder cannot be written.
    """
    changed = []
    try:
        for path, text in sorted(pages.items()):
            if replace(folder / path, text):
                changed.append(path)
        for path in list(_extra(pages, folder, whole)):
            (folder / path).unlink()
            changed.append(path)
            _remove_if_empty((folder / path).parent, folder)
    except OSError as error:
        raise RunbookError(
            f"{error.filename or folder}:1: {error.strerror or error}, expected a folder that can be written"
        ) from None
    return sorted(changed)


def drift(pages: Mapping[str, str], folder: Path, *, whole: bool = False) -> list[Drift]:
    """What in the folder is not what `write` would leave there, by path. Nothing is changed."""
    found = []
    try:
        for path, text in pages.items():
            there = _read(folder / path)
            if there is None:
                found.append(Drift(path, "missing", 0))
            elif there != text:
                found.append(Drift(path, "stale", _first_difference(there, text)))
        found += [Drift(path, "extra", 0) for path in _extra(pages, folder, whole)]
    except OSError as error:
        raise RunbookError(
            f"{error.filename or folder}:1: {error.strerror or error}, expected a folder that can be read"
        ) from None
    return sorted(found, key=lambda one: one.path)


def _read(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return None


def replace(file: Path, text: str) -> bool:
    """Puts a text into a file, in one step, where it is not there already. Says whether it was not."""
    if _read(file) == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
        return True
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _extra(pages: Mapping[str, str], folder: Path, whole: bool) -> Iterator[str]:
    """Pages of ours that are not among these: of the environments these pages are of, with `whole` of every one."""
    ours = {Path(path).parts[0] for path in pages if "/" in path}
    there = {child.name for child in folder.iterdir() if child.is_dir()} if whole and folder.is_dir() else set()
    for name in sorted(ours | there):
        for file in sorted((folder / name).rglob("*.md")):
            path = file.relative_to(folder).as_posix()
            if path not in pages and _last_line(file).startswith(MARKER):
                yield path


def _last_line(file: Path) -> str:
    return (_read(file) or "").rstrip().rpartition("\n")[2]


def _remove_if_empty(child: Path, folder: Path) -> None:
    if child != folder and not any(child.iterdir()):
        child.rmdir()
        _remove_if_empty(child.parent, folder)


def _first_difference(there: str, wanted: str) -> int:
    old, new = there.splitlines(), wanted.splitlines()
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False), 1) if a != b), min(len(old), len(new)) + 1)
