// The search in a browser: its field in every header, its page, and what happens where something is missing.

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { hasNoAxeViolation, hasNoContrastViolation } from './checks/axe.js';
import { canBeWalkedByKeyboard, canSkipToTheText } from './checks/keyboard.js';
import { doesNotScrollSideways, doesNotShift } from './checks/layout.js';
import { printsWithoutNavigation, survivesForcedColours } from './checks/media.js';
import { FIELD, HEADING, HITS, answered, canBeTapped, isACombobox, suggested, titles, total, type } from './checks/search.js';
import { hasHeadingsInOrder, hasLandmarks } from './checks/structure.js';
import { launch, open, resize } from './lib/browser.js';
import { serve } from './lib/server.js';
import { buildFixture, buildRealSite } from './lib/sites.js';

let browser;
const sites = {};

before(async () => {
  [browser, sites.fixture, sites.real] = await Promise.all([launch(), buildFixture(), buildRealSite()]);
  for (const site of Object.values(sites)) {
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

/** Opens an address of a site, and asks in the end that nothing went wrong and nothing came from elsewhere. */
async function look(name, address, run, { window = browser.scripted, width } = {}) {
  const { page, troubles, close } = await open(window, sites[name].server.origin + address);
  try {
    if (width) {
      await page.setViewportSize({ width, height: 800 });
    }
    await run(page);
    assert.deepEqual(troubles, []);
  } finally {
    await close();
  }
}

/** Opens the page of the search and waits for its answer. */
const ask = (name, query, run, options) => look(name, `/search/${query}`, async (page) => {
  await answered(page);
  await run(page);
}, options);

describe('the field', { concurrency: 3 }, () => {
  test('nothing of the search is loaded before somebody goes to its field', () => look('real', '/case-studies/devon-home-reporting/', async (page) => {
    const loaded = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /search/.test(name)));
    assert.deepEqual(await loaded(), []);
    await suggested(page, 'ct angio');
    assert.ok((await loaded()).length > 2);
  }));

  test('it is a combobox', () => look('real', '/networks/devon/', isACombobox));
  test('it is one on the home page', () => look('real', '/', isACombobox));
  for (const width of [375, 320]) {
    test(`its suggestions can be tapped at ${width} pixels`, () => look('real', '/search/', canBeTapped, { window: browser.touch, width }));
  }

  test('Enter goes to the page that is chosen', () => look('real', '/about/', async (page) => {
    const field = await suggested(page, 'uniform stroke');
    await field.press('ArrowUp');
    const words = await page.locator('[aria-selected=true] b').innerText();
    await field.press('Enter');
    await page.waitForFunction((title) => document.querySelector('h1').innerText === title, words);
  }));

  test('words that are suggested are searched for', () => look('real', '/about/', async (page) => {
    await suggested(page, 'thromb');
    await page.getByRole('option', { name: 'thrombectomy', exact: true }).click();
    await page.waitForURL('**/search/?q=thrombectomy');
    await answered(page);
    assert.match(await page.locator(HEADING).innerText(), /results? for “thrombectomy”/);
  }));

  test('Enter without a choice searches for what was typed', () => look('real', '/', async (page) => {
    await (await type(page, 'parking')).press('Enter');
    await page.waitForURL('**/search/?q=parking');
    await answered(page);
  }));

  test('on a page in another language it is marked as what it is', () => look('fixture', '/arabic/', async (page) => {
    await suggested(page, 'lesson');
    const option = page.getByRole('option').last();
    assert.equal(await option.evaluate((element) => element.closest('[lang]').lang), 'en-GB');
    assert.equal(await option.evaluate((element) => getComputedStyle(element).direction), 'ltr');
  }));

  test('a key leads to it only where the site says so', async () => {
    for (const [name, leads] of [['fixture', true], ['real', false]]) {
      await look(name, '/case-studies/', async (page) => {
        await page.keyboard.press('/');
        assert.equal(await page.locator(FIELD).evaluate((field) => field === document.activeElement), leads, name);
        await page.locator(FIELD).pressSequentially('a/b');
        assert.equal(await page.locator(FIELD).inputValue(), 'a/b');
      });
    }
  });

  test('with suggestions open there is no axe violation', async () => {
    for (const [address, width] of [['/networks/devon/', 1280], ['/search/', 320]]) {
      await look('real', address, async (page) => {
        await (await suggested(page, 'stroke')).press('ArrowDown');
        await hasNoAxeViolation(page);
        await page.emulateMedia({ colorScheme: 'dark' });
        await hasNoContrastViolation(page);
      }, { width });
    }
  });
});

describe('the page', { concurrency: 3 }, () => {
  test('its address says what is looked for', () => ask('real', '?q=sharing+staff&kind=case-study&theme=workforce', async (page) => {
    assert.equal(await page.locator(FIELD).inputValue(), 'sharing staff');
    assert.ok(await total(page) > 1);
    const kinds = await page.locator('.hit-kind').allInnerTexts();
    assert.ok(kinds.every((kind) => kind.startsWith('Case study')), kinds.join());
    assert.deepEqual(await page.locator('.facet input:checked').evaluateAll((boxes) => boxes.map((box) => box.value)), ['case-study', 'workforce']);
    const before = await titles(page);
    await page.reload();
    await answered(page);
    assert.deepEqual(await titles(page), before);
  }));

  test('results are a list of ten in an order that stays, with one link each', () => look('real', '/search/?q=imaging+network', async (page) => {
    await page.locator(HITS).first().waitFor();
    const first = await titles(page);
    await answered(page);
    assert.deepEqual(await titles(page), first);
    assert.equal(first.length, 10);
    assert.equal(await page.locator(`${HITS} a`).count(), 10);
    assert.equal(await page.locator(`${HITS} .hit-text mark`).count() > 5, true);
    assert.equal(await page.locator('main ol').evaluate((list) => list.querySelectorAll(':scope > li').length), 10);
  }));

  test('a result leads to the heading below which the words stand', () => ask('real', '?q=parking+logins', async (page) => {
    const link = page.locator(`${HITS} a[href*="#"]`).first();
    const id = decodeURIComponent((await link.getAttribute('href')).split('#')[1]);
    await link.click();
    await page.locator(`[id="${id}"]`).waitFor();
  }));

  test('the next page goes on, and Back goes back', () => ask('real', '?q=imaging', async (page) => {
    const first = await titles(page);
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.waitForURL('**/search/?q=imaging&page=2');
    await page.locator('.hits[start="11"]').waitFor();
    const second = await titles(page);
    assert.ok(second.every((title, i) => title !== first[i]));
    await page.reload();
    await answered(page);
    assert.deepEqual(await titles(page), second);
    await page.goBack();
    await page.locator('.hits[start="1"]').waitFor();
    assert.deepEqual(await titles(page), first);
  }));

  test('typing changes the address where it is; what is sent can be taken back', () => ask('real', '?q=stroke', async (page) => {
    const steps = () => page.evaluate(() => history.length);
    const before = await steps();
    const field = page.locator(FIELD);
    await field.fill('');
    await field.pressSequentially('parking');
    await page.waitForURL('**/search/?q=parking');
    await page.locator(HEADING, { hasText: 'for “parking”' }).waitFor();
    assert.equal(await steps(), before);
    await field.press('Enter');
    assert.equal(await steps(), before + 1);
    await page.goBack();
    await page.waitForURL('**/search/?q=stroke');
    await page.locator(HEADING, { hasText: 'for “stroke”' }).waitFor();
    assert.equal(await field.inputValue(), 'stroke');
  }));

  test('facets narrow, count, combine and can be taken away', () => ask('real', '?q=staff', async (page) => {
    const all = await total(page);
    const box = (label) => page.locator('.facet', { has: page.locator(`input[value="${label}"]`) });
    const [studies, workforce] = [box('case-study'), box('workforce')];
    const promised = Number(await studies.locator('.facet-count').innerText());
    assert.ok(promised > 0 && promised < all);
    await studies.click();
    await page.waitForURL('**/search/?q=staff&kind=case-study');
    await page.waitForFunction((number) => document.querySelector('.results [role=status] h2').innerText.startsWith(`${number} result`), promised);
    await workforce.click();
    await page.waitForURL('**/search/?q=staff&kind=case-study&theme=workforce');
    const tags = page.locator('.chosen button');
    await page.locator('.chosen button', { hasText: 'Clear all' }).waitFor();
    assert.deepEqual((await tags.allInnerTexts()).map((text) => text.split(/[×\n]/)[0].trim()), ['Case studies', 'Workforce', 'Clear all']);
    assert.ok(await page.locator('.facet.quiet').count() > 0, 'values that would find nothing are quiet');
    await tags.first().click();
    await page.waitForURL('**/search/?q=staff&theme=workforce');
    await page.goBack();
    await page.waitForURL('**/search/?q=staff&kind=case-study&theme=workforce');
    await page.waitForFunction(() => document.querySelector('.facet input[value="case-study"]').checked);
    await tags.last().click();
    await page.waitForFunction((number) => document.querySelector('.results [role=status] h2').innerText.startsWith(`${number} results`), all);
    assert.equal(await page.locator('.facet input:checked').count(), 0);
  }));

  test('without words it lists every page, and long facets show the eight that find most', () => ask('real', '', async (page) => {
    assert.ok(await total(page) > 50);
    assert.equal(await page.locator(HITS).count(), 10);
    const set = page.locator('fieldset', { hasText: 'Theme' });
    const shown = () => set.locator('.facet:visible').count();
    assert.equal(await shown(), 8);
    await set.getByRole('button').click();
    assert.ok(await shown() > 8);
    assert.equal(await set.getByRole('button').getAttribute('aria-expanded'), 'true');
  }));

  test('on a phone the facets are one closed disclosure', () => ask('real', '?q=staff&kind=case-study&theme=workforce', async (page) => {
    const summary = page.locator('.narrow summary');
    assert.equal(await summary.innerText(), 'Narrow these results (2 chosen)');
    assert.ok(!(await page.locator('.facet').first().isVisible()));
    await summary.click();
    assert.ok(await page.locator('.facet').first().isVisible());
  }, { window: browser.touch, width: 375 }));

  test('a slip is put right, and that is said', () => ask('real', '?q=thrombectmy', async (page) => {
    assert.ok(await total(page) > 0);
    const meant = page.locator('.notes button');
    assert.equal(await meant.innerText(), 'thrombectomy');
    await meant.click();
    await page.waitForURL('**/search/?q=thrombectomy');
    await page.locator(HEADING, { hasText: '“thrombectomy”' }).waitFor();
    assert.equal(await page.locator('.notes').innerText(), '');
  }));

  test('a word that is nowhere is named', () => ask('real', '?q=parking+qqqqqq', async (page) => {
    assert.ok(await total(page) > 0);
    assert.match(await page.locator('.notes').innerText(), /Nothing was found for “qqqqqq”/);
  }));

  test('where nothing is found there are ways on', () => ask('real', '?q=qqqqqq&kind=event', async (page) => {
    assert.equal(await page.locator(HEADING).innerText(), 'No results for “qqqqqq”');
    assert.ok(await page.locator('.browse a', { hasText: 'A to Z' }).isVisible());
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.waitForURL('**/search/?q=qqqqqq');
  }));

  test('a title of HTML is text', () => ask('fixture', '?q=onerror', async (page) => {
    assert.equal((await titles(page))[0], '<img src=x onerror="document.title=\'broken\'"> & <b>bold</b>');
    await (await suggested(page, 'onerror ')).press('ArrowDown');
    assert.match(await page.getByRole('option').last().innerText(), /^<img src=x/);
    await page.locator(FIELD).fill('unfriendly onload <b>');
    await page.locator(HITS, { hasText: '<svg onload=alert(1)>' }).waitFor();
    assert.equal(await page.locator('.found :is(img, script, svg, li b)').count(), 0);
    assert.doesNotMatch(await page.title(), /^broken/);
  }));

  for (const [what, query] of [
    ['10,000 letters', `?q=${'a'.repeat(9000)}`], ['2,000 words', `?q=${'ct angio '.repeat(800)}`], ['emoji', '?q=🩻👩‍⚕️🏥'],
    ['a text from right to left', '?q=صور الأشعة'], ['stop words', '?q=the of and'], ['half a character', '?q=%ED%A0%BD'],
    ['signs', '?q=%22%3C%3E%26%2B-*("'], ['odd filters', '?q=ct&__proto__=x&constructor=y&kind=nonsense&page=-7'],
    ['a page beyond the last', '?q=ct&page=99999'], ['half an address', '?q=%&kind'],
  ]) {
    test(`${what} get an answer`, () => ask('fixture', query, async (page) => {
      assert.match(await page.locator(HEADING).innerText(), /^(\d|No )/);
      await page.locator(FIELD).fill(decodeURIComponent(query.replace(/%(?![0-9A-F]{2})|%ED%A0%BD/g, '').slice(3)).repeat(2));
      await page.locator(FIELD).press('Enter');
      await answered(page);
    }));
  }
});

for (const [what, query, width] of [['results', '?q=sharing+staff&theme=workforce', 1280], ['no results', '?q=qqqqqq&kind=event', 1280], ['all pages', '', 1280]]) {
  test(`the page with ${what} is as good as any`, () => ask('real', query, async (page) => {
    await doesNotShift(page);
    await hasHeadingsInOrder(page);
    await hasLandmarks(page);
    await canSkipToTheText(page);
    await canBeWalkedByKeyboard(page);
    await doesNotScrollSideways(page);
    await printsWithoutNavigation(page);
    await survivesForcedColours(page);
    await hasNoAxeViolation(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await hasNoContrastViolation(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await resize(page, 320);
    await hasNoAxeViolation(page);
    assert.deepEqual(await page.evaluate(() => globalThis.policyBroken), []);
  }, { width }));
}

test('on paper there are the words, the results and no form', () => ask('real', '?q=parking&theme=workforce', async (page) => {
  await page.emulateMedia({ media: 'print' });
  assert.match(await page.locator(HEADING).innerText(), /“parking”/);
  assert.ok(await page.locator(HITS).first().isVisible());
  assert.equal(await page.locator('.chosen').innerText(), 'Workforce');
  for (const hidden of [FIELD, '.narrow', '.browse', '.masthead .jump']) {
    assert.equal(await page.locator(hidden).locator('visible=true').count(), 0, hidden);
  }
}));

test('without scripts the form leads to lists of everything', async () => {
  const { page, close } = await open(browser.bare, `${sites.real.server.origin}/networks/devon/`);
  await page.locator(FIELD).fill('stroke');
  await page.locator(FIELD).press('Enter');
  await page.waitForURL('**/search/?q=stroke');
  for (const name of ['A to Z', 'Case studies', 'Workforce', 'Norfolk Imaging Alliance']) {
    assert.ok(await page.locator('.browse').getByRole('link', { name, exact: true }).isVisible(), name);
  }
  assert.match(await page.locator('main .callout').innerText(), /JavaScript/);
  await close();
});

test('from a folder everything works', async () => {
  const file = (name) => pathToFileURL(path.join(sites.real.folder, name)).href;
  const { page, troubles, close } = await open(browser.scripted, file('networks/devon/index.html'));
  await suggested(page, 'parking');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForURL(`${file('search/index.html')}?q=parking`);
  await answered(page);
  await page.locator('.facet input[value=workforce]').click();
  await page.waitForURL(/theme=workforce/);
  const title = (await titles(page))[0];
  await page.locator(`${HITS} a`).first().click();
  assert.equal(await page.locator('h1').innerText(), title);
  await page.locator('.sections a').first().click();
  assert.equal(page.url(), file('case-studies/index.html'));
  await suggested(page, 'uniform stroke');
  const last = page.getByRole('option').last();
  const words = await last.locator('b').innerText();
  await last.click();
  await page.locator('h1', { hasText: words }).waitFor();
  assert.deepEqual(troubles, []);
  await close();
});

test('a file that does not come is said in plain words, and can be tried again', async () => {
  const { page, close } = await open(browser.scripted, `${sites.real.server.origin}/about/`);
  const block = (route) => route.abort();
  await page.route('**/search/index.js*', block);
  const field = await type(page, 'parking');
  await page.waitForFunction(() => document.activeElement.getAttribute('role') === 'combobox');
  await field.press('Enter');
  await page.locator(HEADING, { hasText: 'The search could not be loaded' }).waitFor();
  assert.ok(await page.locator('.notes').getByRole('link', { name: 'A to Z' }).isVisible());
  await hasNoAxeViolation(page);
  await page.unroute('**/search/index.js*', block);
  await page.getByRole('button', { name: 'Try again' }).click();
  await answered(page);
  assert.ok(await total(page) > 0);
  await close();
});
