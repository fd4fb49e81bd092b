"""What the policy pack adds to a preview in the real engine, for each resource: with all rules, without any pack, taking turns.

Previews of one environment on the local Azure, in a copy of the project and in one session, so that starting the local Azure and
the stack counts for neither. Wall time, and CPU time of everything that the engine starts; medians.
Run: python benchmarks/pack_in_engine.py [--environment prod] [--runs 5]
"""

import argparse
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hubkeeper.engine.session import Session, open_local  # noqa: E402
from hubkeeper.project import find_project  # noqa: E402
from hubkeeper.recording import record_environment  # noqa: E402
from policies.rules import RULES  # noqa: E402

PROJECT = ("__main__.py", "Pulumi.yaml", "components", "environments", "hubkeeper", "plan", "policies", "templates")


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--environment", default="prod", help="the environment that is previewed")
    parser.add_argument("--runs", type=int, default=5, help="previews of each kind (the median counts)")
    options = parser.parse_args()
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # as on anybody's machine
    with tempfile.TemporaryDirectory() as folder:
        for name in PROJECT:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, Path(folder) / name)
        project = find_project(Path(folder))
        count = len(record_environment(project, options.environment).resources)
        with open_local(project, options.environment, print) as session:
            runs = {True: [_measured(session, with_pack=True)], False: [_measured(session, with_pack=False)]}
            for times in runs.values():  # the first of each fills caches; it does not count
                times.clear()
            for _ in range(options.runs):
                for kind, times in runs.items():
                    times.append(_measured(session, with_pack=kind))
    print(
        f"{options.environment}: {count} resources, {len(RULES)} rules, {options.runs} previews of each kind, medians"
    )
    (wall, cpu), (bare_wall, bare_cpu) = (
        [statistics.median(column) for column in zip(*times, strict=True)] for times in runs.values()
    )
    print(f"{'':24}{'wall s':>8}{'cpu s':>8}")
    print(f"{'with the pack':24}{wall:8.2f}{cpu:8.2f}")
    print(f"{'without':24}{bare_wall:8.2f}{bare_cpu:8.2f}")
    print(f"{'added, ms a resource':24}{(wall - bare_wall) / count * 1e3:8.1f}{(cpu - bare_cpu) / count * 1e3:8.1f}")


def _measured(session: Session, *, with_pack: bool) -> tuple[float, float]:
    """Wall and CPU seconds of one preview: this process runs the program, its children are the engine and the pack."""
    before, began = _cpu(), time.perf_counter()
    session.stack.preview(policy_packs=[session.policy_pack] if with_pack else None, suppress_outputs=True)
    return time.perf_counter() - began, _cpu() - before


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
