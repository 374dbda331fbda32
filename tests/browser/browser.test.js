// Looks at the published sites in a browser: each page through every check, then what only whole sites can show.

import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { hasNoAxeViolation, hasNoContrastViolation } from './checks/axe.js';
import { showsItsImages } from './checks/images.js';
import { canBeWalkedByKeyboard, canSkipToTheText } from './checks/keyboard.js';
import { doesNotScrollSideways, doesNotShift } from './checks/layout.js';
import { printsWithoutNavigation, survivesForcedColours } from './checks/media.js';
import { hasReadableMaps } from './checks/maps.js';
import { hasHeadingsInOrder, hasLandmarks, hasLanguageAndTitle } from './checks/structure.js';
import { keepsTables } from './checks/tables.js';
import { canBeCited, followsTheReader } from './checks/ways.js';
import { opensByKeyboard, opensByTouch, readsAsText } from './checks/terms.js';
import { launch, open, resize } from './lib/browser.js';
import { FIXTURE, KINDS, REAL, isRedirect } from './lib/pages.js';
import { serve } from './lib/server.js';
import { buildFixture, buildRealSite } from './lib/sites.js';

// As many pages as this at a time: more make a small machine slower, not faster.
const AT_ONCE = 3;
const SNAPSHOTS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'snapshots');

let browser;
const sites = {};

before(async () => {
  [browser, sites.fixture, sites.real] = await Promise.all([launch(), buildFixture(), buildRealSite()]);
  for (const site of [sites.fixture, sites.real]) {
    site.server = await serve(site.folder);
  }
});

after(async () => {
  await browser?.close();
  for (const site of Object.values(sites)) {
    await site.server?.close();
    await site.remove();
  }
});

describe('pages', { concurrency: AT_ONCE }, () => {
  for (const [name, addresses] of [['fixture', FIXTURE], ['real', REAL]]) {
    for (const address of addresses) {
      test(`${name} ${address}`, (context) => lookAt(context, name, address));
    }
  }
});

/** Every check of one page, in one tab; each leaves the tab as it found it. */
async function lookAt(context, name, address) {
  const { page, troubles, close } = await open(browser.scripted, sites[name].server.origin + address);
  const check = (what, run) => context.test(what, () => run(page));
  try {
    await check('shifts nothing while it arrives', doesNotShift);
    await check('shows its images', showsItsImages);
    await check('has its headings in order', hasHeadingsInOrder);
    await check('has a language and a title', hasLanguageAndTitle);
    if (!isRedirect(address)) {
      await check('has its landmarks', hasLandmarks);
      await check('lets the keyboard skip to the text', canSkipToTheText);
    }
    await check('reads the same without scripts', readsTheSameWithoutScripts);
    await check('can be walked by keyboard', canBeWalkedByKeyboard);
    await check('does not scroll sideways', doesNotScrollSideways);
    await check('has maps that can be read', hasReadableMaps);
    await check('keeps its tables on a narrow screen', keepsTables);
    await check('prints without navigation', printsWithoutNavigation);
    await check('survives forced colours', survivesForcedColours);
    await check('has no axe violation', hasNoAxeViolation);
    await page.emulateMedia({ colorScheme: 'dark' });
    await check('has enough contrast in the dark', hasNoContrastViolation);
    await page.emulateMedia({ colorScheme: 'light' });
    await resize(page, 320);
    await check('has no axe violation at 320 pixels', hasNoAxeViolation);
    await context.test('asks for nothing elsewhere and reports no trouble', async () => {
      assert.deepEqual([...troubles, ...await page.evaluate(() => globalThis.policyBroken)], []);
    });
    await check('can be walked by keyboard at 320 pixels', canBeWalkedByKeyboard);
  } finally {
    await close();
  }
}

async function readsTheSameWithoutScripts(page) {
  const bare = await open(browser.bare, page.url().split('#')[0]);
  // Buttons and questions that a script adds beside what is there anyway may do more; words to read may not.
  const read = async (each) => {
    const whole = await each.locator('body').innerText();
    const added = await each.locator('.share button, .fill, .by-script').allInnerTexts();
    return added.reduce((text, words) => text.replace(words, ''), whole).replace(/\s+/g, ' ');
  };
  const [text, bareText] = await Promise.all([page, bare.page].map(read));
  await bare.close();
  assert.ok(text.length > 0);
  assert.equal(bareText, text);
}

describe('accessibility tree', { concurrency: AT_ONCE }, () => {
  for (const [kind, address] of [...Object.entries(KINDS), ['home', '/'], ['listing', '/case-studies/']]) {
    test(`accessibility tree: ${kind}`, async () => {
      const { page, close } = await open(browser.scripted, sites.fixture.server.origin + address);
      try {
        for (const width of [1280, 320]) {
          await resize(page, width);
          await matchesSnapshot(`${kind}-${width}`, await page.locator('body').ariaSnapshot());
        }
      } finally {
        await close();
      }
    });
  }
});

async function matchesSnapshot(name, tree) {
  const file = path.join(SNAPSHOTS, `${name}.aria.yaml`);
  if (process.env.UPDATE_SNAPSHOTS) {
    await mkdir(SNAPSHOTS, { recursive: true });
    await writeFile(file, `${tree}\n`);
  }
  assert.equal(`${tree}\n`, await readFile(file, 'utf8'), `${name}: see the change, then npm run snapshots`);
}

for (const [width, scale] of [[1280, '100%'], [320, '200%']]) {
  test(`a term opens its meaning at ${width} pixels, with text at ${scale}`, async () => {
    const { page, close } = await open(browser.touch, `${sites.fixture.server.origin}/plain/`);
    try {
      await resize(page, width);
      await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), scale);
      await opensByKeyboard(page);
      await opensByTouch(page);
      await readsAsText(page);
    } finally {
      await close();
    }
  });
}

