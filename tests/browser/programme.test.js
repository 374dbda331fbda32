// The programme of an event as its readers use it: before the day, on another device, afterwards, without scripts, from
// a folder, and with more sessions than a screen holds.

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { hasNoAxeViolation, hasNoContrastViolation } from './checks/axe.js';
import { canBeWalkedByKeyboard } from './checks/keyboard.js';
import { doesNotScrollSideways, doesNotShift } from './checks/layout.js';
import { keepsTables } from './checks/tables.js';
import { countRoles, launch, open, resize } from './lib/browser.js';
import { serve } from './lib/server.js';
import { buildFixture, buildLargeEvent, buildRealSite } from './lib/sites.js';

const FIXTURE = '/events/sharing/';
const PAST = '/events/sharing-event-2018/';
const LARGE = '/events/large/';

let browser;
const sites = {};
let opened;
let page;

before(async () => {
  [browser, sites.fixture, sites.real, sites.large] = await Promise.all([launch(), buildFixture(), buildRealSite(), buildLargeEvent()]);
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

/** Opens a page in the window that runs scripts. */
async function go(site, address, window = browser.scripted) {
  opened = await open(window, sites[site].server.origin + address);
  page = opened.page;
  return page;
}

beforeEach(() => { opened = undefined; });

afterEach(async () => {
  if (!opened) {
    return;
  }
  await page.evaluate(() => localStorage.clear()).catch(() => {});
  const { troubles } = opened;
  const policy = await page.evaluate(() => globalThis.policyBroken ?? []).catch(() => []);
  await opened.close();
  assert.deepEqual([...troubles, ...policy], [], 'messages on the console, failed requests, broken policy');
});

const slot = (title) => page.locator('.slot').filter({ has: page.getByRole('link', { name: title, exact: true }) });
const toggle = (title) => slot(title).getByRole('button');
const said = () => page.locator('.said').innerText();
const mine = () => page.locator('#to\\:mine');
const chosen = () => page.evaluate(() => window.netsiteProgramme.chosen());
const STROKE = 'One stroke pathway for a whole region';
const HOME = 'Home reporting, on-call cover and an academy';
const AGAIN = `${HOME} (repeat)`;
const PASSPORT = 'A passport for clinicians across 9 trusts';

describe('choosing', () => {
  test('a button in each slot tells by its state whether the session is chosen, by mouse and by keyboard', async () => {
    await go('real', PAST);
    const button = toggle(STROKE);
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    assert.match(await button.textContent(), /One stroke pathway/);
    await button.click();
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    await button.press('Space');
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'false', 'the button keeps the focus');
    assert.match(await said(), /^Taken out: One stroke pathway/);
  });

  test('a clash is told in words in both slots, in the list and to those who listen', async () => {
    await go('real', PAST);
    await toggle(STROKE).click();
    await toggle(HOME).click();
    assert.match(await said(), /Clash: One stroke pathway for a whole region, also at 11am in Room A\.$/);
    assert.equal(await page.locator('.said').getAttribute('role'), 'status');
    assert.match(await slot(STROKE).innerText(), /Clash: Home reporting, on-call cover and an academy, also at 11am in Room B/);
    assert.match(await slot(HOME).innerText(), /Clash: One stroke pathway/);
    assert.match(await mine().innerText(), /2 sessions chosen\. 2 of them clash\./);
    await toggle(STROKE).click();
    assert.doesNotMatch(await page.locator('main').innerText(), /Clash/);
  });

  test('choices last until the next visit and are known to the pages of sessions', async () => {
    await go('real', PAST);
    await toggle(HOME).click();
    await page.reload();
    assert.deepEqual(await chosen(), ['home-reporting']);
    await page.goto(`${sites.real.server.origin}/sessions/one-stroke-pathway/`);
    const button = page.locator('.own-choice').getByRole('button');
    await button.click();
    assert.match(await page.locator('.own-choice').innerText(), /Clash: Home reporting, on-call cover and an academy, also at 11am in Room B/);
    assert.match(await page.locator('.own-choice').innerText(), /My programme: 2 sessions, 2 clash/);
    await page.getByRole('link', { name: /^My programme/ }).click();
    await page.waitForFunction(() => document.getElementById('to:mine') && globalThis.netsiteProgramme);
    assert.deepEqual((await chosen()).sort(), ['home-reporting', 'one-stroke-pathway']);
  });

  test('my programme is in the order of time, with gaps and walks between rooms', async () => {
    await go('real', PAST);
    await toggle(AGAIN).click();
    await toggle(PASSPORT).click();
    await toggle(STROKE).click();
    const list = await mine().locator('.own').innerText();
    const order = [STROKE, '15 minutes free; you are in Room A already', PASSPORT, '1 hour free; walk from Room A to Room B', AGAIN];
    const places = order.map((words) => list.indexOf(words));
    assert.ok(places.every((place, index) => place >= 0 && (index === 0 || place > places[index - 1])), list);
  });

  test('a session can be taken out of the list, and everything cleared and brought back', async () => {
    await go('real', PAST);
    await toggle(STROKE).click();
    await toggle(PASSPORT).click();
    await mine().getByRole('button', { name: `Take out ${STROKE}` }).press('Enter');
    assert.deepEqual(await chosen(), ['passport-and-workforce']);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'My programme');
    await mine().getByRole('button', { name: 'Clear my programme' }).click();
    assert.deepEqual(await chosen(), []);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await mine().getByRole('button', { name: 'Undo' }).press('Enter');
    assert.deepEqual(await chosen(), ['passport-and-workforce']);
  });

  test('another tab of the same programme follows', async () => {
    await go('real', PAST);
    const other = await open(browser.scripted, sites.real.server.origin + PAST);
    await other.page.locator('.choose button').first().click();
    await page.waitForFunction(() => window.netsiteProgramme.chosen().length === 1);
    await other.close();
  });

  test('a clash is solved by the repeat, where it is free', async () => {
    await go('fixture', FIXTURE);
    await toggle('Reporting from home').click();
    const others = page.locator('.programme tr').filter({ has: slot('Reporting from home') }).locator('.slot');
    await others.filter({ hasNotText: 'Reporting from home' }).first().getByRole('button').click();
    await mine().getByRole('button', { name: 'Go at 2pm in Room B instead' }).click();
    assert.doesNotMatch(await mine().innerText(), /Clash/);
    assert.ok((await chosen()).includes('reporting-again'));
    assert.ok(!(await chosen()).includes('reporting'));
  });

  test('a browser that keeps nothing says so, and choices last as long as the page', async () => {
    const window = await browser.scripted.browser().newContext();
    await window.addInitScript(() => Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error('denied'); } }));
    await go('real', PAST, window);
    await toggle(STROKE).click();
    assert.deepEqual(await chosen(), ['one-stroke-pathway']);
    assert.match(await said(), /This browser keeps nothing/);
    assert.match(await mine().innerText(), /until you leave this page/);
  });

  test('what stands in the store is not trusted', async () => {
    await go('real', PAST);
    for (const stored of ['{', '"a"', '[1, null, {}]', '["<img src=x onerror=alert(1)>", "home-reporting"]']) {
      await page.evaluate((text) => localStorage.setItem('netsite programme events/sharing-event-2018/', text), stored);
      await page.reload();
      const expected = stored.includes('home') ? ['home-reporting'] : [];
      assert.deepEqual(await chosen(), expected, stored);
    }
  });
});

