"""How much CPU a recording costs per resource, from 25 to 300 resources: the SDK as it is against our shortcuts.

Run `python benchmarks/record.py`. Both ways are measured in turn in one process, after a warm-up that pays for
imports. Collecting a recording's garbage is counted into it: what it leaves behind is part of its price.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SIZES: Final = (25, 75, 150, 300)


def measure(size: int, shortcuts: bool) -> float:
    """CPU milliseconds per resource of one recording."""
    from benchmarks.environment import environment
    from plan import record

    program = environment(size)
    gc.collect()
    gc.freeze()  # what was there before, mostly the SDK's modules, is not this recording's garbage
    begin = time.process_time()
    plan = record(program, project="bench", stack="bench", project_root=ROOT, shortcuts=shortcuts)
    count = len(plan.resources)
    del plan
    gc.collect()
    used = time.process_time() - begin
    gc.unfreeze()
    return used / count * 1e3


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="CPU of a recording per resource: stock SDK against shortcuts.")
    parser.add_argument("--runs", type=int, default=3, help="runs of each kind and size (default 3)")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="resources, multiples of 25")
    options = parser.parse_args()
    for shortcuts in (False, True):
        measure(SIZES[0], shortcuts)
    print("CPU milliseconds per resource, medians")
    print(f"{'resources':>9} {'stock':>8} {'shortcuts':>10} {'ratio':>7}")
    for size in options.sizes:
        runs = [(measure(size, shortcuts=False), measure(size, shortcuts=True)) for _ in range(options.runs)]
        stock, short = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"{size:>9} {stock:>8.2f} {short:>10.2f} {stock / short:>6.1f}x", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