test('an old address leads to the page', async () => {
  const { page, close } = await open(browser.scripted, `${sites.fixture.server.origin}/old/worklist/`);
  await page.waitForURL('**/case-studies/worklist/');
  assert.equal(await page.locator('h1').innerText(), 'Sharing one worklist between hospitals');
  await close();
});

test('an address that does not exist shows the page that says so', async () => {
  const { page, close } = await open(browser.scripted, `${sites.fixture.server.origin}/nowhere.html`);
  assert.equal(await page.locator('h1').innerText(), 'Page not found');
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontFamily.split(',')[0]), 'Arial');
  await close();
});

test('a page and its translation lead to each other', async () => {
  const { page, close } = await open(browser.scripted, `${sites.fixture.server.origin}/case-studies/worklist/`);
  await page.locator('.languages a[hreflang=cy]').click();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'cy');
  await page.locator('.languages a[hreflang^=en]').click();
  assert.equal(await page.locator('h1').innerText(), 'Sharing one worklist between hospitals');
  await close();
});

for (const name of ['fixture', 'real']) {
  test(`every page of the ${name} site has a title of its own`, async () => {
    const titles = new Map();
    for (const file of sites[name].pages) {
      const html = await sites[name].read(file);
      if (html.includes('http-equiv="refresh"')) {
        continue;
      }
      const title = /<title>([^<]+)<\/title>/.exec(html)?.[1];
      assert.ok(title, `${file} has a title`);
      assert.equal(titles.get(title), undefined, `${file} has the title of another page: ${title}`);
      titles.set(title, file);
    }
  });
}

test('the icon is served', async () => {
  const { page, close } = await open(browser.scripted, sites.real.server.origin);
  const address = await page.locator('link[rel=icon]').evaluate((link) => link.href);
  const icon = await page.request.get(address);
  assert.equal(icon.status(), 200);
  assert.match(await icon.text(), /<svg/);
  await close();
});

for (const [name, address] of [
  ['real', '/case-studies/cumbria-and-north-east-passport/'], ['real', '/terms-of-reference/network-board/'],
  ['fixture', '/case-studies/worklist/'],
]) {
  test(`${name} ${address} prints`, async () => {
    const { page, close } = await open(browser.scripted, sites[name].server.origin + address);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(pages > 0 && pages < 12, `${pages} pages`);
    await close();
  });
}

const LONG = 'lessons/eight-components/index.html';
for (const from of ['server', 'folder']) {
  test(`the contents of a long page follow its reader, from a ${from}`, async () => {
    const { folder, server } = sites.real;
    const address = from === 'server' ? `${server.origin}/${LONG}` : pathToFileURL(path.join(folder, LONG)).href;
    const { page, close } = await open(browser.scripted, address);
    await page.setViewportSize({ width: 1440, height: 900 });
    await followsTheReader(page);
    await close();
  });
}

test('a citation can be copied by keyboard, and that is said', async () => {
  const { page, close } = await open(browser.scripted, `${sites.real.server.origin}/lessons/eight-components/`);
  await canBeCited(page);
  await close();
});

for (const address of ['index.html', 'case-studies/devon-home-reporting/index.html']) {
  test(`${address} can be read from a folder`, async () => {
    const { page, troubles, close } = await open(browser.scripted, pathToFileURL(path.join(sites.real.folder, address)).href);
    assert.deepEqual(troubles, []);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontFamily.split(',')[0]), 'Arial');
    await close();
  });
}

for (const [width, scale, variant] of [[375, 1, 480], [375, 2, 768], [1280, 1, 768], [1280, 2, 1360]]) {
  test(`a screen of ${width} pixels at ${scale} takes the image of ${variant}`, async () => {
    const window = await browser.scripted.browser().newContext({ viewport: { width, height: 900 }, deviceScaleFactor: scale });
    const { page, troubles, close } = await open(window, pathToFileURL(path.join(sites.real.folder, 'contribute/index.html')).href);
    const image = page.locator('main picture img');
    const space = () => image.evaluate((element) => [element.clientWidth, element.clientHeight]);
    const reserved = await space();
    await image.scrollIntoViewIfNeeded();
    await image.evaluate((element) => element.decode());
    const [source, wide, pixels] = await image.evaluate(async (element) => {
      const same = new Image();
      same.src = element.currentSrc;
      await same.decode();
      return [element.currentSrc, element.naturalWidth, same.naturalWidth];
    });
    assert.ok(source.endsWith(`.${variant}.webp`), source);
    assert.equal(pixels, variant);
    assert.ok(Math.abs(wide - Math.min(720, width - 32)) <= 1, `${wide} pixels of the page`);
    assert.deepEqual(await space(), reserved, 'the place that the image was given before it was there');
    assert.deepEqual(troubles, []);
    await close();
    await window.close();
  });
}

// The first round trip of a connection carries about this much.
test('pages are small', async () => {
  const size = async (file) => gzipSync(await sites.real.read(file), { level: 9 }).length;
  const style = await size('style.css');
  assert.ok(style <= 8 * 1024, `style.css has ${style} bytes`);
  for (const file of sites.real.pages.filter((each) => /^case-studies\/[^/]+\/index\.html$/.test(each))) {
    const scripts = (await sites.real.read(file)).matchAll(/<script[^>]* src="([^"]+)"/g);
    let all = await size(file) + style;
    for (const [, source] of scripts) {
      all += await size(path.join(path.dirname(file), source));
    }
    assert.ok(all <= 14 * 1024, `${file}, its style and its scripts have ${all} bytes`);
  }
});
