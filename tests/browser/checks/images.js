// Images arrive whole, as small as they can be, and without moving what stands around them.

import assert from 'node:assert/strict';
import { resize } from '../lib/browser.js';

/** Every image loads when it is come to, as a variant where there is one, and fits a phone in its own proportion. */
export async function showsItsImages(page) {
  const before = await page.evaluate(() => globalThis.layoutShift);
  const images = await page.locator('main img').all();
  for (const image of images) {
    await image.scrollIntoViewIfNeeded();
    const source = await image.evaluate(async (element) => {
      await element.decode();
      return element.parentElement.localName === 'picture' ? element.currentSrc : null;
    });
    assert.ok(source === null || source.endsWith('.webp'), source);
  }
  const shift = await page.evaluate((earlier) => globalThis.layoutShift - earlier, before);
  assert.ok(shift < 0.01, `images shift the layout by ${shift}`);

  await resize(page, 375);
  for (const image of images) {
    const [said, drawn, width] = await image.evaluate((element) => {
      const box = element.getBoundingClientRect();
      return [element.getAttribute('width') / element.getAttribute('height'), box.width / box.height, box.width];
    });
    assert.ok(Math.abs(said / drawn - 1) < 0.02, `drawn ${drawn} times as wide as high, and it is ${said}`);
    assert.ok(width <= 343, `${width} wide on a phone`);
  }
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  await resize(page, 1280);
}
