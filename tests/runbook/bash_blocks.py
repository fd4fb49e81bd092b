"""The bash of a page, run with every program replaced by one that only writes down how it was called.

So a test sees what the shell makes of a page's quoting: the words that reach `az`, not the text on the page.
"""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests.runbook.markdown_pages import blocks

# `read` answers what the prompt asks for, as an operator who means it would.
_PRELUDE = """
files=0
read() {
  local value="claim-42"
  [[ $3 == Day* ]] && value="2026-01-31"
  [[ $3 == Failed* ]] && value="2026-01-31T22:00:00Z"
  [[ $3 == File* ]] && value="$CALLS.file-$((files++))"
  [[ $3 == "File of ids"* ]] && value="$IDS_FILE"
  [[ $3 == Type* ]] && { value="${3#Type }"; value="${value% to go on: }$HESITATION"; }
  printf -v "$4" '%s' "$value"
}
"""
_STUB = """#!/bin/sh
count() { echo $#; }
printf '%s\\037' "${0##*/}" "$@" > "$CALLS/$(printf %05d "$(count "$CALLS"/*)")-$$"
case "${0##*/} $*" in
  "curl "*) cat >> "$CALLS/stdin" ;;
  *"keys list"*) echo THE-KEY ;;
  *"get-access-token"*) echo THE-TOKEN ;;
  *) echo looked-up ;;
esac
"""


@dataclass(frozen=True)
class Calls:
    """What a page's bash did: the words of each call, in order, and what the shell complained about."""

    made: tuple[tuple[str, ...], ...]
    complaints: str
    curl_read: str

    def of(self, program: str) -> list[tuple[str, ...]]:
        """Calls of one program, without its name."""
        return [call[1:] for call in self.made if call[0] == program]


def bash_of(page: str) -> list[str]:
    """Every bash block of a page."""
    return [block.text for block in blocks(page) if block.language == "bash"]


def _with_a_call(block: str) -> str:
    """A definition of `durable` is called at once: the page's last one would hide the others."""
    if "durable_each() {" in block:
        return f"{block}\ndurable_each look .\n"
    return f"{block}\ndurable GET ''\n" if "durable() {" in block else block


def run(page: str, folder: Path, sure: bool = True, programs: Mapping[str, str] = MappingProxyType({})) -> Calls:
    """Runs all bash of a page in an empty folder, with nothing but stand-ins on the path. Unsure, the operator mistypes.

    `programs` are real ones that take a stand-in's place, by name.
    """
    path = folder / "programs"
    path.mkdir(parents=True)
    for name, real in {
        **{name: shutil.which(name) or f"/bin/{name}" for name in ("cat", "head", "tail", "tee", "wc")},
        **programs,
    }.items():
        (path / name).symlink_to(real)
    for name in {"az", "curl", "jq", "date", "sqlcmd", "sleep"} - set(programs):
        (path / name).write_text(_STUB)
        (path / name).chmod(0o755)
    work, calls = folder / "work", folder / "calls"
    work.mkdir()
    calls.mkdir()
    done = subprocess.run(
        ["/bin/bash", "--noprofile", "--norc", "-u", "-c", _PRELUDE + "\n".join(map(_with_a_call, bash_of(page)))],
        cwd=work,
        env={
            "PATH": str(path),
            "CALLS": str(calls),
            "HOME": str(folder),
            "HESITATION": "" if sure else "?",
            "LC_ALL": "C.UTF-8",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not list(work.iterdir()), "the page's bash wrote a file"
    # Named by how many there were before, then by process.
    made = sorted(calls.glob("[0-9]*"))
    read = calls / "stdin"
    return Calls(
        tuple(tuple(file.read_text().split("\037")[:-1]) for file in made),
        done.stderr,
        read.read_text() if read.exists() else "",
    )
