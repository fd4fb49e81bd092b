"""Pages in a folder: written all or not at all, compared page by page, and never anything removed that is not ours."""

import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Final, Literal, Self

from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.render import MARKER

#: Begins the name of the folder in which pages lie until all are there.
_BEGUN: Final = ".hubkeeper-being-written-"
#: Seconds after which a folder is left over if no process here has its number; a younger one may be a container's.
_LEFT_AFTER: Final = 3600
#: An environment in the estate's own page.
_LISTED: Final = re.compile(r"^\| \[([a-z0-9]+)\]\(\1/index\.md\) \|", re.MULTILINE)


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


class Staging:
    """Pages on their way: those that differ lie in a folder beside, until all are there and go to their places together.

    What fails before leaves the old pages as they are. Several processes may put pages; one puts them in place.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._beside = folder / f"{_BEGUN}{os.getpid()}"

    def put(self, pages: Mapping[str, str]) -> list[str]:
        """Keeps the pages that are not in the folder already; gives their paths."""
        changed = [path for path, text in pages.items() if _read(self._folder / path) != text]
        for path in changed:
            file = self._beside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(pages[path], encoding="utf-8", newline="\n")
        return changed

    def settle(self, changed: Iterable[str], pages: Collection[str], *, whole: bool) -> list[str]:
        """Puts changed pages in their places and removes ours that are not among `pages`. Gives the paths of both, sorted."""
        changed = sorted(set(changed))
        if whole:
            _refuse_another_estate(pages, self._folder)
        for path in changed:
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self._beside / path).replace(self._folder / path)
        gone = list(_extra(pages, self._folder, whole))
        for path in gone:
            (self._folder / path).unlink()
            _remove_if_empty((self._folder / path).parent, self._folder)
        return sorted([*changed, *gone])

    def __enter__(self) -> Self:
        with _folder_errors(self._folder, "a folder that can be written"):
            for left in self._folder.glob(f"{_BEGUN}*"):
                if _is_of_nobody(left):
                    shutil.rmtree(left)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._beside, ignore_errors=True)


def write(pages: Mapping[str, str], folder: Path, *, whole: bool = False) -> list[str]:
    """Writes the pages that changed and removes ours that are no more. Returns the paths of both, sorted.

    With `whole` the pages are those of the whole estate, so pages of environments that are gone go too. A reader sees an old page
    or a new one, and a full disk leaves all the old ones. Raises RunbookError where the folder cannot be written.
    """
    with Staging(folder) as staging, writable(folder):
        return staging.settle(staging.put(pages), pages, whole=whole)


def drift(pages: Mapping[str, str], folder: Path, *, whole: bool = False) -> list[Drift]:
    """What in the folder is not what `write` would leave there, by path. Nothing is changed."""
    return sorted([*differing(pages, folder), *extra(pages, folder, whole=whole)], key=lambda one: one.path)


def differing(pages: Mapping[str, str], folder: Path) -> list[Drift]:
    """Pages that are missing or say something else. Raises RunbookError."""
    found = []
    with _folder_errors(folder, "a folder that can be read"):
        for path, text in pages.items():
            there = _read(folder / path)
            if there is None:
                found.append(Drift(path, "missing", 0))
            elif there != text:
                found.append(Drift(path, "stale", _first_difference(there, text)))
    return found


def extra(pages: Collection[str], folder: Path, *, whole: bool) -> list[Drift]:
    """Pages of ours that are not among these. Raises RunbookError."""
    with _folder_errors(folder, "a folder that can be read"):
        return [Drift(path, "extra", 0) for path in _extra(pages, folder, whole)]


def writable(folder: Path) -> AbstractContextManager[None]:
    """Tells what the system refuses as RunbookError."""
    return _folder_errors(folder, "a folder that can be written")


@contextmanager
def _folder_errors(folder: Path, expected: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RunbookError(f"{error.filename or folder}:1: {error.strerror or error}, expected {expected}") from None


def _is_of_nobody(staging: Path) -> bool:
    """Whether the process that made it is gone: it was killed, and not just now, nor is it one of another container."""
    number = staging.name.removeprefix(_BEGUN)
    if os.name != "posix" or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)  # asks only
    except ProcessLookupError:
        with suppress(OSError):
            return staging.stat().st_mtime < time() - _LEFT_AFTER
    except (OSError, OverflowError):
        return False
    return False


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


def _extra(pages: Collection[str], folder: Path, whole: bool) -> Iterator[str]:
    """Pages of ours that are not among these: of the environments these pages are of, with `whole` of every one."""
    ours = {Path(path).parts[0] for path in pages if "/" in path}
    there = {child.name for child in folder.iterdir() if child.is_dir()} if whole and folder.is_dir() else set()
    for name in sorted(one for one in ours | there if not one.startswith(_BEGUN)):
        for file in sorted((folder / name).rglob("*.md")):
            path = file.relative_to(folder).as_posix()
            if path not in pages and _last_line(file).startswith(f"{MARKER} from environments/{name}.yaml "):
                yield path


def _refuse_another_estate(pages: Collection[str], folder: Path) -> None:
    """A folder whose pages are all of other environments is another estate's, and none of it is gone."""
    index = folder / "index.md"
    if not _last_line(index).startswith(MARKER):
        return
    listed = set(_LISTED.findall(_read(index) or ""))
    if listed and not listed & {path.partition("/")[0] for path in pages}:
        raise RunbookError(
            f"{index}:1: the pages of another estate are here ({', '.join(sorted(listed))}), expected a folder of its own"
        )


def _last_line(file: Path) -> str:
    return (_read(file) or "").rstrip().rpartition("\n")[2]


def _remove_if_empty(child: Path, folder: Path) -> None:
    if child != folder and not any(child.iterdir()):
        child.rmdir()
        _remove_if_empty(child.parent, folder)


def _first_difference(there: str, wanted: str) -> int:
    old, new = there.splitlines(), wanted.splitlines()
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False), 1) if a != b), min(len(old), len(new)) + 1)
