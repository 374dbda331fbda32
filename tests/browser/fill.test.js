// A document is filled in as its readers do it: what it shows, keeps, refuses and hands out.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { hasNoAxeViolation, hasNoContrastViolation } from './checks/axe.js';
import { doesNotScrollSideways } from './checks/layout.js';
import { launch, open, resize } from './lib/browser.js';
import { serve } from './lib/server.js';
import { buildFixture } from './lib/sites.js';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ADDRESS = '/templates/network/';
const HOSTILE = '<img src=x onerror="window.broken=1"> & "R&D" </script> ‏שלום🙂';

let browser;
let site;
let server;
let folder;
let opened;
let page;

before(async () => {
  [browser, site, folder] = await Promise.all([launch(), buildFixture(), mkdtemp(path.join(tmpdir(), 'netsite-fill-'))]);
  server = await serve(site.folder);
});

after(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  opened = await open(browser.scripted, server.origin + ADDRESS);
  page = opened.page;
});

afterEach(async () => {
  page.on('dialog', (dialog) => dialog.accept().catch(() => {}));
  await page.evaluate(() => localStorage.clear()).catch(() => {});
  await opened.close();
});

const field = (name, where = page) => where.locator('.fill').getByLabel(name, { exact: false }).first();
const button = (name) => page.getByRole('button', { name, exact: true });
const sheet = () => page.locator('#to\\:sheet').innerText();
const said = () => page.locator('#to\\:said').innerText();
const count = () => page.locator('#to\\:count').innerText();

/** Every required answer. */
async function fillRequired() {
  await field('Network name').fill('Peninsula Network');
  await field('How it meets').selectOption('Online');
  await field('Review date').fill('6/8/2027');
  await field('Review date').blur();
}

async function download(act) {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  const to = path.join(folder, file.suggestedFilename());
  await file.saveAs(to);
  return { name: file.suggestedFilename(), path: to, bytes: await readFile(to) };
}

async function openFile(content, name = 'answers.json') {
  const file = path.join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  await page.locator('#to\\:file').setInputFiles(file);
  await page.waitForFunction(() => document.getElementById('to:said').textContent);
}

const saved = (answers, more = {}) => ({ format: 'netsite answers 1', template: 'templates/network/', version: '1.2', answers, ...more });

test('the filler makes of answers what the program makes of them', async () => {
  const { gaps, cases, ...patterns } = JSON.parse(await readFile(path.join(HERE, 'fill-cases.json'), 'utf8'));
  for (const format of ['markdown', 'html']) {
    for (const [number, one] of cases.entries()) {
      const made = await page.evaluate(([pattern, gaps, answers, format]) => {
        const given = new Map(gaps.map((gap, index) => [gap.key, answers[index] ?? '']));
        return netsiteFill.fill(pattern, new Map(gaps.map((gap) => [gap.key, gap])), given, format);
      }, [patterns[format], gaps, one.answers, format]);
      assert.equal(made, one[format], `case ${number} as ${format}`);
    }
  }
});

test('examples stand in the document until a reader begins', async () => {
  assert.match(await sheet(), /Example Imaging Network exists:/);
  assert.match(await sheet(), /every 6 weeks/);
  assert.equal(await count(), '1 of 11 gaps filled');
  await field('Network name').fill('the Peninsula');
  const text = await sheet();
  assert.match(text, /Terms of reference: the Peninsula/);
  assert.match(text, /The Peninsula exists:/);
  assert.match(text, /Members of the Peninsula/);
  assert.match(text, /reviewed on \[review date\]/);
  assert.match(text, /\[members: role\]/);
  assert.equal(await count(), '2 of 11 gaps filled');
});

test('rows and names are added, taken away and shown', async () => {
  const rows = page.locator('[data-kind=members] .entry');
  await rows.nth(0).locator('input').nth(0).fill('Chair');
  await button('Add a row to Members').press('Enter');
  await page.keyboard.type('Nurse');
  await page.keyboard.press('Tab');
  await page.keyboard.type('South Trust');
  await field('Member trusts, organisation 1').fill('North');
  await button('Add an organisation to Member trusts').click();
  await page.keyboard.type('South');
  assert.match(await sheet(), /member trusts are North and South\./);
  assert.deepEqual(await page.locator('#to\\:sheet li[data-rows]').allInnerTexts(), ['North', 'South']);
  assert.deepEqual(await page.locator('#to\\:sheet tr[data-rows]').allInnerTexts(), ['Chair\t', 'Nurse\tSouth Trust']);
  await rows.nth(0).getByRole('button', { name: 'Remove Row 1 of Members' }).press('Enter');
  assert.deepEqual(await page.locator('#to\\:sheet tr[data-rows]').allInnerTexts(), ['Nurse\tSouth Trust']);
  assert.equal(await page.evaluate(() => document.activeElement.value), 'Nurse');
  assert.equal(await rows.count(), 1);
});

