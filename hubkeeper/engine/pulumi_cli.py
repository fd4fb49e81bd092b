"""Finds the Pulumi CLI, or builds it once from its Go module into `.hubkeeper/bin`.

Standard library only: `make setup` runs it with the bare interpreter while pip fills the virtual environment.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hubkeeper.engine.go_build import BuildFailed, go_build

MINIMUM_VERSION = (3, 200, 0)
"""Older CLIs do not understand what the pinned SDK asks of them."""

OVERRIDE = "HUBKEEPER_PULUMI"
"""Environment variable: path of the CLI to use before any other. The SDK starts it by name: it is called `pulumi`."""

INSTALL_PAGE = "https://www.pulumi.com/docs/install/"
PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
POLICY_RUNNER = "pulumi-analyzer-policy-python"
RUNNER_TEXT = """#!/bin/sh
# Pulumi starts this for a Python policy pack, with the engine's address and the pack's folder (CLI 3.220 to 3.255).
# A pack does not notice that its engine was killed, so something watches: $PPID is the engine, $$ becomes the pack.
(while kill -0 $$ && sleep 1; do kill -0 $PPID || kill $$; done) </dev/null >/dev/null 2>&1 &
exec "${HUBKEEPER_PYTHON:-$(dirname "$0")/../../.venv/bin/python}" -u -m pulumi.policy "$1" "$2"
"""

Report = Callable[[str], None]
"""Takes one line about progress."""


class PulumiCliMissing(Exception):
    """There is no usable Pulumi CLI and none can be built. The text is one line that says how to get one."""


@dataclass(frozen=True)
class PulumiCli:
    """A CLI that is there and new enough.

    Attributes:
        path: The executable.
        version: For example `3.255.0`.
        source: Named by HUBKEEPER_PULUMI, found on PATH, or built from `tools/go.mod`.
        runner_folder: Where the runner of Python policy packs is: beside the CLI, or ours for a CLI that came without one.
    """

    path: Path
    version: str
    source: Literal["HUBKEEPER_PULUMI", "PATH", "built"]
    runner_folder: Path

    def environment(self) -> dict[str, str]:
        """What the engine's environment needs on top: a PATH that begins with this CLI, an interpreter for packs."""
        folders = dict.fromkeys(map(str, [self.path.parent, self.runner_folder]))
        return {
            "PATH": os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)]),
            "HUBKEEPER_PYTHON": sys.executable,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }


def find_or_build(project_root: Path, report: Report) -> PulumiCli:
    """The CLI named by HUBKEEPER_PULUMI; else the one on PATH if new enough; else the built one, built now if need be.

    Raises:
        PulumiCliMissing: with one line that says what is wrong and how to get a CLI.
    """
    folder = project_root.absolute() / ".hubkeeper" / "bin"
    if override := os.environ.get(OVERRIDE):
        if Path(override).name != "pulumi":
            raise PulumiCliMissing(f"{OVERRIDE}: {override} has another name, expected an executable called pulumi")
        named = Path(override).absolute()
        return PulumiCli(
            named, _usable_version(Path(override), OVERRIDE), "HUBKEEPER_PULUMI", _runner_for(named, folder)
        )
    if on_path := _on_path(report):
        found, version = on_path
        return PulumiCli(found, version, "PATH", _runner_for(found, folder))
    executable, version = _built(project_root / "tools", folder, report)
    _write_policy_runner(folder)
    return PulumiCli(executable, version, "built", folder)


def _on_path(report: Report) -> tuple[Path, str] | None:
    """The CLI on PATH and its version."""
    found = shutil.which("pulumi")
    if found is None:
        return None
    try:
        return Path(found), _usable_version(Path(found), "on PATH")
    except PulumiCliMissing as too_old:
        report(f"{too_old}; it is passed over")
        return None