describe('carrying to another device', () => {
  const link = async () => {
    await mine().getByRole('button', { name: 'Carry to another device' }).click();
    return mine().getByRole('textbox').inputValue();
  };

  test('a link carries the choices, and is short', async () => {
    await go('real', PAST);
    await toggle(STROKE).click();
    await toggle(AGAIN).click();
    const address = await link();
    assert.match(address, /#my=[0-9a-z]{5}\.[0-9a-z]{5}$/);
    assert.match(await mine().getByRole('link', { name: 'Send the link by email' }).getAttribute('href'), /^mailto:\?subject=[^&]+&body=.*%23my%3D/);
    const phone = await browser.scripted.browser().newContext();
    const other = await open(phone, address);
    assert.deepEqual(await other.page.evaluate(() => window.netsiteProgramme.chosen()), ['one-stroke-pathway', 'home-reporting-again']);
    assert.match(await other.page.locator('.said').innerText(), /2 sessions taken from the link/);
    assert.equal(new URL(other.page.url()).hash, '');
    await phone.close();
  });

  for (const [answer, expected] of [
    ['Replace mine', ['one-stroke-pathway']], ['Add to mine', ['one-stroke-pathway', 'passport-and-workforce']], ['Keep mine', ['passport-and-workforce']],
  ]) {
    test(`a reader's own choices are not lost to a link: ${answer}`, async () => {
      await go('real', PAST);
      await toggle(PASSPORT).click();
      await page.evaluate(() => { location.hash = '#my=one-stroke-pathway'; });
      const offer = page.getByRole('group', { name: 'This link holds another programme' });
      await offer.waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), 'to:offer');
      assert.match(await offer.innerText(), /One stroke pathway for a whole region, 11am in Room A/);
      assert.deepEqual(await chosen(), ['passport-and-workforce'], 'nothing changes before the answer');
      await offer.getByRole('button', { name: answer }).click();
      assert.deepEqual(await chosen(), expected);
      assert.ok(await page.locator('.offer').isHidden());
    });
  }

  test('sessions that the programme does not have are told, and so is what mail leaves at the end of a link', async () => {
    await go('real', `${PAST}#my=one-stroke-pathway.gone-session.zzzzz.home-reporting).`);
    assert.deepEqual((await chosen()).sort(), ['home-reporting', 'one-stroke-pathway']);
    assert.match(await said(), /2 sessions taken from the link\. 2 sessions of the link are not in this programme/);
    assert.match(await page.locator('.offer').innerText(), /2 sessions of the link are not in this programme/);
  });

  test('a link of nonsense changes nothing', async () => {
    for (const nonsense of ['#my=', '#my=%', '#my=%E0%A4%A', `#my=${'x.'.repeat(5000)}`, '#my=<b>x</b>']) {
      await go('real', PAST + nonsense);
      assert.deepEqual(await chosen(), [], nonsense);
      await page.close();
    }
    opened = undefined;
  });
});

