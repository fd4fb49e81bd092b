"""Starts and stops the local Azure: the provider process that the engine is attached to."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class LocalAzureFailed(Exception):
    """The provider process did not start. The text is one line for the user."""


@contextmanager
def local_azure(database: Path, adopt: Sequence[dict[str, str]] = (), faults: Path | None = None) -> Iterator[int]:
    """Runs the local Azure and yields its port. `adopt`: what an interrupted run had created and the state does not know."""
    command = [sys.executable, "-m", "hubkeeper.local_azure", "--database", str(database)]
    command += ["--parent", str(os.getpid())]
    if adopt:
        file = database.with_name("adopt.json")
        file.write_text(json.dumps(list(adopt)), encoding="utf-8")
        command += ["--adopt", str(file)]
    if faults:
        command += ["--faults", str(faults)]
    log = database.with_name("azure.log")
    with log.open("w", encoding="utf-8") as errors:
        # A session of its own: Ctrl-C is for the engine, which must still reach it while it stops.
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        try:
            yield _port(process, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _port(process: subprocess.Popen[str], log: Path) -> int:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], 60)
    line = process.stdout.readline().strip() if ready else ""
    if not line.isdigit():
        said = log.read_text(encoding="utf-8").strip().splitlines()
        reason = said[-1] if said else "no answer within 60 seconds"
        raise LocalAzureFailed(f"the local Azure did not start: {reason}")
    return int(line)
