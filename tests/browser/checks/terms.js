// A term of the glossary opens its meaning by keyboard and by touch, and copies and prints as text.

import assert from 'node:assert/strict';

/** What a reader has before them: whether the meaning is shown, how far from its term, and where the focus is. */
function look(page) {
  return page.evaluate(() => {
    const term = document.querySelector('.term');
    const meaning = document.getElementById(term.getAttribute('popovertarget'));
    const [word, box] = [term, meaning].map((each) => each.getBoundingClientRect());
    return {
      isOpen: meaning.checkVisibility(),
      isNear: box.bottom >= word.top - 60 && box.top <= word.bottom + 60,
      isOnScreen: box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight,
      hasFocus: document.activeElement === term,
      height: document.documentElement.scrollHeight,
    };
  });
}

export async function opensByKeyboard(page) {
  const { height } = await look(page);
  await page.locator('.term').first().focus();
  assert.equal((await look(page)).isOpen, false);
  await page.keyboard.press('Enter');
  assert.deepEqual(await look(page), { isOpen: true, isNear: true, isOnScreen: true, hasFocus: true, height });
  await page.keyboard.press('Escape');
  const closed = await look(page);
  assert.deepEqual([closed.isOpen, closed.hasFocus, closed.height], [false, true, height]);
}

export async function opensByTouch(page) {
  await page.locator('.term').first().tap();
  const open = await look(page);
  assert.deepEqual([open.isOpen, open.isNear, open.isOnScreen], [true, true, true]);
  await page.touchscreen.tap(2, 2);
  assert.equal((await look(page)).isOpen, false);
}

/** The paragraph as it is selected and copied, and as it is printed. */
export async function readsAsText(page) {
  const text = () => page.evaluate(() => {
    const selection = getSelection();
    selection.selectAllChildren(document.querySelector('.term').closest('p'));
    const copied = selection.toString();
    selection.removeAllRanges();
    return copied;
  });
  assert.equal(await text(), 'One RIS for both, then one list.');
  await page.emulateMedia({ media: 'print' });
  const printed = await page.evaluate(() => {
    const meaning = document.querySelector('.term + [popover]');
    const bracket = (end) => getComputedStyle(meaning, end).content;
    return [getComputedStyle(meaning).display, getComputedStyle(meaning).position, bracket('::before'), bracket('::after')];
  });
  await page.emulateMedia({ media: 'screen' });
  assert.deepEqual(printed, ['inline', 'static', '" ("', '")"']);
}
