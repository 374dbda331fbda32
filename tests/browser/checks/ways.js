// How a reader finds the way on a long page, and takes its address along.

import assert from 'node:assert/strict';

const CURRENT = '.contents [aria-current=location]';

/** Wherever a reader stands on the page, the heading that is being read is marked, and the list is on the screen. */
export async function followsTheReader(page) {
  assert.equal(await page.locator(CURRENT).count(), 0, 'nothing is read yet');
  const links = page.locator('.contents a');
  const titles = await links.allInnerTexts();
  for (const index of [3, titles.length - 1, 1]) {
    const heading = page.locator('main h2', { hasText: titles[index] }).first();
    await heading.evaluate((element) => element.scrollIntoView());
    await page.locator(CURRENT, { hasText: titles[index] }).waitFor();
    assert.equal(await page.locator(CURRENT).count(), 1);
    const { top, bottom } = await page.locator(CURRENT).evaluate((link) => link.getBoundingClientRect().toJSON());
    assert.ok(top >= 0 && bottom <= 900, `the list has left the screen: ${top} to ${bottom}`);
  }
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction((selector) => !document.querySelector(selector), CURRENT);
  await links.nth(2).press('Enter');
  await page.locator(CURRENT, { hasText: titles[2] }).waitFor();
}

export async function canBeCited(page) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the citation' }).press('Enter');
  await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const citation = await page.locator('.cite p').first().innerText();
  const address = await page.locator('link[rel=canonical]').getAttribute('href');
  await page.context().clearPermissions();
  assert.equal(copied, citation);
  assert.ok(copied.endsWith(address), copied);
}
