// Builds the two sites that the tests look at: this repository's own, and the fixture in `site/`, which has a page of
// every kind with every field. Both are built for one fixed day, so that nothing is overdue tomorrow that is not today.

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { largeEvent } from './event.js';

const HERE = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const REPOSITORY = path.resolve(HERE, '../..');
export const BINARY = path.resolve(process.env.NETSITE ?? path.join(REPOSITORY, 'target/debug/netsite'));
const AS_OF = '2026-12-01';
// A listing has 50 a page, so these make a second page.
const MANY = 60;

/** A published folder: `files` are its paths, `remove` takes it away. */
class Published {
  constructor(name, temporary, files) {
    this.name = name;
    this.folder = path.join(temporary, 'public');
    this.files = files;
    this.remove = () => rm(temporary, { recursive: true, force: true });
  }

  /** A file named as its folder is a copy of a document, to be taken away, and no page. */
  get pages() {
    const isCopy = (file) => path.basename(file, '.html') === path.basename(path.dirname(file));
    return this.files.filter((file) => file.endsWith('.html') && !isCopy(file));
  }

  read(file) {
    return readFile(path.join(this.folder, file), 'utf8');
  }
}

async function build(name, prepare, options) {
  const temporary = await mkdtemp(path.join(tmpdir(), 'netsite-browser-'));
  const root = path.join(temporary, 'site');
  await mkdir(root);
  await prepare(root);
  const output = path.join(temporary, 'public');
  await promisify(execFile)(BINARY, ['build', '--root', root, '--output', output, '--as-of', AS_OF, ...options]);
  const found = await readdir(output, { recursive: true });
  return new Published(name, temporary, found.sort());
}

export function buildRealSite() {
  return build('real', async (root) => {
    await cp(path.join(REPOSITORY, 'netsite.yaml'), path.join(root, 'netsite.yaml'));
    await cp(path.join(REPOSITORY, 'content'), path.join(root, 'content'), { recursive: true });
  }, []);
}

export function buildFixture() {
  return build('fixture', async (root) => {
    await cp(path.join(HERE, 'site'), root, { recursive: true });
    for (let number = 1; number <= MANY; number += 1) {
      await writeFile(path.join(root, `content/lessons/one-of-many-${number}.md`), lesson(number));
    }
  }, ['--drafts']);
}

/** A site of plain pages: `title`, `text` below headings, and what else stands at the top of its file, by their names. */
export function buildPages(settings, pages) {
  return build('pages', async (root) => {
    await writeFile(path.join(root, 'netsite.yaml'), settings);
    await mkdir(path.join(root, 'content'));
    for (const [name, { title, text, more = '' }] of Object.entries(pages)) {
      await writeFile(path.join(root, 'content', `${name}.md`), plain(title, text, more));
    }
  }, []);
}

function plain(title, text, more) {
  return `---
title: ${JSON.stringify(title)}
summary: "…"
status: published
owner: sharing@test.example
last_reviewed: 2026-11-01
review_by: 2027-11-01
${more}---

${text}
`;
}

/** A site with one large event and no other pages. */
export function buildLargeEvent(event = {}, options = []) {
  return build('large event', async (root) => {
    await writeFile(path.join(root, 'netsite.yaml'), 'title: Large\nlanguage: en-GB\ntimezone: Europe/London\ntheme: default\nbase_url: https://large.example/\n');
    for (const [file, text] of largeEvent(event)) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), text);
    }
  }, options);
}

function lesson(number) {
  return `---
title: Lesson ${number} of many
summary: One of the lessons that fill a second page.
status: published
owner: sharing@test.example
last_reviewed: 2026-11-01
review_by: 2027-11-01
themes: [Leadership]
audience: [Trust boards]
---

Wait.
`;
}
