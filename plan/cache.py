"""Recorded plans kept by content: the same files and versions need not be recorded again.

Only plans are kept here; what is found in them is kept beside, by whoever judges them. Nothing in a cache is a secret; a secret
comes back as one whose value is hidden. A cache may be deleted at any time.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from plan.model import Plan

DEFAULT_KEEP: Final = 64
_FORMAT: Final = "hubkeeper-plan-1"
_SUFFIXES: Final = (".json", ".tmp")


def content_key(files: Iterable[Path], versions: Iterable[str], extra: str = "") -> str:
    """A key that changes when a file's path or content, a version (as given, in order) or `extra` changes.

    Raises OSError when a file cannot be read.
    """
    digest = sha256(_FORMAT.encode())
    for path in sorted(files):
        digest.update(_framed(b"file", os.fsencode(path), path.read_bytes()))
    for version in versions:
        digest.update(_framed(b"version", version.encode()))
    digest.update(_framed(b"extra", extra.encode()))
    return digest.hexdigest()


class PlanCache:
    """Plans in a folder, one file a key. The folder is made when the first plan is put into it."""

    def __init__(self, folder: Path, keep: int = DEFAULT_KEEP) -> None:
        """`keep`: how many plans stay; of more, those unused for longest go."""
        self._folder = folder
        self._keep = keep

    def get(self, key: str) -> Plan | None:
        """The plan put under the key; None when there is none or the file is not one of ours."""
        path = self._path(key)
        try:
            document = json.loads(path.read_bytes())
            if document["format"] != _FORMAT or document["key"] != key:
                return None
            plan = Plan.from_deployment(document)
            if (plan.project, plan.stack) != (document["project"], document["stack"]) and plan.resources:
                return None
            plan.project, plan.stack = document["project"], document["stack"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        with suppress(OSError):
            os.utime(path)
        return plan

    def put(self, key: str, plan: Plan) -> None:
        """Keep a plan; readers see the old file or the whole new one. A folder that cannot be written is no error."""
        document = {"format": _FORMAT, "key": key, "project": plan.project, "stack": plan.stack}
        text = json.dumps(document | plan.to_deployment(), separators=(",", ":"))
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._replace(self._path(key), text)
            self._prune()

    def _replace(self, path: Path, text: str) -> None:
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=path.stem, suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    def _prune(self) -> None:
        """Remove what is unused for longest; a file that another process just removed counts as removed."""
        # .tmp: left by a process that was killed while writing
        ours = [path for path in self._folder.iterdir() if path.suffix in _SUFFIXES]
        if len(ours) <= self._keep:
            return
        aged: list[tuple[float, Path]] = []
        for path in ours:
            with suppress(OSError):
                aged.append((path.stat().st_mtime, path))
        for _, path in sorted(aged, reverse=True)[self._keep :]:
            with suppress(OSError):
                path.unlink()

    def _path(self, key: str) -> Path:
        # Keys may be anything; a file name may not.
        return self._folder / f"{sha256(key.encode()).hexdigest()[:32]}.json"


def _framed(*parts: bytes) -> bytes:
    """Parts with their lengths, so that no two lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)
