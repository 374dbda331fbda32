// Nothing is wider than the screen, and nothing moves while the page arrives.

import assert from 'node:assert/strict';
import { resize } from '../lib/browser.js';

const WIDTHS = [320, 375, 768, 1280, 1920];
// Widths at which text of twice the size must fit as well.
const ENLARGED = [640, 768, 1280];

export async function doesNotScrollSideways(page) {
  const wide = [];
  for (const width of WIDTHS) {
    wide.push(...await overflowAt(page, width));
  }
  await enlarge(page, '200%');
  for (const width of ENLARGED) {
    wide.push(...await overflowAt(page, width, ' with text of twice the size'));
  }
  await enlarge(page, '');
  await resize(page, 1280);
  assert.deepEqual(wide, []);
}

/** Sets the text's size as a reader's own setting would, through a style object, which the policy allows. */
function enlarge(page, size) {
  return page.evaluate((fontSize) => { document.documentElement.style.fontSize = fontSize; }, size);
}

async function overflowAt(page, width, note = '') {
  await resize(page, width);
  const found = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) {
      return null;
    }
    const isBeyond = (element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > clientWidth + 1 || left < -1;
    };
    const canScroll = (element) => element !== document.body
      && (getComputedStyle(element).overflowX !== 'visible' || canScroll(element.parentElement));
    const widest = [...document.body.querySelectorAll('*')].filter((element) => isBeyond(element) && !canScroll(element));
    return `${scrollWidth}: ${widest.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(' | ')}`;
  });
  return found ? [`${width}px${note}: ${found}`] : [];
}

export async function doesNotShift(page) {
  const shift = await page.evaluate(() => globalThis.layoutShift);
  assert.ok(shift < 0.01, `the layout shifts by ${shift}`);
}
