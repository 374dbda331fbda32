// Looks at what is made for paper: each fits its sheet, whatever stands on it, and reads well on a screen too.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { hasNoAxeViolation, hasNoContrastViolation } from './checks/axe.js';
import { doesNotScrollSideways } from './checks/layout.js';
import { launch, open, resize } from './lib/browser.js';
import { serve } from './lib/server.js';
import { BINARY, buildRealSite } from './lib/sites.js';

let browser;
let real;
let server;
let folder;
let sheets;

before(async () => {
  [browser, real, folder] = await Promise.all([launch(), buildRealSite(), mkdtemp(path.join(tmpdir(), 'netsite-print-'))]);
  server = await serve(real.folder);
  const list = async (below, name) => (await readdir(path.join(real.folder, below), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && !['page', 'compare'].includes(entry.name))
    .map((entry) => `/${below}/${entry.name}/${name}/`);
  sheets = [...await list('case-studies', 'hand-out'), ...await list('events', 'poster')];
});

after(async () => {
  await browser?.close();
  await server?.close();
  await real?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** How many pages a PDF has. */
const pageCount = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;

/** The sheet prints on one page, and nothing on it is cut off. */
async function fitsItsSheet(page, address) {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 1123 });
  const over = await page.evaluate(() => {
    const sheet = document.querySelector('.sheet, .page');
    const lowest = [...sheet.querySelectorAll('p, dd, figure, li')].map((part) => part.getBoundingClientRect().bottom);
    const box = sheet.getBoundingClientRect();
    const footer = sheet.matches('.sheet') ? sheet.querySelector('footer').getBoundingClientRect().top : box.bottom;
    const text = [...sheet.querySelectorAll('.told p, .beside figure, .programme p, .left .flag')]
      .map((part) => part.getBoundingClientRect().bottom);
    return { box: Math.max(...lowest) - box.bottom, text: Math.max(0, ...text) - footer };
  });
  assert.ok(over.box <= 0.5 && over.text <= 0.5, `${address}: ${JSON.stringify(over)}`);
  for (const format of address.includes('poster') ? ['A4', 'A3'] : ['A4']) {
    const pdf = await page.pdf({ format, preferCSSPageSize: !address.includes('poster') });
    assert.equal(pageCount(pdf), 1, `${address} on ${format}`);
  }
  await page.emulateMedia({ media: null });
}

test('every hand-out and poster of the real site fits its sheet', async () => {
  assert.ok(sheets.length > 10);
  for (const address of sheets) {
    const { page, close } = await open(browser.scripted, server.origin + address);
    await fitsItsSheet(page, address);
    await close();
  }
});

test('they can be read on a screen, wide or narrow, light or dark', async () => {
  for (const address of [sheets[0], sheets.at(-1)]) {
    const { page, troubles, close } = await open(browser.scripted, server.origin + address);
    await hasNoAxeViolation(page);
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      await hasNoContrastViolation(page);
    }
    await resize(page, 320);
    await doesNotScrollSideways(page);
    assert.deepEqual(troubles, []);
    await close();
  }
});

const WORDS = ['i', 'Word', 'WWWWWWWW', 'interventional', 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch', '3,000', '漢字漢字'];

/** Text that is longer than any sheet, of words that are narrow, wide or too long for a line. */
const wordy = (count, seed) => Array.from({ length: count }, (_, at) => WORDS[(at * 7 + seed * 3 + Math.floor(at / 5)) % WORDS.length]
  + ((at + seed) % 9 === 8 ? '.' : '')).join(' ');

test('whatever is written, a hand-out and a poster fit their sheets', async () => {
  const root = path.join(folder, 'extremes');
  const page = (title, fields, body) => `---\ntitle: "${title}"\nsummary: "${wordy(40, 2).slice(0, 200)}"\nstatus: published\nowner: a.very.long.name.of.a.team.that.keeps.pages@an-imaging-network.example\nlast_reviewed: 2026-01-05\nreview_by: 2030-01-05\n${fields}---\n\n${body}`;
  const put = async (name, text) => {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  await put('netsite.yaml', `title: ${wordy(6, 1).replaceAll('.', '')}\nbase_url: https://a-rather-long-name-of-a-site.example/below/a/folder/\nlicence: ${wordy(60, 4).replaceAll('.', '')}\n`);
  await put('content/networks/n.md', page('Network', 'name: Network\nas_of: 2024\nmembers: []\nregion: South East\n', '## About\n\nA.\n'));
  for (let seed = 0; seed < 12; seed += 1) {
    const measures = Array.from({ length: seed % 4 }, (_, at) => `  - metric: "${wordy(4 + seed, at)}"\n    baseline: "${'9'.repeat(1 + seed)}"\n    result: 12345\n    unit: ${wordy(2, seed)}\n    period: 2025\n    note: "${wordy(30, at)}"\n`).join('');
    const fields = `network: n\nperiod: 2025\nstage: pilot\nevidence: evaluated\nprogramme: "${wordy(30, seed)}"\ncost: "${wordy(30, seed)}"\nsavings: "${wordy(20, seed)}"\nnotice: "${wordy(seed * 9 + 1, seed)}"\nillustrative: "${wordy(seed * 5 + 1, seed)}"\ncontact: team@test.example\n${measures ? `measures:\n${measures}` : ''}`;
    const part = (name, count) => `## ${name}\n\n${wordy(count, seed)}\n\n- ${wordy(12, seed)}\n- ${wordy(40, seed + 1)}\n\n### ${wordy(5, seed)}\n\n${wordy(60, seed)}\n\n`;
    await put(`content/case-studies/c${seed}.md`, page(wordy(3 + seed * 3, seed), fields, ['Problem', 'Solution', 'Output', 'Next steps'].map((name, at) => part(name, 10 + ((seed * 5 + at * 11) % 30) * 14)).join('')));
    await put(`content/events/e${seed}.md`, page(wordy(2 + seed * 2, seed), `starts: 2026-04-15 09:30\nends: 2026-04-${15 + (seed % 3)} 16:30\ntimezone: Europe/London\nvenue: "${wordy(seed * 3 + 1, seed)}"\naccess: [step-free, loop, captions, BSL]\naudiences: ["${wordy(20, seed)}"]\nbooking_url: https://book.example/${'a'.repeat(60)}\ncapacity: 200\n`, `## About\n\n${wordy(90, seed)}\n`));
    for (let at = 0; at < seed * 3; at += 1) {
      await put(`content/sessions/s${seed}-${at}.md`, page(wordy(2 + (at % 9), at), `event: e${seed}\nstart: 2026-04-15 ${10 + Math.floor(at / 5)}:00\nend: 2026-04-15 ${10 + Math.floor(at / 5)}:45\nroom: Room ${at % 5}\nspeakers: []\n`, '## About\n\nA.\n'));
    }
  }
  const output = path.join(folder, 'out');
  await promisify(execFile)(BINARY, ['build', '--root', root, '--output', output, '--as-of', '2026-02-01']);
  const opened = await open(browser.scripted, 'about:blank');
  for (let seed = 0; seed < 12; seed += 1) {
    for (const address of [`case-studies/c${seed}/hand-out/`, `events/e${seed}/poster/`]) {
      await opened.page.goto(pathToFileURL(path.join(output, address, 'index.html')).href);
      await fitsItsSheet(opened.page, address);
    }
  }
  await opened.close();
});
