// On a map no word meets another, a stop or the edge, and no word is small; what it shows stands in a table.

import assert from 'node:assert/strict';
import { resize } from '../lib/browser.js';

export async function hasReadableMaps(page) {
  if (await page.locator('svg.map').count() === 0) {
    return;
  }
  const wrong = [];
  for (const width of [375, 1280]) {
    await resize(page, width);
    wrong.push(...(await page.evaluate(lookAtMaps)).map((problem) => `${width}px: ${problem}`));
  }
  assert.deepEqual(wrong, []);
}

function lookAtMaps() {
  const wrong = [];
  const shown = [...document.querySelectorAll('svg.map')].filter((map) => map.checkVisibility());
  if (shown.length !== 1) {
    wrong.push(`${shown.length} maps are shown`);
  }
  for (const map of shown) {
    const key = document.getElementById(map.getAttribute('aria-describedby'));
    const table = key?.querySelector('a[href^="#map:"]');
    if (!table || !document.getElementById(table.getAttribute('href').slice(1))?.querySelector('table')) {
      wrong.push('the words beside the map lead to no table');
    }
    const area = map.getBoundingClientRect();
    const scale = area.width / map.viewBox.baseVal.width;
    const words = [...map.querySelectorAll(':scope > text')];
    const stops = [...map.querySelectorAll('circle')];
    if (scale * parseFloat(getComputedStyle(map).fontSize) < 14) {
      wrong.push('words are smaller than 14 pixels');
    }
    const box = (element) => {
      const { x, y, width, height } = element.getBBox();
      return { left: x, top: y, right: x + width, bottom: y + height };
    };
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    words.forEach((word, index) => {
      const own = box(word);
      if (own.left < 0 || own.top < 0 || own.right > map.viewBox.baseVal.width || own.bottom > map.viewBox.baseVal.height) {
        wrong.push(`"${word.textContent}" leaves the map`);
      }
      for (const other of [...words.slice(index + 1), ...stops]) {
        if (meet(own, box(other))) {
          wrong.push(`"${word.textContent}" meets ${other.textContent || other.outerHTML}`);
        }
      }
    });
    for (const number of map.querySelectorAll('g > text')) {
      const [own, stop] = [box(number), box(number.parentElement.querySelector('circle'))];
      if (own.left < stop.left || own.right > stop.right) {
        wrong.push(`the number ${number.textContent} is wider than its stop`);
      }
    }
  }
  return wrong;
}
