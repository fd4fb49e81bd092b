"""`hubkeeper runbook` as the estate grows: 10, 50, 200 environments of three applications each.

A cold process writes all pages, a second one finds them all unchanged. Wall and CPU time, and memory of all its processes together:
the sum of their resident sets, and of their shares in it, in which what they have in common counts once.
Run: python benchmarks/render_many_environments.py [--sizes 10,50,200]
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.check_many_environments import memory_of, project_of  # noqa: E402


def main() -> None:
    """Measures each size and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,50,200", help="numbers of environments")
    options = parser.parse_args()
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # as on anybody's machine
    print(f"{'':34}{'wall s':>8}{'cpu s':>8}{'MiB':>8}{'shared once':>13}")
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            project = project_of(size, Path(folder) / "project")
            command = [sys.executable, "-m", "hubkeeper.cli", "runbook", "--project", str(project.root)]
            for what in ("written", "unchanged"):
                wall, cpu, told = _timed([*command, "--out", str(Path(folder) / "pages")])
                held = (
                    memory_of([*command, "--out", str(Path(folder) / f"again-{what}")]) if what == "written" else None
                )
                held_text = f"{held[0]:8}{held[1]:13}" if held else ""
                print(f"{f'{size} environments, {what}':34}{wall:8.2f}{cpu:8.2f}{held_text}   {told}", flush=True)


def _timed(command: list[str]) -> tuple[float, float, str]:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout.partition(" in ")[0]


if __name__ == "__main__":
    main()
