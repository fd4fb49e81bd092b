"""Findings in plans, kept from one check to the next in one file under .hubkeeper/cache; it may be deleted at any time.

Each stands under a key that changes with everything it depends on (plans.py), so what is found here is what would be found again.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from hubkeeper.whole_files import write_whole
from policies.finding import Finding
from policies.rule import Level

_FORMAT: Final = "hubkeeper-findings-1"
#: Keys that stay beside those in use: other branches come back.
_KEEP: Final = 500


class KeptFindings:
    """The findings of a file. One that cannot be read is as good as none, and one that cannot be written is no error."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = _read(file)
        self._is_changed = False

    def get(self, key: str) -> Sequence[Finding] | None:
        """What was kept under the key; None when nothing was."""
        try:
            return [_finding(one) for one in self._kept[key]]
        except (KeyError, TypeError, ValueError):
            return None

    def put(self, key: str, findings: Iterable[Finding]) -> None:
        """Keeps findings as rules give them: not yet waived, nor known to a baseline."""
        self._kept[key] = [_plain(one) for one in findings]
        self._is_changed = True

    def write(self, in_use: Iterable[str]) -> None:
        """Writes the file where something is new: the keys in use, and the latest of the others."""
        if not self._is_changed:
            return
        used = dict.fromkeys(in_use)
        others = [key for key in self._kept if key not in used][-_KEEP:]
        kept = {key: self._kept[key] for key in (*others, *used) if key in self._kept}
        with suppress(OSError):
            write_whole(self._file, json.dumps({"format": _FORMAT, "findings": kept}, separators=(",", ":")))


def _read(file: Path) -> dict[str, Any]:
    try:
        document = json.loads(file.read_bytes())
        found = document["findings"] if document["format"] == _FORMAT else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _plain(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "level": finding.level.value}


def _finding(plain: dict[str, Any]) -> Finding:
    fields: dict[str, Any] = {**plain, "level": Level(plain["level"])}
    return Finding(**fields)
