// Tables whose rows become blocks on a narrow screen stay tables for those who hear them.

import assert from 'node:assert/strict';
import { countRoles, resize } from '../lib/browser.js';

const ROLES = ['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell'];

export async function keepsTables(page) {
  const wide = await countRoles(page, ROLES);
  await resize(page, 320);
  const narrow = await countRoles(page, ROLES);
  await resize(page, 1280);
  assert.deepEqual(narrow, wide);
}
