// Calendar files as another program reads them, and a reader's own choice put together in the browser, from a folder.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import ICAL from 'ical.js';
import { launch, open } from './lib/browser.js';
import { buildFixture, buildRealSite } from './lib/sites.js';

let browser;
let fixture;
let real;

before(async () => {
  [browser, fixture, real] = await Promise.all([launch(), buildFixture(), buildRealSite()]);
});

after(async () => {
  await browser?.close();
  await fixture?.remove();
  await real?.remove();
});

/** The entries of a calendar file, read by the rules that the file itself gives for its zone. */
function entries(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(calendar.getAllSubcomponents('vtimezone').map((component) => {
    const zone = new ICAL.Timezone(component);
    return [zone.tzid, zone];
  }));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const time = (name) => {
      const property = component.getFirstProperty(name);
      const value = property.getFirstValue();
      const zone = property.getParameter('tzid');
      assert.ok(value.isDate || value.zone === ICAL.Timezone.utcTimezone || zones.has(zone), `${zone} is described`);
      value.zone = zones.get(zone) ?? value.zone;
      return value.isDate ? value.toString() : value.toJSDate().toISOString();
    };
    const text = (name) => component.getFirstPropertyValue(name);
    return { uid: text('uid'), title: text('summary'), place: text('location'), start: time('dtstart'), end: time('dtend'), stamp: text('dtstamp') };
  });
}

test('another program reads every calendar file', async () => {
  for (const site of [fixture, real]) {
    const files = site.files.filter((file) => file.endsWith('.ics'));
    assert.ok(files.length > 4, 'there are files');
    for (const file of files) {
      const found = entries(await site.read(file));
      assert.ok(found.length > 0, file);
      assert.equal(new Set(found.map(({ uid }) => uid)).size, found.length, `${file}: no two entries are one`);
      for (const { title, start, end, stamp } of found) {
        assert.ok(title && stamp && start < end, `${file}: ${title} from ${start} to ${end}`);
      }
    }
  }
});

test('a session is when its page says, wherever its reader is', async () => {
  const [opening] = entries(await fixture.read('sessions/opening/opening.ics'));
  // Half past nine in Leeds, in summer.
  assert.equal(opening.start, '2027-04-18T08:30:00.000Z');
  assert.equal(opening.end, '2027-04-18T09:00:00.000Z');
  assert.equal(opening.place, 'Main hall, Example Hall, Leeds');
});

test('a reader takes the chosen sessions into a calendar from a folder', async () => {
  const file = path.join(fixture.folder, 'events/sharing/index.html');
  const { page, troubles, close } = await open(browser.scripted, pathToFileURL(file).href);
  try {
    await page.evaluate(() => {
      window.netsiteProgramme = { event: 'sharing', chosen: () => [] };
      const button = document.createElement('button');
      button.dataset.myCalendar = '';
      button.dataset.calendar = 'sharing';
      button.textContent = 'Add my programme to a calendar';
      document.querySelector('main').prepend(button);
    });
    const button = page.getByRole('button', { name: 'Add my programme to a calendar' }).first();
    await button.click();
    await page.getByText('Choose sessions first.').waitFor();
    await page.evaluate(() => {
      window.netsiteProgramme = { event: 'sharing', chosen: () => ['opening', 'stroke', 'gone'] };
    });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    assert.equal(download.suggestedFilename(), 'sharing-my-programme.ics');
    const found = entries(await readFile(await download.path(), 'utf8'));
    const own = await Promise.all(['opening', 'stroke'].map((name) => fixture.read(`sessions/${name}/${name}.ics`)));
    assert.deepEqual(found, own.flatMap(entries));
    await page.getByText('A calendar file with 2 sessions was saved.').waitFor();
    assert.deepEqual(troubles, []);
  } finally {
    await close();
  }
});
