"""Writing a file whole or not at all: a failed write leaves the old one."""

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, text: str) -> None:
    """Writes the text beside the file and then puts it in its place. An OSError names the file itself."""
    try:
        _write_and_replace(file, text)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error


def _write_and_replace(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