test('a clause comes and goes, with its section and its question', async () => {
  const title = page.locator('#lay-members');
  const question = page.locator('[data-key=number-of-lay-members]');
  assert.match(await sheet(), /Only where “Are there lay members\?” is answered Yes/);
  await page.getByRole('radio', { name: 'No', exact: true }).check();
  assert.ok(await title.isHidden() && await question.isHidden());
  assert.equal(await count(), '2 of 10 gaps filled');
  await page.getByRole('radio', { name: 'Yes' }).check();
  assert.ok(await title.isVisible() && await question.isVisible());
  assert.doesNotMatch(await sheet(), /Are there lay members/);
  await field('How it meets').selectOption('In person');
  assert.match(await sheet(), /A room is booked/);
  assert.doesNotMatch(await sheet(), /A link is sent/);
});

test('what is missing or unreadable is listed before a copy, which can be taken all the same', async () => {
  await field('Review date').fill('31 February 2027');
  await field('Number of member trusts').fill('five');
  await button('Download for Word').press('Enter');
  const problems = page.locator('#to\\:problems');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'to:problems');
  const links = problems.getByRole('link');
  assert.deepEqual(await links.allInnerTexts(), [
    'Answer “Network name”, for example Example Imaging Network',
    '“Number of member trusts” must be a number, such as 5',
    'Choose an answer to “How it meets”',
    'Answer “Number of lay members”, for example 2',
    '“Review date” must be a day, such as 6 August 2027',
  ]);
  await links.nth(2).press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'to:fill:meeting');
  assert.equal(await field('How it meets').getAttribute('aria-invalid'), 'true');
  const described = await field('How it meets').getAttribute('aria-describedby');
  assert.match(await page.locator(`[id="${described.split(' ').pop()}"]`).innerText(), /Error:\s+Choose an answer/);
  await field('How it meets').selectOption('Both');
  assert.equal(await field('How it meets').getAttribute('aria-invalid'), null);
  const { name } = await download(() => button('Download for Word with the gaps').click());
  assert.equal(name, 'network-filled.docx');
});

test('days are taken as people write them', async () => {
  for (const [typed, shown] of [['6/8/2027', '6 August 2027'], ['2027-08-06', '6 August 2027'], ['6th aug 2027', '6 August 2027'],
    ['Friday 6 August 2027', '6 August 2027'], ['29.2.2028', '29 February 2028'], ['29/2/2027', '29/2/2027'], ['soon', 'soon']]) {
    await field('Review date').fill(typed);
    await field('Review date').blur();
    assert.equal(await field('Review date').inputValue(), shown);
  }
});

