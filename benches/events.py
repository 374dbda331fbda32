#!/usr/bin/env python3
"""Times `netsite build` on this repository's own site, beside the same site with an event of 3 days, 12 rooms and 200
sessions.

    cargo build --release && python3 benches/events.py [rounds, 5] [--netsite PATH] [--keep FOLDER]

Needs Python 3.9 and Linux: every build is held to two processors. The sites lie in memory where there is room. Each
figure is the median of the rounds. `--keep` writes the site with the event to a folder and builds nothing.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")
PROCESSORS = 2
TARGET = 1.0
DAYS, ROOMS, SESSIONS = 3, 12, 200
SLOTS = ["09:45", "10:45", "11:45", "13:30", "14:30", "15:30"]
AUDIENCES = ["Radiologists", "Radiographers", "Network managers", "Service managers", "Trust executives",
             "Informatics leads", "Workforce leads", "Finance leads", "Patients", "Commissioners"]
COMMON = "status: published\nowner: team@bench.example\nlast_reviewed: 2026-01-05\nreview_by: 2030-01-05\n"


def page(title, fields):
    text = "What is said here, for whom, and what to take home from it.\n\n" * 6
    return (f"---\ntitle: {title}\nsummary: {title}, in a sentence that a list shows.\n{COMMON}"
            f"provenance: illustrative\n{fields}---\n\n## About\n\n{text}")


def later(clock, minutes):
    hours, past = divmod(int(clock[:2]) * 60 + int(clock[3:]) + minutes, 60)
    return f"{hours:02}:{past:02}"


def session(number):
    """One of the sessions: each day begins with one for everybody, then rooms fill slot by slot."""
    if number < DAYS:
        day, start, room, audiences = number, "09:00", 0, ["Everyone"]
    else:
        place = number - DAYS
        slot, room = divmod(place, ROOMS)
        day, start = slot % DAYS, SLOTS[slot // DAYS]
        audiences = sorted({AUDIENCES[(place * step) % len(AUDIENCES)] for step in (3, 7)})
    date = f"2027-05-{11 + day}"
    # Every ninth takes a longer time than those beside it.
    length = 55 if number % 9 == 5 else 45
    fields = (f"event: great-event\nstart: {date} {start}\nend: {date} {later(start, length)}\n"
              f"room: Room {room + 1:02}\nspeakers: [Speaker {number}]\naudiences: [{', '.join(audiences)}]\n")
    if number >= DAYS and number % 20 == 0 and number + 60 < SESSIONS:
        fields += f"repeats_as: session-{number + 60:03}\n"
    if number % 25 == 7:
        fields += f"changes:\n  - date: {date} 08:10\n    what: Moved to this room\n"
    return page(f"Session {number}", fields)


def add_event(content):
    rooms = "".join(f"  - name: Room {room + 1:02}\n    capacity: {40 + room * 10}\n" for room in range(ROOMS))
    fields = ("starts: 2027-05-11 09:00\nends: 2027-05-13 17:00\ntimezone: Europe/London\n"
              f"venue: A hall\nrooms:\n{rooms}")
    (content / "events/great-event.md").write_text(page("A great event", fields))
    for number in range(SESSIONS):
        (content / f"sessions/session-{number:03}.md").write_text(session(number))


def make(folder, with_event):
    shutil.copy(ROOT / "netsite.yaml", folder / "netsite.yaml")
    shutil.copytree(ROOT / "content", folder / "content")
    if with_event:
        add_event(folder / "content")


def build(netsite, folder):
    for left in ("public", ".netsite"):
        shutil.rmtree(folder / left, ignore_errors=True)
    hold = lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSORS])
    start = time.perf_counter()
    run = subprocess.run([netsite, "build", "--root", folder], preexec_fn=hold, capture_output=True, text=True)
    taken = time.perf_counter() - start
    if run.returncode != 0:
        sys.exit(run.stdout + run.stderr)
    return taken


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rounds", nargs="?", type=int, default=5)
    parser.add_argument("--netsite", default=ROOT / "target/release/netsite")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    if given.keep:
        given.keep.mkdir(parents=True)
        make(given.keep, True)
        return
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as work:
        sites = {"the site alone": Path(work) / "alone", "with the event": Path(work) / "event"}
        for name, folder in sites.items():
            folder.mkdir()
            make(folder, name == "with the event")
        times = {name: [] for name in sites}
        # In turn, so that whatever else the machine does slows both.
        for _ in range(given.rounds):
            for name, folder in sites.items():
                times[name].append(build(given.netsite, folder))
        medians = {name: statistics.median(each) for name, each in times.items()}
        for name, seconds in medians.items():
            print(f"{name:16} {seconds:6.2f} s")
        beyond = medians["with the event"] - medians["the site alone"]
        print(f"{'beyond':16} {beyond:6.2f} s (target {TARGET:.1f} s): {'met' if beyond <= TARGET else 'MISSED'}")
        sys.exit(0 if beyond <= TARGET else 1)


if __name__ == "__main__":
    main()
