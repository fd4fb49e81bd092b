"""`hubkeeper check` of the shipped estate beside Checkov on equivalent ARM templates and beside the engine's own preview.

One run, whole commands, process start included; the commands take turns, so that a busy machine is busy for all. Medians and
ratios of wall and CPU time. Checkov stands in an environment of its own (requirements/peers.txt), which this makes.
Run: python benchmarks/check_against_peers.py [--runs 7]
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.arm_templates import write_templates  # noqa: E402
from environments import load_estate  # noqa: E402
from hubkeeper.project import find_project  # noqa: E402
from hubkeeper.recording import record_environment  # noqa: E402

PEERS = ROOT / ".hubkeeper" / "peers"


@dataclass
class Contender:
    """One command, the exit codes that are no failure, and what its runs took in seconds."""

    name: str
    commands: Sequence[Sequence[str]]
    codes: tuple[int, ...] = (0,)
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Runs the commands one after the other and keeps the sum of their times."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        for command in self.commands:
            # with bytecode on both sides, as on anybody's machine: the peers' was written when they were installed
            environ = {**os.environ, "CI": "true", "PYTHONDONTWRITEBYTECODE": ""}
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environ)
            if done.returncode not in self.codes:
                raise SystemExit(f"{self.name}: exit {done.returncode}\n{done.stderr[-2000:]}{done.stdout[-2000:]}")
        self.wall.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, help="runs of each command (the median counts)")
    runs = parser.parse_args().runs
    checkov = installed_checkov()
    project = find_project(ROOT)
    environments = list(load_estate(project.descriptions).environments)
    command = [sys.executable, "-m", "hubkeeper.cli"]
    with tempfile.TemporaryDirectory() as folder:
        count = write_templates([record_environment(project, name) for name in environments], Path(folder))
        scan = [
            str(checkov),
            "--framework",
            "arm",
            "--skip-download",
            "--compact",
            "--quiet",
            "-o",
            "json",
            "-d",
            folder,
        ]
        contenders = [
            Contender(
                "hubkeeper check, every plan recorded", [[*command, "check", "--no-cache", "--format", "json"]], (0, 1)
            ),
            Contender("hubkeeper check, plans cached", [[*command, "check", "--format", "json"]], (0, 1)),
            Contender("checkov, ARM templates", [scan], (0, 1)),
            Contender(
                f"hubkeeper preview --local, {len(environments)} environments",
                [[*command, "preview", name, "--local"] for name in environments],
            ),
        ]
        for contender in contenders:  # a first run fills caches of the file system and of plans; it does not count
            contender.run()
            contender.wall.clear(), contender.cpu.clear()
        for turn in range(runs):
            print(f"run {turn + 1} of {runs}", file=sys.stderr)
            for contender in contenders:
                contender.run()
    version = subprocess.run([checkov, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{len(environments)} environments, {count} ARM resources, {runs} runs, medians; checkov {version}")
    _table(contenders)


def _table(contenders: Sequence[Contender]) -> None:
    print(f"{'':52}{'wall s':>8}{'cpu s':>8}{'wall ratio':>12}{'cpu ratio':>11}")
    first = contenders[0]
    for one in contenders:
        wall, cpu = statistics.median(one.wall), statistics.median(one.cpu)
        ratios = (wall / statistics.median(first.wall), cpu / statistics.median(first.cpu))
        print(f"{one.name:52}{wall:8.2f}{cpu:8.2f}{ratios[0]:12.2f}{ratios[1]:11.2f}")
    figures = {one.name: {"wall": one.wall, "cpu": one.cpu} for one in contenders}
    file = ROOT / ".hubkeeper" / "benchmarks" / "check_against_peers.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def installed_checkov() -> Path:
    """Where Checkov is; installed now if it is not there."""
    found = PEERS / "bin" / "checkov"
    if not found.exists():
        print("installing the peers into .hubkeeper/peers, once", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        pins = ROOT / "requirements" / "peers.txt"
        subprocess.run([PEERS / "bin" / "pip", "install", "--quiet", "--require-hashes", "-r", pins], check=True)
    return found


if __name__ == "__main__":
    main()
