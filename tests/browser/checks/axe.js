// No violation of WCAG 2.2 AA or of good practice, as axe finds them.

import assert from 'node:assert/strict';
import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

export function hasNoAxeViolation(page) {
  return runAxe(page, { runOnly: TAGS });
}

/** Of all rules only these depend on colours. */
export function hasNoContrastViolation(page) {
  return runAxe(page, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } });
}

async function runAxe(page, options) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(axe.source);
  }
  const { violations } = await page.evaluate(
    (chosen) => globalThis.axe.run(document, { ...chosen, resultTypes: ['violations'] }),
    options,
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
  assert.deepEqual(found, []);
}
