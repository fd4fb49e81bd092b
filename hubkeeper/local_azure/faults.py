"""Faults to order, for tests and rehearsals: die, stall, refuse or throttle at a given point of a given operation.

The file is a JSON list of objects:
  at      "before-create", "after-create", "before-update", "after-update", "before-delete", "after-delete"
          or "before-read"
  match   part of a URN; absent: any resource
  nth     which of the calls that match is hit first, counted from 1 since the process started (default 1)
  times   how many calls in a row are hit (default 1)
  do      "exit" (the process ends at once), "stall" (until the caller is gone), "refuse" or "throttle"
  code, message   what "refuse" says
  marker  a file that is written when the fault is hit
"after-…" means: it is done and stored, but the engine has not heard of it.
"""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from .database import CallerGone
from .refusal import Refusal

EXIT_CODE = 137
_POLL_SECONDS = 0.05


class Fault(BaseModel):
    """One ordered fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: Literal[
        "before-create", "after-create", "before-update", "after-update", "before-delete", "after-delete", "before-read"
    ]  # fmt: skip
    do: Literal["exit", "stall", "refuse", "throttle"]
    match: str = ""
    nth: int = Field(default=1, ge=1)
    times: int = Field(default=1, ge=1)
    code: str = "InternalServerError"
    message: str = "The server encountered an unexpected failure. Please try again after some time."
    marker: Path | None = None


class FaultsUnusable(Exception):
    """The file with the faults cannot be read; one line."""


def read_faults(path: Path) -> list[Fault]:
    """The faults of a file."""
    try:
        return TypeAdapter(list[Fault]).validate_python(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise FaultsUnusable(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
        where = ".".join(map(str, first["loc"])) or "file"
        raise FaultsUnusable(f"{path}: {where}: {first['msg']}, expected a list of faults (see --help)") from None


class Faults:
    """Counts the calls and lets the ordered faults happen."""

    def __init__(self, ordered: list[Fault]) -> None:
        self._ordered = ordered
        self._seen = [0] * len(ordered)
        self._lock = threading.Lock()
        self._released = threading.Event()

    def at(self, point: str, urn: str, caller_waits: Callable[[], bool]) -> None:
        """Called at every point where a fault could happen."""
        for fault in self._due(point, urn):
            if fault.marker:
                fault.marker.write_text(f"{point} {urn}\n", "utf-8")
            match fault.do:
                case "exit":
                    os._exit(EXIT_CODE)
                case "stall":
                    self._stall(caller_waits)
                case "refuse":
                    raise Refusal(500, fault.code, fault.message)
                case "throttle":
                    raise Refusal(
                        429,
                        "TooManyRequests",
                        "The request is being throttled as the limit has been reached for the operation type.",
                    )

    def release(self) -> None:
        """Ends what stalls now."""
        self._released.set()
        self._released = threading.Event()

    def _due(self, point: str, urn: str) -> list[Fault]:
        due = []
        with self._lock:
            for index, fault in enumerate(self._ordered):
                if fault.at == point and fault.match in urn:
                    self._seen[index] += 1
                    if fault.nth <= self._seen[index] < fault.nth + fault.times:
                        due.append(fault)
        return due

    def _stall(self, caller_waits: Callable[[], bool]) -> None:
        released = self._released
        while caller_waits() and not released.wait(_POLL_SECONDS):
            pass
        raise CallerGone
