"""`hubkeeper check` beside Checkov as the estate grows: 1, 10, 50, 200 environments of three applications each.

Cold processes, each doing all it knows, taking turns; medians of wall and CPU time, the largest resident set of hubkeeper.
Run: python benchmarks/check_many_environments.py [--sizes 1,10,50] [--runs 3]
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
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
            _measure(_project_of(size, Path(folder) / "project"), Path(folder), checkov, options.runs)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"largest resident set of any of these processes: {peak} MiB")


def _project_of(size: int, folder: Path) -> Project:
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
    count = write_templates([record_environment(project, name) for name in names], templates)
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
    print(f"{len(names)} environments, {count} ARM resources")
    first = contenders[0]
    for one in contenders:
        wall, cpu = statistics.median(one.wall), statistics.median(one.cpu)
        ratios = (wall / statistics.median(first.wall), cpu / statistics.median(first.cpu))
        print(f"  {one.name:32}{wall:8.2f}{cpu:8.2f}{ratios[0]:12.2f}{ratios[1]:11.2f}", flush=True)
    done = subprocess.run([*check], capture_output=True, text=True, check=False)
    print(f"  {json.loads(done.stdout)['summary']['levels']}", flush=True)


if __name__ == "__main__":
    main()
