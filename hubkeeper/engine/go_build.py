"""Builds one Go command into one file: a line of progress now and then, nothing half-done where it goes to."""

import os
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

SECONDS_BETWEEN_REPORTS = 30


class BuildFailed(Exception):
    """The build failed. The text is one line with the compiler's last word and the place of the log."""


def go_build(
    go: Path, module: Path, package: str, linker_flags: str, executable: Path, report: Callable[[str], None]
) -> None:
    """Builds `package` from the pins in `module` and puts it at `executable` when it is complete.

    The caller holds a lock: leftovers of killed builds beside `executable` are removed first.

    Raises:
        BuildFailed: when Go is too old, a module cannot be had, or it does not compile.
    """
    for leftover in executable.parent.glob(f"{executable.name}.*.part"):
        leftover.unlink(missing_ok=True)
    part = executable.with_name(f"{executable.name}.{os.getpid()}.part")
    log = executable.with_name(f"{executable.name}-build.log")
    # -v names each package as it is compiled, the only sign of life there is
    command = [go, "build", "-v", "-trimpath", "-ldflags", linker_flags, "-o", part, package]
    # without cgo no C compiler is needed, as in the official releases; the workspace of a parent folder does not count
    environ = {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly", "GOWORK": "off"}
    process = subprocess.Popen(
        command, cwd=module, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        last_word = _follow(process.stderr, log, report)
        if process.wait() != 0:
            raise BuildFailed(f"{last_word or 'go build said nothing'} (all of it: {log})")
        part.replace(executable)
    finally:
        process.kill()
        process.wait()
        part.unlink(missing_ok=True)


def _follow(lines: Iterable[str], log: Path, report: Callable[[str], None]) -> str:
    """Writes the lines to the log, reports progress, and gives the last line that is no progress."""
    began = reported = time.monotonic()
    downloaded = compiled = 0
    last_word = ""
    with log.open("w") as file:
        for line in map(str.rstrip, lines):
            file.write(f"{line}\n")
            if line.startswith("go: downloading "):
                downloaded += 1
            elif " " in line:
                last_word = line
            else:
                compiled += 1
            if (now := time.monotonic()) - reported >= SECONDS_BETWEEN_REPORTS:
                report(f"{now - began:.0f} s: {downloaded} modules downloaded, {compiled} packages compiled")
                reported = now
    return last_word
