// The preview in a browser, as somebody at work on a page sees it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hasNoAxeViolation } from './checks/axe.js';
import { launch, open } from './lib/browser.js';

const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const BINARY = path.resolve(process.env.NETSITE ?? path.join(REPOSITORY, 'target/debug/netsite'));

let browser;
let site;
let preview;

/** A preview that runs: `origin` is where, `end` ends it. */
function begin(root, ...options) {
  return new Promise((resolve, reject) => {
    const child = spawn(BINARY, ['serve', '--port', '0', '--root', root, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve({ origin: found[0], end: () => child.kill() });
    });
    child.on('error', reject);
    child.on('exit', () => reject(new Error(said)));
  });
}

before(async () => {
  browser = await launch();
  site = await mkdtemp(path.join(tmpdir(), 'netsite-serve-'));
  await cp(path.join(REPOSITORY, 'content'), path.join(site, 'content'), { recursive: true });
  // Below the root, as most sites of one organisation are.
  const settings = await readFile(path.join(REPOSITORY, 'netsite.yaml'), 'utf8');
  await writeFile(path.join(site, 'netsite.yaml'), settings.replace(/^base_url: .*$/m, 'base_url: https://imaging-practice.example/shared/'));
  preview = await begin(site, '--drafts', '--as-of', '2026-12-01');
});

after(async () => {
  preview?.end();
  await browser?.close();
  await rm(site, { recursive: true, force: true });
});

const file = (name) => path.join(site, 'content', name);

/** Saves as many editors do: beside the file, then over it. */
async function save(name, text) {
  await mkdir(path.dirname(file(name)), { recursive: true });
  await writeFile(`${file(name)}.saving~`, text);
  await rename(`${file(name)}.saving~`, file(name));
}

const panel = (page) => page.locator('.netsite-preview .panel');

describe('the preview', { concurrency: 1 }, () => {
  const original = {};
  beforeEach(async () => {
    for (const [name, text] of Object.entries(original)) await save(name, text);
  });

  async function edit(name, change) {
    original[name] ??= await readFile(file(name), 'utf8');
    await save(name, change(original[name]));
  }

  async function look(address, run) {
    const { page, troubles, close } = await open(browser.scripted, `${preview.origin}/shared/${address}`);
    try {
      await panel(page).waitFor({ state: 'visible' });
      await run(page);
      assert.deepEqual(troubles, []);
    } finally {
      await close();
    }
  }

  test('shows an edit where the reader is', () => look('about/', async (page) => {
    await page.evaluate(() => scrollTo(0, 600));
    await edit('about.md', (text) => `${text}\nA line that was just written.\n`);
    await page.getByText('A line that was just written.').waitFor();
    await page.waitForFunction(() => Math.abs(scrollY - 600) < 5);
  }));

  test('leaves other pages alone', () => look('contribute/', async (page) => {
    await page.evaluate(() => { globalThis.stillHere = true; });
    await edit('about.md', (text) => `${text}\nAnother line.\n`);
    await page.waitForTimeout(700);
    assert.equal(await page.evaluate(() => globalThis.stillHere), true);
  }));

  test('takes new styles without loading the page again', () => look('about/', async (page) => {
    await page.evaluate(() => { globalThis.stillHere = true; scrollTo(0, 400); });
    const styles = path.join(site, 'themes/default/static/style.css');
    const own = await (await fetch(`${preview.origin}/shared/style.css`)).text();
    await mkdir(path.dirname(styles), { recursive: true });
    await writeFile(styles, `${own}\nh1{outline:7px solid rgb(1 2 3)}`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).outlineWidth === '7px');
    assert.equal(await page.evaluate(() => globalThis.stillHere), true);
    assert.equal(await page.evaluate(() => scrollY), 400);
    await rm(path.join(site, 'themes'), { recursive: true });
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).outlineWidth !== '7px');
  }));

  test('says what is wrong over the page, until it is mended', () => look('about/', async (page) => {
    await edit('about.md', (text) => `${text}\n[more](nowhere.md)\n`);
    const problem = panel(page).locator('.problem.error');
    await problem.waitFor();
    assert.match(await problem.innerText(), /there is no file `nowhere\.md`/);
    assert.equal(await problem.locator('mark').innerText(), 'nowhere.md');
    assert.match(await problem.locator('pre').innerText(), /\^{10}/);
    await hasNoAxeViolation(page);
    await edit('about.md', (text) => text);
    await problem.waitFor({ state: 'detached' });
  }));

  test('keeps the last page that could be read', () => look('about/', async (page) => {
    const title = await page.locator('h1').innerText();
    await edit('about.md', () => '---\ntitle: [\n---\nLost.\n');
    await panel(page).locator('.problem.error').first().waitFor();
    assert.equal(await page.locator('h1').innerText(), title);
    await edit('about.md', (text) => text);
    await panel(page).locator('.problem.error').first().waitFor({ state: 'detached' });
  }));

  test('says that a draft is one, and what it needs', async () => {
    await save('case-studies/a-draft.md', '---\ntitle: A draft\nstatus: draft\n---\n\n## Problem\n\nWords.\n');
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await fetch(`${preview.origin}/shared/case-studies/a-draft/`)).ok) break;
      await new Promise((done) => setTimeout(done, 50));
    }
    await look('case-studies/a-draft/', async (page) => {
      const banner = page.locator('.netsite-preview .banner');
      await banner.waitFor();
      assert.match(await banner.innerText(), /Not published: this page is a draft/);
      // The page of this theme says what is missing, so the banner need not.
      assert.match(await page.locator('main').innerText(), /## Solution/);
      assert.doesNotMatch(await banner.innerText(), /## Solution/);
      await hasNoAxeViolation(page);
    });
    await look('about/', async (page) => {
      assert.equal(await page.locator('.netsite-preview .banner').count(), 0);
    });
    await rm(file('case-studies/a-draft.md'));
  });

  test('leads to the source of a page, and to all that is wrong', () => look('about/', async (page) => {
    await panel(page).getByRole('link', { name: 'content/about.md' }).click();
    await page.getByRole('heading', { level: 1, name: 'content/about.md' }).waitFor();
    assert.match(await page.locator('#L1').innerText(), /---/);
    await hasNoAxeViolation(page);
    await page.goto(`${preview.origin}/shared/__netsite/`);
    await page.getByRole('heading', { name: 'Problems' }).waitFor();
    await hasNoAxeViolation(page);
  }));

  test('follows the page that is edited, where that was asked for', async () => {
    const following = await begin(site, '--follow', '--as-of', '2026-12-01');
    const { page, close } = await open(browser.scripted, `${following.origin}/shared/`);
    try {
      await panel(page).waitFor({ state: 'visible' });
      await edit('contribute.md', (text) => `${text}\nFollowed.\n`);
      await page.waitForURL('**/shared/contribute/');
      await page.getByText('Followed.').waitFor();
    } finally {
      await close();
      following.end();
    }
  });
});
