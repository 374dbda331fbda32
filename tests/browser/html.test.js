// Every page of both sites is valid HTML.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { buildFixture, buildRealSite } from './lib/sites.js';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // The theme's own ids hold a colon, which no heading's id does, so the two never meet.
    'valid-id': ['error', { relaxed: true }],
    // Tables that become blocks on a phone name their roles, which `display` takes from them in some browsers.
    'no-redundant-role': 'off',
    // The region around a table is there to be scrolled by keyboard; it is no section of the text.
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // How long a title is is the writer's affair.
    'long-title': 'off',
  },
});

let sites;
before(async () => { sites = await Promise.all([buildFixture(), buildRealSite()]); });
after(() => Promise.all(sites.map((site) => site.remove())));

for (const [index, name] of ['fixture', 'real site'].entries()) {
  test(`every page of the ${name} is valid HTML`, async () => {
    const wrong = [];
    for (const file of sites[index].pages) {
      const report = validator.validateStringSync(await sites[index].read(file), file);
      for (const { messages } of report.results) {
        wrong.push(...messages.map((found) => `${file}:${found.line}:${found.column}: ${found.message} (${found.ruleId})`));
      }
    }
    assert.deepEqual(wrong, []);
  });
}