test('filled copies hold the answers as text', async () => {
  await fillRequired();
  await field('Chair').fill(HOSTILE);
  await page.getByRole('radio', { name: 'No', exact: true }).check();
  await field('What is outside its scope').fill('One\nTwo');
  await field('Role').fill('Lead');
  const markdown = (await download(() => button('Download as Markdown').click())).bytes.toString();
  assert.match(markdown, /^# Terms of reference: Peninsula Network\n/);
  assert.match(markdown, /Outside its scope: One\\\nTwo\./);
  assert.match(markdown, /\| Lead \|  \|/);
  assert.doesNotMatch(markdown, /Lay members/);
  const html = (await download(() => button('Download as a web page').click())).bytes.toString();
  assert.match(html, /<title>Terms of reference: Peninsula Network<\/title>/);
  assert.match(html, /<bdi>&lt;img src=x/);
  const other = await open(browser.scripted, `${server.origin}/404.html`);
  await other.page.setContent(html);
  assert.ok((await other.page.locator('body').innerText()).includes(HOSTILE.replace(/\s+/g, ' ')));
  assert.equal(await other.page.evaluate(() => window.broken), undefined);
  await other.close();
  const word = await download(() => button('Download for Word').click());
  const text = await readWord(word.path, 'word/document.xml');
  assert.match(text, /Outside its scope: /);
  assert.match(text, /<w:t xml:space="preserve">One<\/w:t><\/w:r><w:r><w:br\/><w:t xml:space="preserve">Two<\/w:t>/);
  assert.match(text, /&lt;img src=x/);
  assert.match(text, /<w:rPr><w:rtl\/><\/w:rPr><w:t xml:space="preserve">[^<]*שלום/);
  assert.doesNotMatch(text, /Lay members/);
  assert.match(text, /tblCaption w:val="[^"]*Members of Peninsula Network"/);
  assert.match(await readWord(word.path, 'docProps/core.xml'), /<dc:title>Terms of reference: Peninsula Network<\/dc:title>/);
  assert.match(await readWord(word.path, 'customXml/item1.xml'), /<answer key="review-date">6 August 2027</);
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.deepEqual(opened.troubles, []);
});

/** A part of a Word file, as another program unpacks it. */
async function readWord(file, part) {
  const { stdout } = await promisify(execFile)('python3', ['-c',
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; sys.stdout.buffer.write(z.read(sys.argv[2]))', file, part]);
  return stdout;
}

test('nothing is kept, sent or put in the address unless it is asked for', async () => {
  await fillRequired();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.getByLabel('Keep my answers in this browser').check();
  assert.match(await said(), /kept in this browser/);
  await field('Chair').fill('A nurse');
  await field('Chair').blur();
  await page.reload();
  assert.equal(await field('Chair').inputValue(), 'A nurse');
  assert.match(await sheet(), /A nurse takes the chair|and A nurse/);
  assert.match(await said(), /answers that you kept/);
  await page.getByLabel('Keep my answers in this browser').uncheck();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(await field('Chair').inputValue(), 'A nurse');
  assert.equal(page.url(), server.origin + ADDRESS);
  assert.deepEqual(opened.troubles, []);
});

test('shared answers come into the next template, and no others', async () => {
  await fillRequired();
  await page.getByLabel('Keep my answers in this browser').check();
  const next = await open(browser.scripted, `${server.origin}/templates/brief/`);
  assert.equal(await field('Network name', next.page).inputValue(), 'Peninsula Network');
  assert.match(await next.page.locator('[data-key=network-name]').innerText(), /Filled from your other template/);
  assert.match(await next.page.locator('#to\\:sheet').innerText(), /serves Peninsula Network\. \[lead\] leads it until 6 August 2027/);
  await next.close();
});

test('a browser that keeps nothing says so', async () => {
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new Error('full'); }; });
  await page.getByLabel('Keep my answers in this browser').click();
  assert.match(await said(), /does not let this page keep anything/);
  assert.equal(await page.getByLabel('Keep my answers in this browser').isChecked(), false);
});

test('everything is cleared by one button, which asks once', async () => {
  await fillRequired();
  await page.getByLabel('Keep my answers in this browser').check();
  await button('Clear everything').click();
  await page.keyboard.press('Escape');
  assert.equal(await field('Network name').inputValue(), 'Peninsula Network');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'to:clear');
  await button('Clear everything').click();
  await page.locator('dialog').getByRole('button', { name: 'Clear everything' }).click();
  assert.equal(await field('Network name').inputValue(), '');
  assert.equal(await field('How often it meets').inputValue(), 'every 6 weeks');
  assert.match(await sheet(), /Example Imaging Network exists:/);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'to:fill-title');
  assert.equal(await said(), 'Everything is cleared.');
});

test('answers are saved to a file and opened from it', async () => {
  await fillRequired();
  await field('Chair').fill(HOSTILE);
  await field('Role').fill('Lead');
  const file = await download(() => button('Save answers to a file').click());
  assert.equal(file.name, 'network-answers.json');
  const held = JSON.parse(file.bytes);
  assert.deepEqual({ ...held, answers: null }, saved(null));
  assert.equal(held.answers.members, 'Lead\t');
  await page.reload();
  await page.locator('#to\\:file').setInputFiles(file.path);
  await page.waitForFunction(() => document.getElementById('to:said').textContent);
  assert.equal(await field('Chair').inputValue(), HOSTILE);
  assert.equal(await field('How it meets').inputValue(), 'Online');
  assert.match(await said(), /answers were taken over/);
});

test('a file that fits in part gives what fits, and says what does not', async () => {
  await field('Chair').fill('Before');
  await openFile(saved(
    { chair: 'After', meeting: 'By post', gone: 'An answer', __proto__: 'x', members: 'A\tB\tC', meets: { a: 1 } },
    { version: '0.9' },
  ));
  const words = await said();
  assert.match(words, /of version 0\.9 of this template, and this is version 1\.2/);
  assert.match(words, /can no longer be answered with “By post”/);
  assert.match(words, /“gone” is not asked here\. The answer was: An answer/);
  assert.match(words, /“meets” could not be read/);
  assert.equal(await field('Chair').inputValue(), 'After');
  assert.equal(await field('How often it meets').inputValue(), 'every 6 weeks');
  assert.match(await sheet(), /A\s+B C/);
  await button('Put my earlier answers back').click();
  assert.equal(await field('Chair').inputValue(), 'Before');
});

