// One Chromium for all tests, and pages in it that remember what went wrong while they were open.

import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

function installedBrowser() {
  for (const name of ['chromium', 'google-chrome', 'chromium-browser', 'google-chrome-stable']) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new Error('The browser tests need chromium or google-chrome.');
}

/** A browser with three windows: `scripted`, `bare`, in which scripts do not run, and `touch`, for fingers. */
export async function launch() {
  const browser = await chromium.launch({ executablePath: installedBrowser(), headless: true, args: FLAGS });
  const viewport = { width: 1280, height: 900 };
  // Pages of events tell readers in another zone the time there; the tests read the same wherever they run.
  const timezoneId = 'Europe/London';
  const scripted = await browser.newContext({ viewport, timezoneId });
  const bare = await browser.newContext({ viewport, timezoneId, javaScriptEnabled: false });
  const touch = await browser.newContext({ viewport, timezoneId, hasTouch: true });
  await scripted.addInitScript(watch);
  return { scripted, bare, touch, close: () => browser.close() };
}

/** Opens an address; `troubles` are console messages, failed requests and requests to elsewhere. */
export async function open(window, address) {
  const { origin } = new URL(address);
  const page = await window.newPage();
  const troubles = [];
  page.on('console', (message) => troubles.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A request that a test cut short by going elsewhere has not failed.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
      troubles.push(`failed: ${request.url()}`);
    }
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) {
      troubles.push(`elsewhere: ${request.url()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && response.url() !== page.url() && response.url() !== address) {
      troubles.push(`${response.status()}: ${response.url()}`);
    }
  });
  await page.goto(address, { waitUntil: 'load' });
  return { page, troubles, close: () => page.close() };
}

const sessions = new WeakMap();

/** What is asked of the browser itself, beside what Playwright offers. */
async function ask(page, method, parameters) {
  if (!sessions.has(page)) {
    sessions.set(page, page.context().newCDPSession(page));
  }
  const session = await sessions.get(page);
  return session.send(method, parameters);
}

/** Playwright's own way resizes a window as well, which takes ten times as long. */
export function resize(page, width) {
  const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
  return ask(page, 'Emulation.setDeviceMetricsOverride', size);
}

/** How often each role stands in the tree that the browser gives to a screen reader. */
export async function countRoles(page, roles) {
  const { nodes } = await ask(page, 'Accessibility.getFullAXTree');
  const found = nodes.filter((node) => !node.ignored).map((node) => node.role?.value);
  return Object.fromEntries(roles.map((role) => [role, found.filter((each) => each === role).length]));
}

function watch() {
  globalThis.layoutShift = 0;
  globalThis.policyBroken = [];
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) {
      globalThis.layoutShift += shift.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  document.addEventListener('securitypolicyviolation', (event) => {
    globalThis.policyBroken.push(`${event.violatedDirective}: ${event.blockedURI}`);
  });
}
