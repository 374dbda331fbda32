// Packs are opened from their folders, as somebody with a stick does: every page, every link, the search and the filling-in,
// with no server and no network.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hasNoAxeViolation } from './checks/axe.js';
import { doesNotScrollSideways } from './checks/layout.js';
import { launch } from './lib/browser.js';
import { FIXTURE, REAL, pack, packSingleFile } from './lib/packs.js';

const WEBSITE = 'https://imaging-practice.example/';

let browser;
const packs = {};

before(async () => {
  // First, so that it is closed also where a pack cannot be made.
  browser = await launch();
  const [whole, event, bare, ahead] = await Promise.all([
    pack(REAL),
    pack(REAL, '--event', 'sharing-event-2018'),
    pack(FIXTURE, '--select', 'kind:case-study'),
    pack(FIXTURE, '--event', 'sharing'),
  ]);
  Object.assign(packs, { whole, event, bare, ahead });
});

after(async () => {
  await browser?.close();
  await Promise.all(Object.values(packs).map((each) => each.remove()));
});

/** Opens a file of a pack; `troubles` are console messages, policies broken, and requests that fail or leave the folder. */
async function open({ folder }, file, query = '') {
  const page = await browser.scripted.newPage();
  const troubles = [];
  const inside = `${pathToFileURL(folder).href}/`;
  page.on('console', (message) => troubles.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    // What a page was still loading when it led on has not failed.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
      troubles.push(`failed: ${request.url()}`);
    }
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(inside)) {
      troubles.push(`elsewhere: ${request.url()}`);
    }
  });
  const go = (to, asked = '') => page.goto(`${pathToFileURL(path.join(folder, to)).href}${asked}`, { waitUntil: 'load' });
  await go(file, query);
  return { page, troubles, go, close: () => page.close() };
}

/** A copy of a document, named as its folder, is taken elsewhere and is no page of the pack. */
const isPage = (file) => file.endsWith('.html') && path.basename(file, '.html') !== path.basename(path.dirname(file));

/** What a page leads to and loads, and what it can be led to. */
async function looked() {
  const images = [...document.images];
  await Promise.all(images.map((image) => {
    image.loading = 'eager';
    return image.decode().catch(() => {});
  }));
  const addresses = [];
  for (const element of document.querySelectorAll('[href], [src], form[action], svg a')) {
    for (const name of ['href', 'xlink:href', 'src', 'action']) {
      const written = element.getAttribute(name);
      if (written !== null) {
        const resolved = new URL(written, location.href).href;
        const isLink = /^a|area$/i.test(element.tagName);
        const said = element.textContent + (element.querySelector('title')?.textContent ?? '');
        addresses.push({ resolved, isLink, rel: element.getAttribute('rel') ?? '', said, tag: element.outerHTML.slice(0, 200) });
      }
    }
  }
  return {
    addresses,
    ids: [...document.querySelectorAll('[id]')].map((element) => element.id),
    modules: document.querySelectorAll('script[type=module]').length,
    images: images.filter((image) => !image.naturalWidth).length,
    broken: globalThis.policyBroken,
  };
}

describe('every page of a pack', { concurrency: 3 }, () => {
  for (const name of ['whole', 'event', 'bare']) {
    test(name, async () => {
      const held = packs[name];
      const files = new Set(held.files);
      const ids = new Map();
      const wanted = [];
      const inside = `${pathToFileURL(held.folder).href}/`;
      const { page, troubles, go, close } = await open(held, 'index.html');
      for (const file of held.files.filter(isPage)) {
        const text = await readFile(path.join(held.folder, file), 'utf8');
        const leadsOn = text.match(/http-equiv="refresh" content="0; url=([^"]*)"/);
        if (leadsOn) {
          // It would be gone before it could be looked at.
          const target = path.posix.join(path.posix.dirname(file), decodeURIComponent(leadsOn[1]));
          assert.ok(files.has(target), `${file} leads on to nothing: ${target}`);
          continue;
        }
        await go(file);
        const found = await page.evaluate(looked);
        assert.deepEqual(troubles, [], file);
        assert.equal(found.images, 0, `${file} has images that do not show`);
        assert.equal(found.modules, 0, file);
        assert.doesNotMatch(text, /(href|src|action)="\//, file);
        assert.deepEqual(found.broken ?? [], [], file);
        ids.set(file, new Set(found.ids));
        for (const address of found.addresses) {
          const { resolved, isLink, rel, said, tag } = address;
          if (/^(mailto|tel|data|blob):/.test(resolved)) {
            continue;
          }
          if (/^https?:/.test(resolved)) {
            assert.ok(isLink, `${file} loads from outside: ${tag}`);
            assert.match(rel, /\bexternal\b/, `${file}: ${tag}`);
            assert.match(said, /\((online|on the website)\)/, `${file}: ${tag}`);
            continue;
          }
          assert.ok(resolved.startsWith(inside), `${file} leads out of the folder: ${tag}`);
          const [target, fragment] = decodeURIComponent(resolved.slice(inside.length)).split('#');
          assert.ok(files.has(target.split('?')[0]), `${file} leads to nothing: ${tag}`);
          wanted.push([file, target.split('?')[0], fragment, tag]);
        }
      }
      await close();
      for (const [file, target, fragment, tag] of wanted) {
        if (fragment && ids.has(target)) {
          assert.ok(ids.get(target).has(fragment), `${file} leads to no place on its page: ${tag}`);
        }
      }
      assert.ok(ids.size > 20, `${ids.size} pages`);
    });
  }
});

