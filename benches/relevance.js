// How well the search ranks a judged collection: makes a site with a page for each document, builds it, and asks every
// query on the page of the search in a real Chromium, over http.
//
//     node benches/relevance.js DIR [--netsite PATH] [--worst N]
//
// DIR holds docs.tsv (id, title, text), qrels.tsv (query, document, grade) and queries.tsv, or any queries-*.tsv (id,
// text). Needs `npm ci --prefix tests/browser`.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../tests/browser/lib/browser.js';
import { ndcg } from '../tests/browser/lib/ndcg.js';
import { serve } from '../tests/browser/lib/server.js';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
// A title is shown in lists; a document without one is called by its first words.
const TITLE_WORDS = 12;
const FIELDS = 'status: published\nowner: bench@bench.example\nlast_reviewed: 2026-01-05\nreview_by: 2039-01-05\n';

const { values: options, positionals: [collection] } = parseArgs({
  allowPositionals: true,
  options: { netsite: { type: 'string', default: path.join(ROOT, 'target/release/netsite') }, worst: { type: 'string', default: '0' } },
});
if (!collection) {
  console.error('usage: node benches/relevance.js DIR [--netsite PATH] [--worst N]');
  process.exit(2);
}

async function table(name) {
  const text = await readFile(path.join(collection, name), 'utf8');
  return text.split(/\r?\n/).filter(Boolean).map((line) => line.split('\t'));
}

/** Text that Markdown shows as it is. */
const escaped = (text) => text.replace(/[\\`*_{}[\]()#+\-.!|<>~&:$^='"/@]/g, '\\$&');

function source(title, text) {
  const name = (title || text).split(/\s+/).filter(Boolean).slice(0, title ? Infinity : TITLE_WORDS).join(' ') || 'Untitled';
  // A page must have a summary, and the collections have none: one without words is found by nothing.
  return `---\ntitle: ${JSON.stringify(name)}\nsummary: "…"\n${FIELDS}---\n\n${escaped(text.trim()) || '…'}\n`;
}

/** Builds the site; returns its folder and the documents by the addresses of their pages. */
async function publish(folder, documents) {
  const content = path.join(folder, 'content', 'documents');
  await mkdir(content, { recursive: true });
  await writeFile(path.join(folder, 'netsite.yaml'), 'title: Judged documents\n');
  const ids = new Map();
  for (const [number, [id, title = '', ...text]] of documents.entries()) {
    await writeFile(path.join(content, `d${number}.md`), source(title, text.join(' ')));
    ids.set(`/documents/d${number}/`, id);
  }
  const output = path.join(folder, 'public');
  execFileSync(options.netsite, ['build', '--root', folder, '--output', output], { stdio: ['ignore', 'ignore', 'inherit'] });
  return { output, ids };
}

/** Types a query into the field of the page, and returns the addresses that the page lists when it has its answer. */
function found(text) {
  const heading = document.querySelector('.results [role=status] h2');
  const field = document.querySelector('[role=search] input');
  return new Promise((resolve) => {
    const watcher = new MutationObserver(() => {
      if (/^(\d|No )/.test(heading.textContent)) {
        watcher.disconnect();
        // The list is filled in the same step as the heading, but after it.
        setTimeout(() => {
          resolve([...document.querySelectorAll('main .hits > li .hit-title a')].map((link) => new URL(link.href).pathname));
        });
      }
    });
    watcher.observe(heading, { childList: true });
    field.value = text;
    field.dispatchEvent(new Event('input'));
  });
}

async function ask(page, queries, ids) {
  const answers = [];
  for (const [, text] of queries) {
    const addresses = await page.evaluate(found, text);
    answers.push(addresses.map((address) => ids.get(address)).filter(Boolean).slice(0, 10));
  }
  return answers;
}

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const documents = await table('docs.tsv');
const judged = new Map();
for (const [query, document, grade] of await table('qrels.tsv')) {
  if (Number(grade) > 0) {
    judged.set(query, (judged.get(query) ?? new Map()).set(document, Number(grade)));
  }
}
const said = new Set(documents.flatMap(([, ...cells]) => wordsOf(cells.join(' '))));
const folder = await mkdtemp(path.join(tmpdir(), 'netsite-relevance-'));
let server;
let browser;
try {
  const { output, ids } = await publish(folder, documents);
  [server, browser] = [await serve(output), await launch()];
  const page = await browser.scripted.newPage();
  await page.goto(`${server.origin}/search/`);
  await page.locator('main .hits > li').first().waitFor();
  console.log(`${documents.length.toLocaleString('en-GB')} documents`);
  const files = (await readdir(collection)).filter((name) => /^queries(-.*)?\.tsv$/.test(name)).sort();
  for (const file of files) {
    const queries = (await table(file)).filter(([id]) => judged.has(id));
    const answers = await ask(page, queries, ids);
    const scores = answers.map((answer, at) => ndcg(answer, judged.get(queries[at][0])));
    const lost = queries.filter(([, text], at) => !answers[at].length && wordsOf(text).some((word) => said.has(word)));
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const share = (100 * lost.length) / queries.length;
    console.log(`${file}: ${queries.length} queries, nDCG@10 ${mean.toFixed(4)}, nothing found though a word is in the text ${share.toFixed(1)}%`);
    const worst = queries.map(([id, text], at) => [scores[at], id, text]).sort((a, b) => a[0] - b[0]);
    for (const [score, id, text] of worst.slice(0, Number(options.worst))) {
      console.log(`  ${score.toFixed(3)} ${id} ${text}`);
    }
  }
} finally {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
}
