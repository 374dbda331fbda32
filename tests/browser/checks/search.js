// What a reader sees of the search, read from the page, and the ways in which its field is used.

import assert from 'node:assert/strict';

export const FIELD = '[role=search] input';
export const HITS = 'main .hits > li';
export const HEADING = '.results [role=status] h2';

/** Waits until the page of the search has its answer and its counts. */
export async function answered(page) {
  await page.waitForFunction(() => /^(\d|No )/.test(document.querySelector('.results [role=status] h2')?.textContent ?? ''));
  await page.waitForFunction(() => [...document.querySelectorAll('.facet-count')].some((count) => count.textContent));
}

export const titles = (page) => page.locator(`${HITS} .hit-title a`).allInnerTexts();

/** The number in front of `results for` or `pages`. */
export async function total(page) {
  return Number.parseInt((await page.locator(HEADING).innerText()).replace(',', ''), 10) || 0;
}

/** Types as a person does, so that the search is loaded by the focus and asked by every letter. */
export async function type(page, text) {
  const field = page.locator(FIELD);
  await field.click();
  await field.pressSequentially(text);
  return field;
}

/** Puts a text into the field at once, so that what is suggested is for all of it, and waits for that. */
export async function suggested(page, text) {
  const field = page.locator(FIELD);
  await field.click();
  await field.fill(text);
  await page.locator('[role=option]').first().waitFor();
  return field;
}

/** The ARIA practices for a combobox with a list that is chosen from by hand. */
export async function isACombobox(page) {
  const field = await suggested(page, 'th');
  assert.equal(await field.getAttribute('role'), 'combobox');
  assert.equal(await field.getAttribute('aria-expanded'), 'true');
  const list = page.locator(`[id="${await field.getAttribute('aria-controls')}"]`);
  assert.equal(await list.getAttribute('role'), 'listbox');
  assert.ok(await list.isVisible());
  assert.deepEqual(await list.getByRole('group').evaluateAll((groups) => groups.map((each) => each.firstChild.textContent)), ['Search for', 'Pages']);
  const options = await list.getByRole('option').evaluateAll((all) => all.map((each) => each.id));
  await page.getByRole('status').filter({ hasText: `${options.length} suggestions` }).waitFor({ state: 'attached' });

  const active = () => field.getAttribute('aria-activedescendant');
  assert.equal(await active(), null, 'nothing is chosen before somebody chooses');
  await field.press('ArrowDown');
  assert.equal(await active(), options[0]);
  assert.equal(await page.locator('[aria-selected=true]').count(), 1);
  await field.press('ArrowUp');
  await field.press('ArrowUp');
  assert.equal(await active(), options.at(-1), 'up from the field goes to the last');
  for (const key of ['Home', 'End']) {
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    await field.press(key);
    assert.equal(await active(), null, `${key} goes back to the text`);
    const place = await field.evaluate((element) => element.selectionStart);
    assert.equal(place, key === 'Home' ? 0 : 2);
  }
  await field.press('Escape');
  assert.equal(await field.getAttribute('aria-expanded'), 'false');
  assert.ok(!(await list.isVisible()));
  assert.equal(await field.inputValue(), 'th', 'the first Escape keeps the text');
  await field.press('ArrowDown');
  await page.waitForFunction((id) => document.activeElement.getAttribute('aria-activedescendant') === id, options[0]);
  await field.press('Tab');
  assert.ok(!(await list.isVisible()), 'the list closes when the focus leaves');
}

/** Each suggestion can be hit with a finger, and none is beyond the edge of the screen. */
export async function canBeTapped(page) {
  await suggested(page, 'th');
  const { width } = page.viewportSize();
  for (const option of await page.getByRole('option').all()) {
    const box = await option.boundingBox();
    assert.ok(box.height >= 44 && box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
  }
}
