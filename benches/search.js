// What a query costs a reader of a built site, in a real Chromium: bytes and requests of a first query as a web server sends
// them, and the time of each key on a processor four times slower. Prints one line of JSON.
//
//     node benches/search.js PUBLIC [--verbose]
//
// Needs `npm ci --prefix tests/browser`. `search.py` runs it.

import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from '../tests/browser/lib/browser.js';

const RESULTS = 8;
const SLOWER = 4;
const PAUSE = 30;
const PAGE = 'case-studies/';
// What readers of such a site type, beside the words of its own titles.
const TYPED = ['ct reports', 'radiology imaging network', 'stroke patients', 'ct angio', 'staff rota traning', 'reporting'];
const TITLES = 8;

const folder = path.resolve(process.argv[2]);
const isVerbose = process.argv.includes('--verbose');
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Hands out the folder as a web server does, compressed; `sent` remembers each answer and its bytes. */
async function serve() {
  const sent = [];
  const ready = new Map();
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname).replace(/\/$/, '/index.html');
    try {
      if (!ready.has(name)) {
        ready.set(name, gzipSync(await readFile(path.join(folder, path.normalize(name))), { level: 6 }));
      }
      const bytes = ready.get(name);
      sent.push([name, bytes.length]);
      response.writeHead(200, { 'Content-Type': types[path.extname(name)] ?? 'application/octet-stream', 'Content-Encoding': 'gzip', 'Cache-Control': 'max-age=3600' });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { sent, address: `http://127.0.0.1:${server.address().port}/${PAGE}`, close: () => server.close() };
}

/** One word, two and three of titles spread over the site, and what readers type. */
async function queries() {
  const names = (await readdir(path.join(folder, PAGE))).filter((name) => !/\.|^page$/.test(name)).sort();
  // Steps of a prime, as titles that follow each other differ in one word.
  const titles = Array.from({ length: TITLES }, (_, at) => names[(at + 1) * 7919 % names.length].replaceAll('-', ' '));
  return titles.flatMap((title) => {
    const words = title.split(' ').filter((word) => word.length > 2);
    return [words[0], words.slice(1, 3).join(' '), words.slice(-3).join(' ')];
  }).concat(TYPED);
}

const quantile = (all, share) => all.slice().sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))];

/** A page that was just opened, in a window that has loaded nothing before. */
async function fresh(browser, address) {
  const context = await browser.scripted.browser().newContext();
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'load' });
  return { page, context };
}

async function firstQuery(browser, server, text) {
  const { page, context } = await fresh(browser, server.address);
  // The page's own, such as its icon, is no part of a search.
  await page.waitForLoadState('networkidle');
  server.sent.length = 0;
  await page.locator('[role=search] input').focus();
  await page.waitForFunction(() => self.netsiteField);
  const found = await page.evaluate(async ([text, limit]) => (await netsiteSearch.search(text, { limit, counts: false })).results.length, [text, RESULTS]);
  await page.waitForLoadState('networkidle');
  const sum = server.sent.reduce((bytes, [, each]) => bytes + each, 0);
  // The look and the script of the field are the theme's.
  const asked = server.sent.filter(([name]) => name.startsWith('/search/'));
  if (isVerbose) {
    console.error(text, found, server.sent.map(([name, bytes]) => `${path.basename(name)} ${bytes}`).join(' '));
  }
  await context.close();
  return { found, bytes: sum, requests: asked.length };
}

/** The milliseconds of each key: with nothing loaded, and of the same text typed again. */
async function keys(browser, server, text) {
  const { page, context } = await fresh(browser, server.address);
  await page.locator('[role=search] input').focus();
  await page.waitForFunction(() => self.netsiteField);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const times = await page.evaluate(async ([text, limit, pause]) => {
    await netsiteSearch.open();
    const type = async () => {
      const times = [];
      for (let length = 1; length <= text.length; length += 1) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        const start = performance.now();
        await netsiteSearch.search(text.slice(0, length), { limit, counts: false });
        times.push(performance.now() - start);
      }
      return times;
    };
    return [await type(), await type()];
  }, [text, RESULTS, PAUSE]);
  await context.close();
  return times;
}

const server = await serve();
const browser = await launch();
const all = await queries();
const costs = [];
const cold = [];
const warm = [];
for (const text of all) {
  costs.push(await firstQuery(browser, server, text));
}
for (const text of all.filter((_, at) => at % 3 === 1)) {
  const [first, again] = await keys(browser, server, text);
  cold.push(...first);
  warm.push(...again);
}
await browser.close();
server.close();
const kilobytes = costs.map(({ bytes }) => bytes / 1024);
const requests = costs.map(({ requests }) => requests);
console.log(JSON.stringify({
  queries: all.length,
  empty: costs.filter(({ found }) => !found).length,
  kilobytes: [quantile(kilobytes, 0.5), Math.max(...kilobytes)],
  requests: [quantile(requests, 0.5), Math.max(...requests)],
  keys: warm.length,
  cold: [quantile(cold, 0.5), quantile(cold, 0.95)],
  warm: [quantile(warm, 0.5), quantile(warm, 0.95)],
}));
