"""A project folder of its own for a test, and the command run in it as a user would."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROJECT = ("Pulumi.yaml", "__main__.py", "components", "environments", "hubkeeper", "plan", "policies", "templates")
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def summary(self) -> str:
        """The line of `up` or `destroy` that tells what was done."""
        return next((line for line in self.out.splitlines() if " is up " in line or " is down" in line), "")


@dataclass(frozen=True)
class Workbench:
    """A copy of the project in which nothing can be broken."""

    root: Path
    cli: Path

    @classmethod
    def set_up(cls, root: Path, project: Path, cli: Path, apps: tuple[str, ...] = ()) -> "Workbench":
        """Copies the project; with `apps`, the descriptions keep only these."""
        root.mkdir(parents=True)
        for name in PROJECT:
            source = project / name
            shutil.copytree(source, root / name) if source.is_dir() else shutil.copy2(source, root / name)
        bench = cls(root, cli)
        for name in ("dev", "test", "prod") if apps else ():
            bench.describe(name, lambda it: it.update(apps={app: it["apps"][app] for app in apps}))
        return bench

    def copy(self, root: Path) -> "Workbench":
        """Another project in the same state, with everything that is up in it."""
        shutil.copytree(self.root, root)
        return Workbench(root, self.cli)

    def description(self, environment: str) -> Path:
        """The file of an environment."""
        return self.root / "environments" / f"{environment}.yaml"

    def describe(self, environment: str, change: Callable[[dict[str, Any]], None]) -> None:
        """Changes the description of an environment."""
        document = yaml.safe_load(self.description(environment).read_text())
        change(document)
        self.description(environment).write_text(yaml.safe_dump(document, sort_keys=False))

    def describe_as(self, example: Path) -> None:
        """Puts the descriptions of an example in the place of all others."""
        for file in self.root.joinpath("environments").glob("*.yaml"):
            file.unlink()
        for file in example.joinpath("environments").glob("*.yaml"):
            shutil.copy2(file, self.description(file.stem))

    def place_of(self, environment: str, text: str) -> str:
        """`file:line` of the first line of a description that holds the text."""
        lines = self.description(environment).read_text().splitlines()
        number = next(number for number, line in enumerate(lines, 1) if text in line)
        return f"environments/{environment}.yaml:{number}"

    def run(self, *arguments: str, **variables: str) -> Answer:
        """`hubkeeper …` with nobody at the keyboard."""
        process = self.start(*arguments, **variables)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
        return Answer(process.returncode, out, err)

    def without_touching(self, *arguments: str) -> Answer:
        """`hubkeeper COMMAND ENV …`, which writes nothing to the local Azure and nothing to the state."""
        before, calls = (self.in_azure(), self.state(arguments[1])), len(self.calls())
        answer = self.run(*arguments)
        assert (self.in_azure(), self.state(arguments[1])) == before
        assert {method for method, _ in self.calls()[calls:]}.isdisjoint({"Create", "Update", "Delete"})
        return answer

    def refused(self, environment: str, change: Callable[[dict[str, Any]], None], *arguments: str) -> Answer:
        """What `up` says of a change that it refuses, and that touches nothing."""
        self.describe(environment, change)
        answer = self.without_touching("up", environment, "--local", "--yes", *arguments)
        assert answer.code != 0, answer.out
        return answer

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """The same without waiting for its end; it leads a process group, as in a terminal."""
        return subprocess.Popen(
            [sys.executable, "-m", "hubkeeper.cli", *arguments],
            cwd=self.root,
            env=self._environ(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def pulumi(self, *arguments: str, folder: Path | None = None, **variables: str) -> Answer:
        """The CLI itself on dev in the local backend, as somebody who looks under the hood; or in another folder."""
        local = self.root / ".hubkeeper" / "local"
        environ = {
            "PULUMI_HOME": str(local / "home"),
            "PULUMI_BACKEND_URL": (local / "state").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE_FILE": str(local / "passphrase"),
            **variables,
        }
        command = [str(self.cli), "--non-interactive", *arguments]
        done = subprocess.run(
            command,
            cwd=folder or local / "work" / "dev",
            env=self._environ(environ),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def _environ(self, variables: Mapping[str, str]) -> dict[str, str]:
        # Bytecode is written, as on anybody's machine: every command would compile all that it imports.
        foreign = ("PULUMI_", "HUBKEEPER_", "ARM_", "AZURE_", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
        ours = {name: value for name, value in os.environ.items() if not name.startswith(foreign) and name != "CI"}
        return {**ours, "HUBKEEPER_PULUMI": str(self.cli), "PULUMI_SKIP_UPDATE_CHECK": "true", **variables}

    def in_azure(self) -> list[tuple[str, str]]:
        """(URN, id) of everything that the local Azure holds."""
        return sorted(self._query("select urn, id from resources"))

    def forget(self) -> None:
        """Leaves the local Azure as it is and takes Pulumi's state away, as if everything had been made by hand."""
        local = self.root / ".hubkeeper" / "local"
        shutil.rmtree(local / "state")
        connection = sqlite3.connect(local / "azure.db")
        with connection:
            connection.execute("update resources set urn = 'urn:pulumi:hand::made::nobody::' || rowid")
        connection.close()

    def calls(self) -> list[tuple[str, str]]:
        """(method, URN) of every call to the local Azure so far, previews left out."""
        return self._query("select method, urn from journal where method not like '%/preview' order by n")

    def _query(self, statement: str) -> list[tuple[str, str]]:
        database = self.root / ".hubkeeper" / "local" / "azure.db"
        if not database.exists():
            return []
        connection = sqlite3.connect(database)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def in_state(self, stack: str) -> list[tuple[str, str]]:
        """(URN, id) of every resource of Azure in the engine's state."""
        resources = self.state(stack).get("resources") or []
        return sorted((one["urn"], one["id"]) for one in resources if one["type"].startswith("azure-native:"))

    def state(self, stack: str) -> dict[str, Any]:
        """The engine's state of a stack as it lies there."""
        file = self.root / ".hubkeeper" / "local" / "state" / ".pulumi" / "stacks" / "hubkeeper" / f"{stack}.json"
        latest = json.loads(file.read_text())["checkpoint"]["latest"] if file.exists() else None
        return dict(latest or {})

    def files(self) -> list[Path]:
        """Every file in the project, the command's own among them."""
        return sorted(path for path in self.root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def wait_for(what: str, happens: Callable[[], bool]) -> None:
    """Waits until something happens that must happen."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happens():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE_SECONDS} s in vain for {what}")
        time.sleep(0.05)


def processes_below(ancestor: int) -> dict[int, str]:
    """The process and all that descend from it, each with the name of its program."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    found: dict[int, str] = {}
    waiting = [ancestor]
    while waiting:
        current = waiting.pop()
        for pid, parent, arguments in rows:
            if int(pid) == current:
                found[current] = arguments
            if int(parent) == current:
                waiting.append(int(pid))
    return found


def is_running(process: int) -> bool:
    """Whether a process runs; one that only waits for its parent to notice its end does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return state.stdout.strip()[:1] not in ("", "Z")


def end(process: int) -> None:
    """Kills a process as a power cut would."""
    os.kill(process, signal.SIGKILL)
