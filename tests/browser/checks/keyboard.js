// Tab goes once to everything that can be used, in the order of the text, and shows where it is.

import assert from 'node:assert/strict';

export async function canBeWalkedByKeyboard(page) {
  await startAtTop(page);
  const expected = await page.evaluate(recordFocus);
  // Sent all at once and handled in order: waiting for each would take most of the time of all tests.
  await Promise.all(expected.map(() => page.keyboard.press('Tab')));
  const visited = await page.evaluate(() => globalThis.visited);
  assert.deepEqual(visited.map((stop) => stop.what), expected);
  assert.deepEqual(visited.filter((stop) => !stop.isShown).map((stop) => stop.what), [], 'focus is not shown on these');
}

/** Leaves the focus where Tab leads to the first link: the place of something that is gone. */
function startAtTop(page) {
  return page.evaluate(() => {
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
  });
}

/** Notes every element that takes the focus from now on; returns those that should, in the order of the document. */
function recordFocus() {
  const look = (element) => {
    const { backgroundColor, outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const hasOutline = outlineStyle !== 'none' && outlineWidth !== '0px' && outlineColor !== 'rgba(0, 0, 0, 0)';
    return { backgroundColor, hasOutline };
  };
  const usable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((element) => !element.disabled && element.checkVisibility({ visibilityProperty: true }))
    // Of the answers to one question Tab stops at the one that is chosen; arrows go on from there.
    .filter((element) => element.type !== 'radio' || element.checked);
  const name = (element) =>
    `${usable.indexOf(element)} ${element.tagName} ${element.getAttribute('href') ?? element.getAttribute('aria-label') ?? ''}`;
  const before = new Map(usable.map((element) => [element, look(element)]));
  globalThis.visited = [];
  document.removeEventListener('focusin', globalThis.note);
  globalThis.note = ({ target }) => {
    const now = look(target);
    const { width, height } = target.getBoundingClientRect();
    const isMarked = now.hasOutline || now.backgroundColor !== before.get(target)?.backgroundColor;
    globalThis.visited.push({ what: name(target), isShown: isMarked && width > 1 && height > 1 });
  };
  document.addEventListener('focusin', globalThis.note);
  return usable.map(name);
}

export async function canSkipToTheText(page) {
  await startAtTop(page);
  await page.keyboard.press('Tab');
  const skip = await page.evaluate(() => {
    const { top, left } = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute('href'), isOnScreen: top >= 0 && left >= 0 };
  });
  assert.deepEqual(skip, { href: '#to:content', isOnScreen: true });
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'MAIN');
}