def _usable_version(executable: Path, where: str) -> str:
    """The version that the executable states of itself; raises PulumiCliMissing if it is none or too old."""
    wanted = f"expected a Pulumi CLI of version {'.'.join(map(str, MINIMUM_VERSION))} or newer, below {MINIMUM_VERSION[0] + 1}"
    environ = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    command = [executable, "version"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environ, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = error.strerror if isinstance(error, OSError) else "no answer"
        raise PulumiCliMissing(f"{where}: {executable} does not run ({reason}), {wanted}") from error
    match = re.match(r"v?((\d+)\.(\d+)\.(\d+)\S*)", answer.stdout.strip())
    if answer.returncode != 0 or match is None:
        raise PulumiCliMissing(f"{where}: {executable} does not say its version, {wanted}")
    version = tuple(int(part) for part in match.group(2, 3, 4))
    if (
        version < MINIMUM_VERSION or version[0] > MINIMUM_VERSION[0]
    ):  # the SDK drives the CLI of its own major version only
        raise PulumiCliMissing(f"{where}: {executable} is version {match.group(1)}, {wanted}")
    return match.group(1)


def _built(tools: Path, folder: Path, report: Report) -> tuple[Path, str]:
    """The CLI of `tools/go.mod` and its version, built unless the one that is there was built from the same pins."""
    executable, key_file = folder / "pulumi", folder / "pulumi.key"
    version, key = _pinned(tools)
    if _is_current(executable, key_file, key):
        return executable, version
    go = shutil.which("go")
    if go is None:
        raise PulumiCliMissing(
            f"no Pulumi CLI: install it ({INSTALL_PAGE}), or install Go (https://go.dev/doc/install; the CLI is"
            f" then built once), or name one in {OVERRIDE}"
        )
    folder.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(folder / "build.lock", report):
        if not _is_current(executable, key_file, key):
            report(f"building the Pulumi CLI {version} with Go, once: about 3 minutes on two cores")
            flags = f"-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v{version}"
            key_file.unlink(missing_ok=True)
            try:
                go_build(Path(go), tools, PACKAGE, flags, executable, report)
            except BuildFailed as error:
                raise PulumiCliMissing(
                    f"the Pulumi CLI could not be built: {error}; one from {INSTALL_PAGE} does as well"
                ) from error
            key_file.write_text(key)
    return executable, version


def _pinned(tools: Path) -> tuple[str, str]:
    """The version in `tools/go.mod`, and a key that changes with the pins and the kind of machine."""
    try:
        go_mod, go_sum = (tools / "go.mod").read_text(), (tools / "go.sum").read_bytes()
    except OSError as error:
        raise PulumiCliMissing(f"{error.filename}: cannot be read, expected the pins of the Pulumi CLI") from error
    match = re.search(r"^\s*(?:require )?github\.com/pulumi/pulumi/pkg/v3 v([^\s]+)", go_mod, re.MULTILINE)
    if match is None:
        raise PulumiCliMissing(f"{tools / 'go.mod'}: expected a line `github.com/pulumi/pulumi/pkg/v3 v…`")
    machine = f"{platform.system()}-{platform.machine()}".encode()
    return match.group(1), hashlib.sha256(b"\0".join([go_mod.encode(), go_sum, machine])).hexdigest()


def _is_current(executable: Path, key_file: Path, key: str) -> bool:
    return os.access(executable, os.X_OK) and key_file.exists() and key_file.read_text() == key


@contextmanager
def _one_at_a_time(lock_file: Path, report: Report) -> Iterator[None]:
    """Holds the lock of the build. The system frees it when its holder dies, so none is ever left over."""
    import fcntl

    with lock_file.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("waiting for the build of the Pulumi CLI that is going on")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _runner_for(executable: Path, ours: Path) -> Path:
    """The folder of the runner beside a CLI, as in the official releases, else `ours`, with one written into it."""
    beside = executable.resolve().parent
    if shutil.which(POLICY_RUNNER, path=str(beside)):
        return beside
    _write_policy_runner(ours)
    return ours


def _write_policy_runner(folder: Path) -> None:
    """Writes what a CLI without the Python language host starts for a Python policy pack."""
    runner = folder / POLICY_RUNNER
    if runner.exists() and runner.read_text() == RUNNER_TEXT:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=f"{POLICY_RUNNER}.", delete=False) as fresh:
        fresh.write(RUNNER_TEXT)
    Path(fresh.name).chmod(0o755)
    Path(fresh.name).replace(runner)


def main() -> int:
    """`python -m hubkeeper.engine.pulumi_cli`: finds or builds the CLI of the current project and names it."""
    try:
        cli = find_or_build(Path.cwd(), lambda line: print(f"  {line}", flush=True))
    except PulumiCliMissing as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"  Pulumi CLI {cli.version} ({cli.source}): {cli.path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
