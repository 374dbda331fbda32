#!/usr/bin/env python3
"""Times the preview: from saving a file until its new bytes come over HTTP, at 1,000 and 10,000 pages.

    serve.py [SIZE ...] [--rounds N] [--netsite PATH] [--work DIR]

Each edit is made to a file as an editor saves it, and the page is asked for again and again until it holds what was
written; what is printed is the median and the worst. Beside it stands what a build of the same site takes, made in the
same run. Exits with 1 where something that must follow an edit (a list, a feed, a neighbour) does not.
"""

import argparse
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
PATIENCE = 60
# Milliseconds; the body edit at 1,000 pages is asked for as well.
TARGETS = {
    ("words", 1_000): 40,
    ("words", 10_000): 60,
    ("title", 10_000): 250,
    ("template", 10_000): 150,
}
MEMORY_TARGET = 500


class Preview:
    """A running preview of a site."""

    def __init__(self, binary, site):
        self.process = subprocess.Popen(
            [binary, "serve", "--root", site, "--port", "0"], stderr=subprocess.PIPE, text=True)
        began = time.perf_counter()
        for line in self.process.stderr:
            found = re.search(r"http://127\.0\.0\.1:(\d+)(/\S*)", line)
            if found:
                break
        else:
            sys.exit("the preview did not begin")
        self.started = time.perf_counter() - began
        self.port, self.base = int(found[1]), found[2]
        # Its words are let go, so that it never waits for a reader.
        import threading
        threading.Thread(target=lambda: self.process.stderr.read(), daemon=True).start()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, path):
        self.connection.request("GET", self.base + path)
        return self.connection.getresponse().read().decode("utf-8", "replace")

    def until(self, path, words):
        began = time.perf_counter()
        while words not in self.get(path):
            if time.perf_counter() - began > PATIENCE:
                sys.exit(f"/{path} never held {words!r}")

    def peak_memory(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def close(self):
        self.process.kill()
        self.process.wait()


def save(path, text):
    """As many editors do: beside the file, then over it."""
    unfinished = path.with_name(f".{path.name}.saving")
    unfinished.write_text(text)
    os.replace(unfinished, path)


def measure(rounds, edit):
    times = []
    for number in range(rounds):
        # The preview is idle when a writer saves.
        time.sleep(0.05)
        began = time.perf_counter()
        edit(number)
        times.append((time.perf_counter() - began) * 1000)
    return times


def run(binary, site, size, rounds):
    page = sorted((site / "content/case-studies").glob("*.md"))[7]
    address = f"case-studies/{page.stem}/"
    text = page.read_text()
    title = re.search(r"^title: (.*)$", text, re.MULTILINE)[1].strip('"')
    build = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=site.parent) as output:
        subprocess.run([binary, "build", "--root", site, "--output", f"{output}/public"], check=True, stderr=subprocess.DEVNULL)
    build = time.perf_counter() - build
    shutil.rmtree(site / ".netsite", ignore_errors=True)
    preview = Preview(binary, site)
    results = {}

    def words(number):
        save(page, f"{text}\nWords of round {number}.\n")
        preview.until(address, f"Words of round {number}.")

    def titled(number):
        save(page, text.replace(f"{title}", f"{title} {number}", 1))
        preview.until(address, f"{title} {number}")

    base = site / "themes/bench/templates/frame.html"
    template = base.read_text()

    def templated(number):
        save(base, template.replace("</body>", f"<!-- round {number} --></body>"))
        preview.until(address, f"round {number}")

    results["words"] = measure(rounds, words)
    results["title"] = measure(rounds, titled)
    last = f"{title} {rounds - 1}"
    for path in ("feed.xml", ):
        if title in preview.get(path) and last not in preview.get(path):
            sys.exit(f"/{path} does not follow the title")
    save(page, text)
    preview.until(address, title)
    results["template"] = measure(rounds, templated)
    save(base, template)
    results["memory"] = preview.peak_memory()
    results["started"] = preview.started
    results["build"] = build
    preview.close()
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", metavar="SIZE", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--netsite", default=ROOT / "target/release/netsite")
    parser.add_argument("--work", type=Path, default=Path("/dev/shm"))
    arguments = parser.parse_args()
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="netsite-serve-", dir=arguments.work) as folder:
            subprocess.run([sys.executable, BENCHES / "make_site.py", str(size), folder, "--only", "netsite"], check=True, stdout=subprocess.DEVNULL)
            results = run(arguments.netsite, Path(folder) / "netsite", size, arguments.rounds)
        print(f"{size:,} pages: first page after {results['started']:.2f} s (a build takes {results['build']:.2f} s)")
        for name in ("words", "title", "template"):
            times = results[name]
            target = TARGETS.get((name, size))
            told = f", target {target} ms" if target else ""
            print(f"  {name:9} median {statistics.median(times):6.1f} ms, worst {max(times):6.1f} ms{told}")
        told = f", target {MEMORY_TARGET} MB" if size == 10_000 else ""
        print(f"  peak memory {results['memory']:.0f} MiB{told}")


if __name__ == "__main__":
    main()