describe('after the event', () => {
  const missed = () => page.locator('.missed [data-missed]:visible').evaluateAll((items) => items.map((item) => item.dataset.missed));

  test('without choices, and without scripts, what ran at the same time is listed with what it left', async () => {
    for (const window of [browser.scripted, browser.bare]) {
      await go('real', PAST, window);
      const list = await missed();
      assert.ok(list.includes('one-stroke-pathway') && list.includes('home-reporting') && list.includes('passport-and-workforce'), `${list}`);
      assert.ok(!list.includes('national-picture') && !list.includes('home-reporting-again'), `${list}`);
      const passport = page.locator('[data-missed=passport-and-workforce]');
      assert.match(await passport.innerText(), /Notes/);
      assert.equal(await passport.getByRole('link', { name: 'Memorandum of understanding for a clinician passport' }).count(), 1);
      assert.ok(await passport.locator('a[href*="case-studies/"]').count() >= 1);
      await page.close();
    }
    opened = undefined;
  });

  test('with choices, what clashed with them is listed, and a repeat that was chosen is not missed', async () => {
    await go('real', PAST);
    await toggle(STROKE).click();
    const before = await missed();
    assert.ok(before.includes('home-reporting') && !before.includes('passport-and-workforce'), `${before}`);
    await toggle(AGAIN).click();
    const list = await missed();
    assert.ok(!list.includes('home-reporting') && list.includes('interventional-hub-and-spoke'), `${list}`);
    assert.match(await page.locator('.missed-words').innerText(), /^By what you chose, \d+ sessions? ran while you were elsewhere/);
    await page.getByRole('button', { name: 'Show all that ran at the same time' }).click();
    assert.ok((await missed()).includes('passport-and-workforce'));
  });

  test('an event to come has no such list', async () => {
    await go('fixture', FIXTURE);
    assert.equal(await page.locator('.missed').count(), 0);
  });
});

