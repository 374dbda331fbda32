// Images arrive whole, small and without moving what stands around them.

import assert from 'node:assert/strict';
import { resize } from '../lib/browser.js';

/** Every image says its size before it is there, loads when it is come to, and is the variant where there is one. */
export async function showsItsImages(page) {
  await resize(page, 375);
  const before = await page.evaluate(() => globalThis.layoutShift);
  const images = await page.locator('main img').all();
  for (const image of images) {
    await image.scrollIntoViewIfNeeded();
    const shown = await image.evaluate(async (element) => {
      await element.decode();
      const { width, height } = element.getBoundingClientRect();
      return {
        source: element.currentSrc,
        hasVariants: element.parentElement.localName === 'picture',
        proportion: (element.getAttribute('width') / element.getAttribute('height')) / (width / height),
        width,
      };
    });
    assert.ok(!shown.hasVariants || shown.source.endsWith('.480.webp') || shown.width > 480, shown.source);
    assert.ok(Math.abs(shown.proportion - 1) < 0.02, `${shown.source} is drawn out of proportion by ${shown.proportion}`);
    assert.ok(shown.width <= 343, `${shown.source} is ${shown.width} wide on a phone`);
  }
  const after = await page.evaluate(() => globalThis.layoutShift);
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  await resize(page, 1280);
  assert.ok(after - before < 0.01, `images shift the layout by ${after - before}`);
}
