"""`hubkeeper check` beside Checkov as the estate grows: 1, 10, 50, 200 environments of three applications each.

Cold processes, each doing all it knows, taking turns; medians of wall and CPU time. Memory is that of a whole check, forked
processes included: the sum of their resident sets, and of their shares in it, in which what they have in common counts once.
Run: python benchmarks/check_many_environments.py [--sizes 1,10,50] [--runs 3]
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.arm_templates import write_templates  # noqa: E402
from benchmarks.check_against_peers import Contender, installed_checkov  # noqa: E402
from hubkeeper.project import Project, find_project  # noqa: E402
from hubkeeper.recording import record_environment  # noqa: E402

CODE = ("__main__.py", "Pulumi.yaml", "components", "environments", "plan", "policies", "templates")


def main() -> None:
    """Measures each size and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1,10,50,200", help="numbers of environments")
    parser.add_argument("--runs", type=int, default=3, help="runs of each command (the median counts)")
    options = parser.parse_args()
    checkov = installed_checkov()
    print(f"{'':34}{'wall s':>8}{'cpu s':>8}{'wall ratio':>12}{'cpu ratio':>11}")
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            _measure(project_of(size, Path(folder) / "project"), Path(folder), checkov, options.runs)


def project_of(size: int, folder: Path) -> Project:
    """A copy of this project with as many environments, each like prod."""
    folder.mkdir()
    for name in CODE:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    descriptions = folder / "environments"
    sound = (descriptions / "prod.yaml").read_text(encoding="utf-8")
    for shipped in descriptions.glob("*.yaml"):
        shipped.unlink()
    for number in range(size):
        (descriptions / f"e{number:03}.yaml").write_text(sound, encoding="utf-8")
    return find_project(folder)


def _measure(project: Project, folder: Path, checkov: Path, runs: int) -> None:
    names = sorted(file.stem for file in project.descriptions.glob("*.yaml"))
    templates = folder / "templates"
    templates.mkdir()
    count = resources = 0
    for name in names:
        plan = record_environment(project, name)
        resources += len(plan.resources)
        count += write_templates([plan], templates)
    check = [sys.executable, "-m", "hubkeeper.cli", "check", "--project", str(project.root), "--format", "json"]
    scan = [str(checkov), "--framework", "arm", "--skip-download", "--compact", "--quiet", "-o", "json"]
    contenders = [
        Contender("check, every plan recorded", [[*check, "--no-cache"]], (0, 1)),
        Contender("check, plans cached", [check], (0, 1)),
        Contender("checkov, ARM templates", [[*scan, "-d", str(templates)]], (0, 1)),
    ]
    contenders[1].run()  # fills the cache
    contenders[1].wall.clear(), contenders[1].cpu.clear()
    for _ in range(runs):
        for contender in contenders:
            contender.run()
    print(f"{len(names)} environments, {resources} resources of which {count} in ARM")
    first = contenders[0]
    for one in contenders:
        wall, cpu = statistics.median(one.wall), statistics.median(one.cpu)
        ratios = (wall / statistics.median(first.wall), cpu / statistics.median(first.cpu))
        print(f"  {one.name:32}{wall:8.2f}{cpu:8.2f}{ratios[0]:12.2f}{ratios[1]:11.2f}", flush=True)
    per_resource = statistics.median(first.cpu) / resources * 1e3
    rss, pss = memory_of([*check, "--no-cache"])
    print(
        f"  {per_resource:.2f} ms of CPU a resource, everything counted; memory {rss} MiB, shared parts once {pss} MiB"
    )
    done = subprocess.run([*check], capture_output=True, text=True, check=False)
    print(f"  {json.loads(done.stdout)['summary']['levels']}", flush=True)


def memory_of(command: list[str]) -> tuple[int, int]:
    """The most MiB that a command and all it forks hold at a time: resident sets, and proportional ones. Linux only."""
    most = {"Rss": 0, "Pss": 0}
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    while running.poll() is None:
        held = dict.fromkeys(most, 0)
        for process in _family(running.pid):
            try:
                for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
                    name, _, rest = line.partition(":")
                    if name in held:
                        held[name] += int(rest.split()[0]) // 1024
            except OSError:  # it has just ended
                continue
        most = {name: max(value, held[name]) for name, value in most.items()}
        time.sleep(0.05)
    return most["Rss"], most["Pss"]


def _family(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [process, *(one for child in children for one in _family(int(child)))]


if __name__ == "__main__":
    main()