describe('a programme that is read', () => {
  test('repeats are told in both directions, on the programme and on the pages', async () => {
    await go('real', PAST, browser.bare);
    assert.match(await slot(HOME).innerText(), /Again at 1:45pm, Room B/);
    assert.match(await slot(AGAIN).innerText(), /Repeat of 11am, Room B/);
    await page.goto(`${sites.real.server.origin}/sessions/home-reporting-again/`);
    await page.getByRole('link', { name: 'Repeat of 11am, Room B' }).first().click();
    await page.waitForURL('**/home-reporting/');
    assert.equal(await page.locator('h1').innerText(), HOME);
  });

  test('who joins from elsewhere is told the zone, and the time on their own clock', async () => {
    const window = await browser.scripted.browser().newContext({ timezoneId: 'America/New_York' });
    await go('fixture', FIXTURE, window);
    assert.match(await page.locator('.zone').innerText(), /All times are UK time \(BST, UTC\+1\)\./);
    assert.match(await page.locator('.programme tbody th').first().innerText(), /9:30am\s+4:30am where you are/);
    await opened.close();
    await go('fixture', FIXTURE, await browser.scripted.browser().newContext({ timezoneId: 'Europe/London' }));
    assert.equal(await page.locator('.yours').count(), 0);
  });

  test('access is said with what it means', async () => {
    await go('fixture', FIXTURE, browser.bare);
    assert.match(await page.locator('.facts').innerText(), /British Sign Language \(BSL\)\s+an interpreter signs what is said/);
  });

  test('it works from a folder, and on paper nothing is left of its buttons', async () => {
    const address = pathToFileURL(path.join(sites.real.folder, 'events/sharing-event-2018/index.html')).href;
    opened = await open(browser.scripted, address);
    page = opened.page;
    await toggle(STROKE).click();
    await page.reload();
    assert.deepEqual(await chosen(), ['one-stroke-pathway']);
    await slot(STROKE).getByRole('link').click();
    await page.waitForURL('**/one-stroke-pathway/index.html');
    assert.equal(await page.locator('.own-choice button').getAttribute('aria-pressed'), 'true');
    await page.getByRole('link', { name: /^My programme/ }).click();
    await page.waitForURL('**/sharing-event-2018/**');
    assert.equal(await page.locator('h1').innerText(), 'National Imaging Network Sharing Event 2018');
    await page.emulateMedia({ media: 'print' });
    const shown = await page.locator('main button, main select').evaluateAll((all) => all.filter((each) => each.checkVisibility()).length);
    assert.equal(shown, 0);
  });

  test('my programme is printed alone', async () => {
    await go('real', PAST);
    await toggle(STROKE).click();
    await page.evaluate(() => { globalThis.print = () => { globalThis.printed = document.body.className; }; });
    await mine().getByRole('button', { name: 'Print my programme' }).click();
    assert.match(await page.evaluate(() => globalThis.printed), /own-only/);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await mine().isVisible() && await page.locator('h1').isVisible());
    assert.ok(await page.locator('.programme').isHidden() && await page.locator('.missed').isHidden());
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.ok(await page.locator('.programme').isVisible());
  });

  test('door signs: a sheet for each room and day, that no search engine lists', async () => {
    await go('real', PAST, browser.bare);
    await page.getByRole('link', { name: 'Door signs to print' }).click();
    await page.waitForURL('**/doors/');
    assert.deepEqual(await page.locator('.sign h2').allInnerTexts(), ['Main hall', 'Room A', 'Room B', 'Room C']);
    assert.match(await page.locator('.sign').nth(2).innerText(), /11am to 11:45am|11am\s+to 11:45am/);
    assert.equal(await page.locator('meta[name=robots]').getAttribute('content'), 'noindex');
    assert.ok(!(await sites.real.read('sitemap.xml')).includes('/doors/'));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 4);
  });
});