test('a file that is none, or too large, or of elsewhere, changes nothing that it should not', async () => {
  await field('Chair').fill('Before');
  for (const [content, told] of [
    ['not json', /could not be read/], ['null', /does not hold saved answers/], ['{"format":1}', /does not hold saved answers/],
    [' '.repeat(2 ** 20 + 1), /too large/],
  ]) {
    await page.evaluate(() => document.getElementById('to:said').replaceChildren());
    await openFile(content);
    assert.match(await said(), told);
    assert.equal(await field('Chair').inputValue(), 'Before');
  }
  await page.evaluate(() => document.getElementById('to:said').replaceChildren());
  await openFile(saved({ chair: 'Other' }, { template: 'templates/brief/', format: 'netsite answers 2' }));
  assert.match(await said(), /another version of this site.*another template/s);
});

test('hostile and long answers stay text in the preview', async () => {
  const long = `${HOSTILE}\n`.repeat(2000);
  await openFile(saved({ scope: long, 'network-name': `a\u0000b\r\nc ${HOSTILE}` }));
  assert.ok((await sheet()).includes('<img src=x onerror="window.broken=1">'));
  assert.equal(await page.locator('#to\\:sheet img').count(), 0);
  assert.equal(await page.locator('[data-gap=scope] br').count(), 1999);
  assert.equal(await field('Network name').inputValue(), `ab c ${HOSTILE}`);
  assert.equal(await page.evaluate(() => window.broken), undefined);
});

test('it prints as the document alone', async () => {
  await field('Network name').fill('Peninsula');
  await page.emulateMedia({ media: 'print' });
  for (const other of ['.filling', '.masthead', 'h1', '.facts', '.footer']) {
    assert.ok(await page.locator(other).isHidden(), other);
  }
  const look = await page.locator('.gap.filled').first().evaluate((gap) => {
    const { borderBottomStyle, backgroundColor } = getComputedStyle(gap);
    return [borderBottomStyle, backgroundColor];
  });
  assert.deepEqual(look, ['none', 'rgba(0, 0, 0, 0)']);
  assert.match(await sheet(), /\[review date\]/);
  await page.emulateMedia({ media: null });
});

test('it is accessible while it is filled in, on phones and desktops', async () => {
  await field('Chair').fill('A nurse');
  await button('Download for Word').click();
  for (const width of [320, 375, 768, 1280]) {
    await resize(page, width);
    await hasNoAxeViolation(page);
  }
  await resize(page, 1280);
  await doesNotScrollSideways(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await hasNoContrastViolation(page);
  await page.emulateMedia({ colorScheme: null });
  assert.equal(await page.locator('#to\\:sheet [aria-live], #to\\:sheet [role=status]').count(), 0);
  assert.deepEqual(await page.evaluate(() => globalThis.policyBroken), []);
});

test('the preview does not chatter: what is filled is told when a reader leaves an answer', async () => {
  await field('Chair').pressSequentially('A nurse');
  assert.equal(await page.locator('#to\\:counted').textContent(), '');
  await page.keyboard.press('Tab');
  assert.equal(await page.locator('#to\\:counted').textContent(), '2 of 11 gaps filled');
});

test('without scripts the example document and the downloads remain', async () => {
  const bare = await open(browser.bare, server.origin + ADDRESS);
  assert.ok(await bare.page.locator('#to\\:fill').isHidden());
  assert.match(await bare.page.locator('#to\\:sheet').innerText(), /Example Imaging Network exists:/);
  const links = await bare.page.locator('.copies a').evaluateAll((links) => links.map((link) => link.getAttribute('href').split('/').pop()));
  assert.deepEqual(links, ['network.docx', 'network.md', 'network.html']);
  await bare.close();
});

test('it works from a folder without a server', async () => {
  const here = await browser.scripted.newPage();
  await here.goto(pathToFileURL(path.join(site.folder, 'templates/network/index.html')).href);
  await field('Network name', here).fill('Peninsula');
  await here.getByRole('button', { name: 'Download as Markdown' }).click();
  const [file] = await Promise.all([here.waitForEvent('download'), here.getByRole('button', { name: 'with the gaps' }).click()]);
  assert.equal(file.suggestedFilename(), 'network-filled.md');
  await here.close();
});

test('the script stays small', async () => {
  const bytes = await readFile(path.join(site.folder, 'fill.js'));
  assert.ok(gzipSync(bytes).length <= 15 * 1024);
});
