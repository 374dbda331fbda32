#!/usr/bin/env python3
"""Times the search of sites of 1,000 and 10,000 pages: what its index costs a build, and what a query costs a reader.

    cargo build --release && npm ci --prefix tests/browser && python3 benches/search.py [SIZE ...] [--rounds N] [--netsite PATH]

Needs Python 3.9, Linux, Node and Chromium: every build is held to two processors. The sites lie in memory where there is
room. Builds with and without a search take turns, each with nothing kept, and the median counts.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
MEMORY = Path("/dev/shm")
PROCESSORS = 2
MEBIBYTE = 1024
LARGE = 10_000
# KiB of a first query, by pages; what lies between is not asked for.
FIRST_QUERY = {1_000: 60, LARGE: 80}


def make_sites(folder, size):
    """The site with a search, and the same without."""
    subprocess.run([sys.executable, BENCHES / "make_site.py", str(size), folder / "made", "--only", "netsite"], check=True)
    without, searched = folder / "made" / "netsite", folder / "searched"
    settings = (without / "netsite.yaml").read_text(encoding="utf-8").replace("theme: bench", "theme: default")
    (without / "netsite.yaml").write_text(settings, encoding="utf-8")
    shutil.copytree(without, searched, copy_function=os.link, ignore=shutil.ignore_patterns("netsite.yaml"))
    (searched / "netsite.yaml").write_text(settings.replace("search: false", "search: true"), encoding="utf-8")
    return searched, without


def build(netsite, root, output):
    """Seconds on the clock, seconds of processors, and the peak in MiB."""
    for folder in (output, root / ".netsite"):
        shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen([netsite, "build", "--root", root, "--output", output], stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            sys.exit(log.read().decode(errors="replace"))
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEBIBYTE


def row(what, measured, target="", is_met=None):
    verdict = "" if is_met is None else "met" if is_met else "MISSED"
    print(f"  {what:46}{measured:>28}  {target:16}{verdict}".rstrip())


def at_most(what, value, limit, unit, digits=0):
    row(what, f"{value:,.{digits}f} {unit}", f"≤ {limit:,} {unit}", value <= limit)


def measure(folder, size, netsite, rounds):
    sites = make_sites(folder, size)
    output = folder / "public"
    runs = ([], [])
    # The site with a search comes last, so that its output stays.
    for _ in range(rounds):
        for which in (1, 0):
            runs[which].append(build(netsite, sites[which], output))
    with_search, without = ([statistics.median(each) for each in zip(*of)] for of in runs)
    index = [path for path in (output / "search").glob("*.js") if path.name != "search.js"]
    texts = [path for path in index if path.name.startswith("t") and path.stem[1:].isdigit()]

    print(f"\n{len(texts):,} pages, median of {rounds} builds on {PROCESSORS} processors")
    is_large = size >= LARGE
    cpu = with_search[1] - without[1]
    rate = len(texts) / cpu if cpu > 0 else float("inf")
    row("index, pages a second of one processor", f"{rate:,.0f}", "≥ 3,300" if is_large else "", rate >= 3_300 if is_large else None)
    memory = with_search[2] - without[2]
    row("index, memory beside the build", f"{memory:,.0f} MiB", "≤ 150 MiB", memory <= 150)
    at_most("index, files beside the pages' texts", len(index) - len(texts), 1_500, "files")
    sizes = [sum(path.stat().st_size for path in of) / 1e6 for of in (set(index) - set(texts), texts)]
    row("index, texts of pages", f"{sizes[0]:.1f} MB, {sizes[1]:.1f} MB")
    for name, (wall, seconds, peak) in (("whole build", with_search), ("  without search", without)):
        row(name, f"{wall:.2f} s, CPU {seconds:.2f} s, {peak:,.0f} MiB")
    if is_large:
        at_most("whole build on the clock", with_search[0], 3.8, "s", 2)
        at_most("whole build, memory", with_search[2], 450, "MiB")

    answer = subprocess.run(["node", BENCHES / "search.js", output], check=True, capture_output=True, text=True)
    cost = json.loads(answer.stdout)
    limit = FIRST_QUERY.get(size)
    for at, name in enumerate(("median", "most")):
        value = cost["kilobytes"][at]
        row(f"first query of 8 results, gzipped, {name}", f"{value:.1f} KiB", f"≤ {limit} KiB" if limit else "", value <= limit if limit else None)
        at_most(f"first query, requests, {name}", cost["requests"][at], 14, "requests")
    row("queries that found nothing", f"{cost['empty']} of {cost['queries']}", "0", cost["empty"] == 0)
    print(f"  {cost['keys']} keys, a processor four times slower:")
    at_most("key, all loaded before, p50", cost["warm"][0], 16, "ms", 1)
    at_most("key, all loaded before, p95", cost["warm"][1], 60, "ms", 1)
    row("key, nothing loaded before, p50", f"{cost['cold'][0]:.1f} ms")
    at_most("key, nothing loaded before, p95", cost["cold"][1], 200, "ms", 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="numbers of case studies (default: 1000 10000)")
    parser.add_argument("--rounds", type=int, default=3, help="builds of each site")
    parser.add_argument("--netsite", type=Path, default=ROOT / "target" / "release" / "netsite", metavar="PATH", help="the binary to measure")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSORS])
    place = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
    print(f"work {'in memory' if place else 'on a disk'}, load of the machine {os.getloadavg()[0]:.1f} at the start")
    for size in options.sizes or [1_000, LARGE]:
        with tempfile.TemporaryDirectory(prefix="netsite-search-", dir=place) as folder:
            measure(Path(folder), size, options.netsite.resolve(), options.rounds)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    main()
