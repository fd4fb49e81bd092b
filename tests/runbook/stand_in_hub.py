"""A hub that answers from a table and writes down what it was asked for, and the bash of a page run against it."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from tests.runbook.bash_blocks import Calls, bash_of, run

_FAILED = {"EventType": "TaskFailed", "Timestamp": "2026-11-02T10:00:00Z", "ScheduledTime": "2026-11-02T09:59:00Z"}
_ENDED = {"EventType": "ExecutionCompleted", "Timestamp": "2026-11-02T10:00:01Z", "OrchestrationStatus": "Failed"}
PLAIN = {
    "name": "BookShipment",
    "runtimeStatus": "Failed",
    "lastUpdatedTime": "2026-11-02T10:00:01Z",
    "historyEvents": [_FAILED | {"FunctionName": "Enrich"}, _ENDED],
}
WITH_TIMERS = PLAIN | {"historyEvents": [{"EventType": "TimerFired"}, _FAILED, _ENDED]}
_UNDID = {"EventType": "TaskCompleted", "Timestamp": "2026-11-02T10:00:05Z", "ScheduledTime": "2026-11-02T10:00:02Z"}
COMPENSATED = PLAIN | {"historyEvents": [_FAILED, _UNDID, _ENDED]}
RUNNING = {"runtimeStatus": "Running", "historyEvents": []}
_LINKS = {"id": "new-1", "statusQueryGetUri": "https://x/?code=THE-KEY"}

# curl that answers from a table and writes down what it was asked for.
_CURL = """#!{python}
import json, sys, pathlib, urllib.parse
sys.stdin.read()
words = sys.argv[1:]
method, url = words[words.index("--request") + 1], urllib.parse.urlsplit(words[-1])
parts = [urllib.parse.unquote(part) for part in url.path.split("/instances/")[1].split("/")]
with open({log!r}, "a") as log: print(method, *parts, url.query, file=log)
answer = json.loads(pathlib.Path({answers!r}).read_text()).get(parts[0])
if answer is None: sys.exit(22)
print(json.dumps({links!r} if method == "POST" else answer))
"""


class Hub:
    """A hub with instances in these states, and the pages' bash run against it."""

    def __init__(self, folder: Path, states: dict[str, Any]) -> None:
        self._folder, self._asked, self._file = folder, folder / "asked", folder / "ids"
        self._curl = folder / "curl"
        (folder / "answers").write_text(json.dumps(states))
        self._curl.write_text(
            _CURL.format(python=sys.executable, log=str(self._asked), answers=str(folder / "answers"), links=_LINKS)
        )
        self._curl.chmod(0o755)

    def run(self, page: str, action: str, ids: tuple[str, ...], definition: str = "durable_each() {") -> Calls:
        """Takes the ids in, defines what the page defines, and runs the block that holds `action`."""
        self.write(ids)
        before = f"REASON='INC 1' INSTANCE_ID={ids[0]}\n{block_with(page, 'mapfile', '')}"
        return self.bash(f"{before}\n{block_with(page, definition)}\n{block_with(page, action)}")

    def write(self, ids: tuple[str, ...]) -> None:
        """Writes the reviewed file, as an editor on Windows does."""
        self._file.write_text("".join(f"{one}\r\n" for one in ids))

    def bash(self, script: str, sure: bool = True) -> Calls:
        """Runs bash with jq as it is. `IDS_FILE` is the reviewed file."""
        # One block: the stand-in would call a definition at once.
        page = f"```bash\nIDS_FILE={self._file}\n{script.replace('() {', ' () {')}\n```\n"
        folder = self._folder / str(len(list(self._folder.iterdir())))
        real = {"curl": str(self._curl), "jq": shutil.which("jq") or "", "sleep": shutil.which("true") or ""}
        return run(page, folder, sure, programs=real)

    @property
    def posted(self) -> list[str]:
        """Id and action of everything that was asked to change."""
        return [" ".join(line.split()[1:3]) for line in self.asked if not line.startswith("GET")]

    @property
    def asked(self) -> list[str]:
        """Every call: its method, the id, what is asked for, the query."""
        return self._asked.read_text().splitlines() if self._asked.exists() else []

    @property
    def log(self) -> list[list[str]]:
        """Lines of the log beside the file, by their columns."""
        return [line.split("\t") for line in Path(f"{self._file}.log").read_text().splitlines()]


def block_with(page: str, words: str, otherwise: str | None = None) -> str:
    """The first block of a page's bash with these words in it."""
    found = [block for block in bash_of(page) if words in block]
    if not found and otherwise is not None:
        return otherwise
    assert found, words
    return found[0]
