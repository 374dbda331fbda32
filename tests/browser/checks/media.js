// What a page is on paper, in the colours that a reader forces, and without motion.

import assert from 'node:assert/strict';

const NAVIGATION = '.skip, .sections, .crumbs, .footer-menu, .jump, .search, .pager ul';

export async function printsWithoutNavigation(page) {
  await page.emulateMedia({ media: 'print' });
  const shown = await page.evaluate((selector) => {
    const texts = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    return texts.map((element) => element.outerHTML.slice(0, 80));
  }, NAVIGATION);
  const unprinted = await page.evaluate(() =>
    [...document.querySelectorAll('main a[href^="http"]')]
      .filter((link) => !getComputedStyle(link, '::after').content.includes(link.getAttribute('href')))
      .map((link) => link.href));
  await page.emulateMedia({ media: null });
  assert.deepEqual(shown, [], 'navigation on paper');
  assert.deepEqual(unprinted, [], 'links without their address on paper');
}

/** Everything drawn by a border on the screen is still drawn, in a colour that differs from the ground. */
export async function survivesForcedColours(page) {
  const before = await page.evaluate(drawn);
  const text = await page.evaluate(() => document.body.innerText);
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const after = await page.evaluate(drawn);
  const textAfter = await page.evaluate(() => document.body.innerText);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ forcedColors: null, reducedMotion: null });
  assert.equal(textAfter, text);
  assert.deepEqual(Object.keys(after), Object.keys(before), 'what is drawn by borders');
  assert.deepEqual(Object.entries(after).filter(([, colour]) => colour === ground), [], 'drawn in the colour of the ground');
}

/** The theme draws its line, its stops and its marks by borders: which of them there are, and their colours. */
function drawn() {
  const marks = '.stop, .stop h2, .route li, .stops i, .matrix .yes, .matrix .no, .matrix .partly, '
    + '.programme tbody th, .pathway-steps ol > li, .callout, .alert, .figure-when, .masthead, .footer, .flag';
  const found = {};
  for (const [index, element] of [...document.querySelectorAll(marks)].entries()) {
    for (const part of ['', '::before', '::after']) {
      const style = getComputedStyle(element, part || null);
      for (const side of ['Top', 'Left']) {
        const isGenerated = part === '' || style.content !== 'none';
        if (isGenerated && style[`border${side}Style`] !== 'none' && style[`border${side}Width`] !== '0px') {
          found[`${index} ${element.tagName}.${element.className}${part} ${side}`] = style[`border${side}Color`];
        }
      }
    }
  }
  return found;
}
