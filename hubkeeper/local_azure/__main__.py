"""Starts the local Azure: `python -m hubkeeper.local_azure --database FILE`, then set PULUMI_DEBUG_PROVIDERS."""

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from pydantic import BaseModel, TypeAdapter

from . import __doc__ as about
from . import faults as faults_module
from .azure import LocalAzure
from .database import Database, DatabaseUnusable
from .faults import Faults, FaultsUnusable, read_faults
from .redact import Redactor

_GRACE_SECONDS = 1.0
_PARENT_POLL_SECONDS = 1.0


class Adopted(BaseModel):
    """An entry of the file given with --adopt."""

    urn: str
    id: str


def main(arguments: list[str] | None = None) -> int:
    """Serves until SIGTERM; the first line on standard output is the port."""
    options = _parser().parse_args(arguments)
    try:
        adopted = _read_adopted(options.adopt) if options.adopt else frozenset()
        faults = Faults(read_faults(options.faults) if options.faults else [])
        azure = LocalAzure(Database(options.database), Redactor.beside(options.database), adopted)
    except (DatabaseUnusable, FaultsUnusable, OSError, ValueError) as error:
        print(f"local Azure: {str(error).splitlines()[0]}", file=sys.stderr)
        return 2
    from .server import serve  # late: it brings Pulumi, and a bad option should not wait for that

    stopped = threading.Event()

    def stop(_: int, __: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server, port = serve(azure, faults)
    print(port, flush=True)
    while not stopped.wait(_PARENT_POLL_SECONDS):
        if options.parent and os.getppid() != options.parent:
            break
    faults.release()
    server.stop(_GRACE_SECONDS).wait()
    return 0


def _read_adopted(path: Path) -> frozenset[tuple[str, str]]:
    try:
        entries = TypeAdapter(list[Adopted]).validate_python(json.loads(path.read_text("utf-8")))
    except ValueError:
        raise ValueError(f'{path}: expected a JSON list of {{"urn": …, "id": …}}') from None
    return frozenset((entry.urn, entry.id.lower()) for entry in entries)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hubkeeper.local_azure",
        description=about,
        epilog="Attach the engine with PULUMI_DEBUG_PROVIDERS=azure-native:PORT. Faults:\n"
        + (faults_module.__doc__ or ""),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--database", type=Path, required=True, metavar="FILE", help="the state; one file for all environments"
    )
    parser.add_argument(
        "--adopt",
        type=Path,
        metavar="FILE",
        help="resources to hand over to the engine instead of refusing: orphans() as JSON",
    )
    parser.add_argument("--faults", type=Path, metavar="FILE", help="faults to let happen (JSON, below)")
    parser.add_argument("--parent", type=int, metavar="PID", help="end when this process, which started it, is gone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
