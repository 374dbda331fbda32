#!/usr/bin/env python3
"""Times `netsite check` on the sites of make_site.py, cold, with the default theme.

    check.py [N ...] [--rounds R] [--binary PATH]

Prints the median on the clock, the processor time and the peak of memory beside the targets.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TARGETS = {1_000: 1.0, 10_000: 4.0}


def run(binary: pathlib.Path, site: pathlib.Path) -> tuple[float, float, float]:
    """Seconds on the clock, seconds of processors, and MiB of one cold check."""
    shutil.rmtree(site / ".netsite", ignore_errors=True)
    started = time.monotonic()
    process = subprocess.Popen([binary, "check", "--root", site], stderr=subprocess.PIPE, text=True)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(said)
    return elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--binary", type=pathlib.Path, default=HERE.parent / "target/release/netsite")
    arguments = parser.parse_args()
    memory = pathlib.Path("/dev/shm")
    print("| pages | clock | processor | peak | target |\n|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        for count in arguments.counts:
            root = pathlib.Path(folder) / str(count)
            make = [sys.executable, HERE / "make_site.py", str(count), root, "--only", "netsite"]
            subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
            site = root / "netsite"
            config = site / "netsite.yaml"
            kept = [line for line in config.read_text().splitlines() if not line.startswith(("theme:", "search:", "hand_outs:"))]
            config.write_text("\n".join(kept) + "\n")
            rounds = [run(arguments.binary, site) for _ in range(arguments.rounds)]
            clock, processor, peak = (statistics.median(values) for values in zip(*rounds))
            target = TARGETS.get(count)
            words = f"≤ {target:g} s" if target else ""
            print(f"| {count:,} | {clock:.2f} s | {processor:.2f} s | {peak:.0f} MiB | {words} |", flush=True)
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