describe('three days, twelve rooms and two hundred sessions', () => {
  const frame = () => page.locator('.programme-frame').first();

  test('the table holds every session once, and every row and room has its head', async () => {
    await go('large', LARGE);
    assert.equal(await page.locator('.slot').count(), 200);
    assert.equal(new Set(await page.locator('.slot').evaluateAll((slots) => slots.map((each) => each.dataset.session))).size, 200);
    const { table, columnheader } = await countRoles(page, ['table', 'columnheader']);
    assert.deepEqual([table, columnheader], [3, 39]);
    // Each session stands under its room, beside its time, whatever spans whatever.
    const wrong = await page.evaluate(() => [...document.querySelectorAll('td[data-label] .slot')].filter((slot) => {
      const table = slot.closest('table');
      const head = [...table.tHead.querySelectorAll('th')].find((th) => th.textContent === slot.dataset.room);
      const [cell, column] = [slot.closest('td'), head].map((each) => each.getBoundingClientRect());
      return Math.abs(cell.left - column.left) > 2 || Math.abs(cell.right - column.right) > 2;
    }).map((slot) => slot.dataset.title));
    assert.deepEqual(wrong, []);
  });

  test('it moves within its frame, by keyboard too, under its rooms and beside its times', async () => {
    await go('large', LARGE);
    await doesNotScrollSideways(page);
    await frame().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('PageDown');
    await page.waitForFunction(() => {
      const frame = document.querySelector('.programme-frame');
      return frame.scrollTop > 0 && frame.scrollLeft > 0;
    });
    const places = await frame().evaluate((element) => {
      const frame = element.getBoundingClientRect();
      const head = element.querySelector('thead th:nth-child(3)').getBoundingClientRect();
      const time = element.querySelector('tbody th').getBoundingClientRect();
      return [head.top - frame.top, time.left - frame.left].map(Math.round);
    });
    assert.deepEqual(places, [0, 0]);
    await page.getByRole('link', { name: 'Thursday 10 June 2027' }).click();
    assert.ok(await page.getByRole('heading', { name: 'Thursday 10 June 2027' }).evaluate((heading) => Math.abs(heading.getBoundingClientRect().top) < 60));
  });

  test('it can be narrowed without losing the table', async () => {
    await go('large', LARGE);
    await page.locator('select[name=audiences]').selectOption('Radiographers');
    await page.locator('select[name=themes]').selectOption('Governance');
    const words = await said();
    const count = Number(/^(\d+) of 200 sessions shown\.$/.exec(words)?.[1]);
    const shown = await page.locator('.slot:visible').evaluateAll((slots) => slots.map((each) => each.dataset.title));
    assert.ok(count > 0 && count < 60 && shown.length === count, words);
    const wrong = await page.evaluate(() => [...document.querySelectorAll('td[data-label]:not([hidden]) .slot:not([hidden])')].filter((slot) => {
      const head = [...slot.closest('table').tHead.querySelectorAll('th:not([hidden])')].find((th) => th.textContent === slot.dataset.room);
      return !head || Math.abs(slot.closest('td').getBoundingClientRect().left - head.getBoundingClientRect().left) > 2;
    }).length);
    assert.equal(wrong, 0);
    await page.getByRole('button', { name: 'Show all' }).click();
    assert.equal(await page.locator('.slot:visible').count(), 200);
    await page.locator('select[name=rooms]').selectOption('Room 3');
    assert.deepEqual(await page.locator('.programme').first().locator('thead th:visible').allInnerTexts(), ['Time', 'Room 3']);
  });

  test('on a phone sessions stand below each other, each with its room', async () => {
    await go('large', LARGE);
    await keepsTables(page);
    await resize(page, 375);
    const first = page.locator('td[data-label] .slot').first();
    assert.match(await first.evaluate((element) => getComputedStyle(element, '::before').content), /data-room|Great hall/);
    const { width } = await first.boundingBox();
    assert.ok(width > 250, `${width} pixels`);
  });

  test('nothing moves when the script comes, Tab reaches everything, and nothing is wrong for axe', async () => {
    await go('large', LARGE);
    await doesNotShift(page);
    await page.locator('.choose button').nth(3).click();
    await page.locator('.choose button').nth(4).click();
    await hasNoAxeViolation(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await hasNoContrastViolation(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await canBeWalkedByKeyboard(page);
  });

  test('a link of many sessions stays short', async () => {
    await go('large', LARGE);
    await page.evaluate(() => [...document.querySelectorAll('.choose button')].slice(0, 25).forEach((each) => each.click()));
    await mine().getByRole('button', { name: 'Carry to another device' }).click();
    const address = await mine().getByRole('textbox').inputValue();
    assert.ok(new URL(address).hash.length < 160, address);
  });

  test('each day begins on a page of its own, and its head repeats', async () => {
    await go('large', LARGE, browser.bare);
    await page.emulateMedia({ media: 'print' });
    const head = await page.evaluate(() => [
      getComputedStyle(document.querySelector('.programme-day + .programme-day')).breakBefore,
      getComputedStyle(document.querySelector('.programme-wide thead')).display,
    ]);
    assert.deepEqual(head, ['page', 'table-header-group']);
  });
});
