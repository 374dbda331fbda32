#!/usr/bin/env python3
"""Times `netsite build` on sites whose pages have a drawing each, beside the same pages without one.

    cargo build --release && python3 benches/pathways.py [rounds, 5] [--netsite PATH]

Needs Python 3.9 and Linux: every build is held to two processors. The sites lie in memory where there is room. Each
figure is the median of the rounds. `cargo bench --bench pathways` times single drawings.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")
PROCESSORS = 2
TARGET = 0.5
FIELDS = "owner: team@bench.example\nlast_reviewed: 2026-01-05\nreview_by: 2030-01-05\n"
TEXT = "A patient comes, is seen, has a scan and goes home with a report that the ward can read.\n\n" * 12
PATHWAY_BODY = f"## Steps\n\n{TEXT}## Known differences\n\nNone.\n"


def small(number):
    """A flowchart of six nodes; no two are the same."""
    return f"""flowchart TD
    accTitle: Way {number}
    accDescr: From a request to a report.
    A([Request from ward {number}]) --> B{{Is it urgent?}}
    B -- Yes --> C[Scan within 6 hours]
    B -- No --> D[Wait for a place on list {number % 7}]
    C --> E[Report by the team of site {number % 97}]
    D --> E
    E --> F([Back to the ward])
"""


def in_lanes(number):
    """A flowchart of 21 nodes in three lanes."""
    lines = ["flowchart TD", f"    accTitle: Way {number}", "    accDescr: Through three organisations."]
    for lane, name in enumerate(["Referring trust", f"Hub {number}", "Specialist centre"]):
        lines.append(f'    subgraph lane{lane}["{name}"]')
        steps = ["([Patient {n}])", "[History is taken]", "{{Is a scan needed?}}", "[Scan within {n} hours]",
                 "[Images are sent]", "[Report is read by team {n}]", "([Patient goes home])"]
        lines += [f"        n{lane}{step}{words.format(n=number % 89)}".replace("{{", "{").replace("}}", "}")
                  for step, words in enumerate(steps)]
        lines += [f"        n{lane}{step} --> n{lane}{step + 1}" for step in range(6)]
        lines.append("    end")
    lines += ["    n02 -- No --> n10", "    n12 -- No --> n20", "    n14 --> n23", "    n25 --> n11", "    n05 --> n15"]
    return "\n".join(lines) + "\n"


def indented(text):
    return "".join(f"  {line}\n" for line in text.splitlines())


def pathway(number, chart):
    diagram = f"diagram: |\n{indented(chart(number))}" if chart else ""
    more = "description: From a request to a report.\nverification: agreed\n"
    return f"title: Way {number}\nsummary: One of many ways.\n{diagram}{more}", PATHWAY_BODY


def plain(number, chart):
    fence = f"```mermaid\n{chart(number)}```\n" if chart else ""
    return f"title: Page {number}\nsummary: One of many pages.\n", f"{TEXT}{fence}"


def write_site(root, count, page, chart, folder):
    content = root / "content" / folder
    content.mkdir(parents=True)
    (root / "netsite.yaml").write_text("title: Ways\nbase_url: https://bench.example/\n")
    for number in range(count):
        front_matter, body = page(number, chart)
        # A pathway that is published needs its drawing, so these are in review, and drafts are built.
        (content / f"way-{number}.md").write_text(f"---\n{front_matter}status: in-review\n{FIELDS}---\n\n{body}")


def build(netsite, root):
    """The seconds that pass, and those of all processors."""
    started = time.monotonic()
    command = [netsite, "build", "--drafts", "--root", str(root)]
    silent = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    _, status, usage = os.wait4(os.posix_spawn(netsite, command, os.environ, file_actions=silent), 0)
    if status != 0:
        sys.exit("the build failed")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime


def forget(root, *names):
    for name in names:
        shutil.rmtree(root / name, ignore_errors=True)


def edit(root, folder):
    page = root / "content" / folder / "way-0.md"
    page.write_text(page.read_text() + "\nOne more line.\n")


def measure(netsite, root, folder):
    """What each way to build takes, by its name."""
    took = {}
    forget(root, "public", ".netsite")
    took["cold"] = build(netsite, root)
    took["nothing changed"] = build(netsite, root)
    edit(root, folder)
    took["one page edited"] = build(netsite, root)
    forget(root, "public")
    took["drawings kept, `public/` anew"] = build(netsite, root)
    return took


def median(rounds, case, which):
    return statistics.median(took[case][which] for took in rounds)


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rounds", nargs="?", type=int, default=5)
    arguments.add_argument("--netsite", default=str(ROOT / "target/release/netsite"))
    arguments = arguments.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSORS])
    sites = [
        ("1,000 pathways of 6 nodes", 1000, pathway, small, "pathways", TARGET),
        ("1,000 pages with a fence of 6 nodes", 1000, plain, small, "guides", TARGET),
        ("300 pathways of 21 nodes in 3 lanes", 300, pathway, in_lanes, "pathways", None),
    ]
    row("pages", "build", "with", "without", "difference", "target", "CPU with", "CPU without", "CPU difference")
    row("---", "---", *["--:"] * 7)
    place = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 1 << 30 else None
    for name, count, page, chart, folder, target in sites:
        with tempfile.TemporaryDirectory(prefix="netsite-pathways-", dir=place) as work:
            drawn, bare = Path(work) / "drawn", Path(work) / "bare"
            write_site(drawn, count, page, chart, folder)
            write_site(bare, count, page, None, folder)
            # In turns, so that other work on the machine slows both alike.
            both = [(drawn, folder), (bare, folder)]
            rounds = [[measure(arguments.netsite, *site) for site in both] for _ in range(arguments.rounds)]
            with_drawings, without = zip(*rounds)
            for case in rounds[0][0]:
                figures = [(median(with_drawings, case, which), median(without, case, which)) for which in (0, 1)]
                cells = [[f"{more:.3f} s", f"{less:.3f} s", f"{more - less:.3f} s"] for more, less in figures]
                aim = f"≤ {target} s" if target and case == "cold" else ""
                row(name, case, *cells[0], aim, *cells[1])


main()
