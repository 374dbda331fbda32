// Tables whose rows become blocks on a narrow screen stay tables for those who hear them.

import assert from 'node:assert/strict';
import { countRoles, resize } from '../lib/browser.js';

const ROLES = ['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell'];

export async function keepsTables(page) {
  const wide = await countRoles(page, ROLES);
  await resize(page, 320);
  const narrow = await countRoles(page, ROLES);
  const nameless = await page.evaluate(blocksWithoutRole);
  await resize(page, 1280);
  assert.deepEqual(narrow, wide);
  assert.deepEqual(nameless, []);
}

/** Parts of tables that are shown as something else and do not name their role: browsers other than this take it away. */
function blocksWithoutRole() {
  const roles = {
    TABLE: ['table'], THEAD: ['rowgroup'], TBODY: ['rowgroup'], TR: ['row'], TH: ['columnheader', 'rowheader'], TD: ['cell'],
  };
  return [...document.querySelectorAll('table, thead, tbody, tr, th, td')]
    .filter((part) => !getComputedStyle(part).display.startsWith('table'))
    .filter((part) => !roles[part.tagName].includes(part.getAttribute('role')))
    .map((part) => part.outerHTML.slice(0, 80));
}
