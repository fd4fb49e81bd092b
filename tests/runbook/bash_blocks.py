"""The bash of a page, run with every program replaced by one that only writes down how it was called.

So a test sees what the shell makes of a page's quoting: the words that reach `az`, not the text on the page.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.runbook.markdown_pages import blocks

# `read` answers what the prompt asks for, as an operator who means it would.
_PRELUDE = """
read() {
  local value="claim-42"
  [[ $3 == Type* ]] && { value="${3#Type }"; value="${value% to go on: }$HESITATION"; }
  printf -v "$4" '%s' "$value"
}
REASON='INC-1 carrier is back' EVENT_FILE=approved.json
"""
_STUB = """#!/bin/sh
printf '%s\\037' "${0##*/}" "$@" > "$CALLS/$$"
case "${0##*/} $*" in
  "curl "*) cat > "$CALLS/stdin" ;;
  *"keys list"*) echo THE-KEY ;;
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
    return f"{block}\ndurable GET ''\n" if "durable() {" in block else block


def run(page: str, folder: Path, sure: bool = True) -> Calls:
    """Runs all bash of a page in an empty folder, with nothing but stand-ins on the path. Unsure, the operator mistypes."""
    programs = folder / "programs"
    programs.mkdir(parents=True)
    for name in ("az", "curl", "jq", "date"):
        (programs / name).write_text(_STUB)
        (programs / name).chmod(0o755)
    (programs / "cat").symlink_to(shutil.which("cat") or "/bin/cat")
    work, calls = folder / "work", folder / "calls"
    work.mkdir()
    calls.mkdir()
    done = subprocess.run(
        ["/bin/bash", "--noprofile", "--norc", "-u", "-c", _PRELUDE + "\n".join(map(_with_a_call, bash_of(page)))],
        cwd=work,
        env={"PATH": str(programs), "CALLS": str(calls), "HESITATION": "" if sure else "?", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not list(work.iterdir()), "the page's bash wrote a file"
    # Named by process: two calls within one tick of the file system's clock come in the order of their numbers.
    made = sorted(calls.glob("[0-9]*"), key=lambda file: (file.stat().st_mtime_ns, int(file.name)))
    read = calls / "stdin"
    return Calls(
        tuple(tuple(file.read_text().split("\037")[:-1]) for file in made),
        done.stderr,
        read.read_text() if read.exists() else "",
    )