test('the search, its filters and its results work in a folder', async () => {
  const { page, troubles, close } = await open(packs.whole, 'case-studies/index.html');
  const field = page.locator('header [role=search] input');
  await field.pressSequentially('stro');
  await page.getByRole('option').first().waitFor();
  await field.press('Escape');
  await field.fill('home reporting');
  await field.press('Enter');
  await page.waitForURL(/search\/index\.html\?q=home\+reporting/);
  await page.locator('.hits li').first().waitFor();
  const facet = page.locator('.facets input[name=kind][value=case-study]');
  await facet.waitFor();
  const before = await page.locator('h2').first().innerText();
  await facet.check();
  await page.waitForFunction((text) => document.querySelector('h2').innerText !== text, before);
  await page.locator('.hits a[href*="devon-home-reporting"]').first().click();
  await page.waitForURL(/case-studies\/devon-home-reporting\/index\.html/);
  assert.match(await page.title(), /reporting/i);
  assert.deepEqual(troubles, []);
  await close();
});

test('lists, counts, facets and the search of a part speak of that part only', async () => {
  const { page, close } = await open(packs.event, 'search/index.html', '?q=');
  await page.locator('.hits li').first().waitFor();
  const total = Number((await page.locator('h2').first().innerText()).match(/^(\d+) pages/)[1]);
  const listed = packs.event.files.filter((file) => /^search\/p\/|^search\/pages\//.test(file)).length;
  const about = JSON.parse(await readFile(path.join(packs.event.folder, 'manifest.json'), 'utf8'));
  assert.equal(total, about.pages);
  assert.ok(listed === 0 || listed === about.pages);
  for (const result of await page.locator('.hits a').all()) {
    const file = fileURLToPath((await result.evaluate((link) => link.href)).split('#')[0]);
    assert.ok(packs.event.files.includes(path.relative(packs.event.folder, file)), file);
  }
  await close();
  const first = await open(packs.event, 'index.html');
  assert.match(await first.page.locator('.lead').innerText(), new RegExp(`^${about.pages} pages of this site, as of 1 December 2026: the event`));
  const rows = await first.page.locator('main .rows a').count();
  assert.ok(rows >= about.pages - 3, `${rows} of ${about.pages} are named`);
  await hasNoAxeViolation(first.page);
  await doesNotScrollSideways(first.page);
  await first.close();
});

test('a document is filled in and taken away', async () => {
  const { page, troubles, close } = await open(packs.whole, 'terms-of-reference/network-board/index.html');
  const input = page.locator('.fill input[type=text]').first();
  await input.fill('Peninsula Network');
  await page.waitForFunction(() => document.querySelector('main').innerText.includes('Peninsula Network'));
  assert.deepEqual(troubles, []);
  await close();
});

test('a programme of one’s own is chosen in a folder, and leads to its files', async () => {
  const { page, troubles, close } = await open(packs.event, 'events/sharing-event-2018/index.html');
  const slot = (title) => page.locator('.slot').filter({ has: page.getByRole('link', { name: title, exact: true }) });
  const [stroke, home] = ['One stroke pathway for a whole region', 'Home reporting, on-call cover and an academy'];
  await slot(stroke).getByRole('button').click();
  await slot(home).getByRole('button').click();
  assert.match(await slot(home).innerText(), /Clash: One stroke pathway/);
  const mine = page.locator('#to\\:mine');
  assert.match(await mine.innerText(), /2 sessions chosen\. 2 of them clash\./);
  await mine.getByRole('button', { name: 'Carry to another device' }).click();
  // A folder is reached from no other device.
  assert.match(await mine.getByLabel('Open this link on the other device').inputValue(), new RegExp(`^${WEBSITE}events/sharing-event-2018/#my=[0-9a-z]{5}\\.[0-9a-z]{5}$`));
  const found = await page.evaluate(looked);
  for (const { resolved, tag } of found.addresses) {
    assert.doesNotMatch(resolved, /^webcal:|^file:[^#?]*\/([#?]|$)/, tag);
  }
  await mine.getByRole('link', { name: stroke }).click();
  await page.waitForURL(/sessions\/one-stroke-pathway\/index\.html$/);
  assert.match(await page.locator('.own-choice').innerText(), /My programme: 2 sessions, 2 clash/);
  await page.getByRole('link', { name: /^My programme/ }).click();
  await page.waitForURL(/events\/sharing-event-2018\/index\.html#to:mine$/);
  assert.match(await mine.innerText(), /2 sessions chosen/);
  assert.deepEqual(troubles, []);
  await close();
});

test('a programme goes into a calendar from a folder', async () => {
  const { page, troubles, close } = await open(packs.ahead, 'events/sharing/index.html');
  await page.locator('.choose button').first().click();
  const mine = page.locator('#to\\:mine');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    mine.getByRole('button', { name: 'Add my programme to a calendar' }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), 'sharing-my-programme.ics');
  assert.match(await readFile(await saved.path(), 'utf8'), /BEGIN:VEVENT/);
  assert.deepEqual(troubles.filter((trouble) => !/blob:/.test(trouble)), []);
  await close();
});

test('the first page says so when it is opened inside the archive, and only then', async () => {
  const alone = await mkdtemp(path.join(tmpdir(), 'netsite-alone-'));
  try {
    await cp(path.join(packs.whole.folder, 'index.html'), path.join(alone, 'index.html'));
    const inside = await open({ folder: alone }, 'index.html');
    const notice = (page) => page.getByText('Extract all first');
    assert.ok(await notice(inside.page).isVisible());
    await inside.close();
    const extracted = await open(packs.whole, 'index.html');
    assert.ok(!await notice(extracted.page).isVisible());
    await extracted.close();
  } finally {
    await rm(alone, { recursive: true, force: true });
  }
});

test('a page that is not in the pack is on the website, and without a website it is text', async () => {
  const links = async (held) => {
    const found = [];
    for (const file of held.files.filter(isPage)) {
      const html = await readFile(path.join(held.folder, file), 'utf8');
      found.push(...html.matchAll(/<a[^>]*>(?:(?!<\/a>)[^])*\((on the website|not in this copy)\)<\/span><\/a>/g));
    }
    return found;
  };
  const onTheWebsite = await links(packs.event);
  assert.ok(onTheWebsite.length > 0);
  for (const [text, words] of onTheWebsite) {
    assert.equal(words, 'on the website', text);
    assert.ok(text.includes(`href="${WEBSITE}`), text);
  }
});

test('one document holds its pages, pictures and drawings, and every link in it leads to its place', async () => {
  for (const root of [REAL, FIXTURE]) {
    const single = await packSingleFile(root);
    const { page, troubles, close } = await open(single, single.file);
    const found = await page.evaluate(looked);
    const ids = new Set(found.ids);
    assert.equal(ids.size, found.ids.length, 'every name stands once');
    assert.deepEqual(found.broken ?? [], []);
    assert.equal(found.images, 0, 'every picture shows');
    for (const { resolved, isLink, said, tag } of found.addresses) {
      if (/^(mailto|tel|data):/.test(resolved)) {
        continue;
      }
      if (/^https?:/.test(resolved)) {
        assert.ok(isLink && /\((online|on the website)\)/.test(said), tag);
        continue;
      }
      const [file, fragment] = resolved.split('#');
      assert.equal(path.basename(fileURLToPath(file)), single.file, tag);
      assert.ok(ids.has(decodeURIComponent(fragment)), tag);
    }
    const names = await page.evaluate(() => ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']
      .flatMap((name) => [...document.querySelectorAll(`[${name}]`)].flatMap((element) => element.getAttribute(name).split(/\s+/))));
    assert.deepEqual(names.filter((name) => !ids.has(name)), []);
    const rows = page.locator('#to\\:contents li');
    const all = await rows.count();
    await page.getByLabel('Show pages with these words').fill('reporting');
    await page.waitForFunction(() => document.getElementById('to:count').textContent);
    const shown = await rows.filter({ visible: true }).count();
    assert.ok(shown > 0 && shown < all, `${shown} of ${all}`);
    await rows.filter({ visible: true }).first().getByRole('link').click();
    assert.ok(ids.has(decodeURIComponent(new URL(page.url()).hash.slice(1))));
    assert.deepEqual(troubles, []);
    await close();
    await single.remove();
  }
});
