// Lighthouse over one page of every kind, of lists, overviews and the pages that nobody writes, as a phone and as a
// desktop see them. Prints a table and what any page loses a point for; fails unless every figure is 100.

import lighthouse, { desktopConfig } from 'lighthouse';
import { launch } from 'chrome-launcher';

import { KINDS } from '../../tests/browser/lib/pages.js';
import { serve } from '../../tests/browser/lib/server.js';
import { buildFixture, buildRealSite } from '../../tests/browser/lib/sites.js';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const SCREENS = { phone: undefined, desktop: desktopConfig };

/** Pages of the real site that the fixture has no like of. */
const REAL = [
  '/', '/about/', '/accessibility/', '/case-studies/', '/themes/', '/themes/workforce/', '/a-to-z/', '/changes/',
  '/networks/help/', '/networks/compare/', '/case-studies/compare/', '/standards/matrix/',
  '/case-studies/devon-home-reporting/', '/networks/cheshire-and-merseyside/', '/terms-of-reference/network-board/',
];

const only = process.argv.slice(2);
const chrome = await launch({
  chromePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
let worst = 100;
try {
  await measure(await buildFixture(), Object.values(KINDS));
  await measure(await buildRealSite(), REAL);
} finally {
  await chrome.kill();
}
console.log(`\nLowest: ${worst}`);
process.exitCode = worst === 100 ? 0 : 1;

async function measure(site, addresses) {
  const server = await serve(site.folder);
  for (const address of addresses.filter((one) => only.length === 0 || only.includes(one))) {
    for (const [screen, config] of Object.entries(SCREENS)) {
      const options = { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' };
      const { lhr } = await lighthouse(server.origin + address, options, config);
      report(`${site.name} ${screen.padEnd(7)} ${address}`, lhr);
    }
  }
  await server.close();
  await site.remove();
}

function report(name, lhr) {
  const scores = CATEGORIES.map((category) => Math.round((lhr.categories[category].score ?? 0) * 100));
  worst = Math.min(worst, ...scores);
  console.log(`${scores.map((score) => String(score).padStart(4)).join('')}  ${name}`);
  for (const category of CATEGORIES) {
    for (const { id, weight } of lhr.categories[category].auditRefs) {
      const audit = lhr.audits[id];
      const isScored = weight > 0 && audit.score !== null && !['notApplicable', 'manual'].includes(audit.scoreDisplayMode);
      if (isScored && audit.score < 0.995) {
        console.log(`      ${category}: ${audit.title} (${audit.displayValue ?? audit.score})`);
      }
    }
  }
}
