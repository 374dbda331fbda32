#!/usr/bin/env python3
"""Times `netsite pack` beside `netsite build` on the site of the main bench, with its own theme and with the default one,
which brings the search.

    cargo build --release && python3 benches/pack.py [pages, 10000] [--rounds 3] [--netsite PATH]

Needs Python 3.9 and Linux: every run is held to two processors. The sites lie in memory where there is room. Each figure is
the median of the rounds.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")
PROCESSORS = 2
TARGET = 8.0
MEGABYTE = 1_000_000


def run(command):
    """The seconds that pass, those of all processors, and the most memory in bytes."""
    started = time.monotonic()
    silent = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ, file_actions=silent), 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} failed")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def forget(root):
    for name in ("public", ".netsite"):
        shutil.rmtree(root / name, ignore_errors=True)


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def shown(name, rounds, size, target):
    took, busy, memory = (statistics.median(figures) for figures in zip(*rounds))
    row(name, f"{took:.2f} s", f"{busy:.2f} s", f"{memory / MEGABYTE:.0f} MB", size, target)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pages", nargs="?", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--netsite", default=str(ROOT / "target/release/netsite"))
    arguments = arguments.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSORS])
    place = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 3 << 30 else None
    with tempfile.TemporaryDirectory(prefix="netsite-pack-", dir=place) as work:
        make = [sys.executable, str(ROOT / "benches/make_site.py"), str(arguments.pages), work, "--only", "netsite"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        root = Path(work) / "netsite"
        settings = (root / "netsite.yaml").read_text()
        row("", "on the clock", "processors", "memory", "file", "target")
        row("---", *["--:"] * 5)
        for theme, text in [("", settings), (", default theme", settings.replace("search: false\nhand_outs: false\ntheme: bench\n", ""))]:
            (root / "netsite.yaml").write_text(text)
            output = Path(work) / "pack.zip"
            builds, packs = [], []
            for _ in range(arguments.rounds):
                forget(root)
                builds.append(run([arguments.netsite, "build", "--root", str(root)]))
                forget(root)
                packs.append(run([arguments.netsite, "pack", "--root", str(root), "--output", str(output)]))
            with zipfile.ZipFile(output) as archive:
                files = len(archive.infolist())
            size = f"{output.stat().st_size / MEGABYTE:.1f} MB, {files:,} files"
            shown(f"build of {arguments.pages:,} pages{theme}", builds, "", "")
            shown(f"pack of them{theme}", packs, size, f"≤ {TARGET:.0f} s" if arguments.pages == 10_000 else "")
            output.unlink()


main()
