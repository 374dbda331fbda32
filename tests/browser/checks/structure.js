// What somebody who does not see the page finds their way by: headings, landmarks, language, title.

import assert from 'node:assert/strict';
import { countRoles } from '../lib/browser.js';

export async function hasHeadingsInOrder(page) {
  const levels = await page.evaluate(() =>
    [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.tagName[1])));
  assert.equal(levels.filter((level) => level === 1).length, 1, 'one h1');
  assert.equal(levels[0], 1, 'the first heading is the h1');
  for (const [index, level] of levels.entries()) {
    assert.ok(index === 0 || level <= levels[index - 1] + 1, `h${levels[index - 1]} is followed by h${level}`);
  }
}

export async function hasLandmarks(page) {
  const { navigation, ...others } = await countRoles(page, ['banner', 'main', 'contentinfo', 'navigation']);
  assert.deepEqual(others, { banner: 1, main: 1, contentinfo: 1 });
  assert.ok(navigation >= 1, 'a navigation');
}

export async function hasLanguageAndTitle(page) {
  const head = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    dir: getComputedStyle(document.documentElement).direction,
    title: document.title,
  }));
  assert.match(head.lang, /^[a-z]{2}(-[A-Z]{2})?$/);
  assert.equal(head.dir, head.lang === 'ar' ? 'rtl' : 'ltr');
  assert.ok(head.title.length > 0);
}
