#!/usr/bin/env python3
"""Times `netsite build` on a site of photos of 12 million pixels: cold, with what was made kept, and with nothing changed.

    cargo build --release && python3 benches/images.py [photos, 100]

Needs Python 3.9 with numpy and Pillow. Each photo is noise of every scale, as large as a phone's and about as hard to encode.
"""

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 4032, 3024
FIELDS = "status: published\nowner: team@bench.example\nlast_reviewed: 2026-01-05\nreview_by: 2030-01-05\n"


def field(random):
    """Noise of every scale, the coarse strongest."""
    total = numpy.zeros((HEIGHT, WIDTH), numpy.float32)
    across, weight = 4, 1.0
    while across < WIDTH:
        grid = random.normal(0, 1, (max(2, across * HEIGHT // WIDTH), across)).astype(numpy.float32)
        total += weight * numpy.asarray(Image.fromarray(grid).resize((WIDTH, HEIGHT), Image.BICUBIC))
        across, weight = across * 2, weight * 0.6
    return total


def photo():
    random = numpy.random.default_rng(1)
    light, tint = field(random), field(random)
    picture = numpy.stack([light + 0.4 * tint, light - 0.1 * tint, light - 0.4 * tint], -1)
    picture = (picture - picture.mean()) / picture.std() * 50 + 120 + random.normal(0, 3, picture.shape)
    return numpy.clip(picture, 0, 255).astype(numpy.uint8)


def write_site(root, count):
    content = root / "content"
    content.mkdir(parents=True)
    (root / "netsite.yaml").write_text("title: Photos\n")
    original = photo()
    for number in range(count):
        # Moved along, each is another picture of the same kind.
        picture = Image.fromarray(numpy.roll(original, number * 37, axis=1))
        picture.save(content / f"photo-{number}.jpg", quality=88)
        title = f"---\ntitle: Photo {number}\nsummary: One of many photos.\n{FIELDS}---\n\n"
        (content / f"page-{number}.md").write_text(f"{title}![Noise of every scale](photo-{number}.jpg)\n")


def build(root, what):
    started = time.monotonic()
    command = [str(ROOT / "target/release/netsite"), "build", "--root", str(root)]
    silent = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ, file_actions=silent), 0)
    if status != 0:
        sys.exit("the build failed")
    wall, used = time.monotonic() - started, usage.ru_utime + usage.ru_stime
    print(f"{what:32} {wall:8.2f} s {used:8.2f} s of processors, at most {usage.ru_maxrss // 1024} MiB", flush=True)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory(prefix="netsite-images-") as folder:
        root = Path(folder) / "site"
        # In a process of its own: what a process has used is counted for those that it starts.
        writer = multiprocessing.Process(target=write_site, args=(root, count))
        writer.start()
        writer.join()
        size = sum(file.stat().st_size for file in root.rglob("*.jpg"))
        print(f"{count} photos, {size / 1e6:.0f} MB")
        build(root, "cold")
        made = sum(file.stat().st_size for file in (root / "public").glob("*.webp"))
        shutil.rmtree(root / "public")
        build(root, "what was made is kept")
        (root / "content/page-0.md").write_text((root / "content/page-0.md").read_text() + "\nOne more line.\n")
        build(root, "one page edited")
        build(root, "nothing changed")
        print(f"made: {made / 1e6:.1f} MB")


main()
