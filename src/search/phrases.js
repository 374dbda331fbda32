// The pages that hold a phrase. Loaded by `core.js` for a phrase in quotation marks only.
'use strict';
netsiteSearch.take('phrases', '', async ({ index, numbers, load, once, find }, phrase) => {

  // The places of a group by page.
  const placesOf = (of) => once('x' + of.where, async () => {
    const [shard, at] = of.where, places = new Map();
    const code = (await load('x' + (shard >> 1)))[shard & 1].split(',')[at], next = numbers(code);
    if (code) {
      for (const page of of.pages.slice().sort((a, b) => a - b)) {
        let place = 0;
        places.set(page, Array.from({ length: next() + 1 }, () => (place += next())));
      }
    }
    return places;
  });

  // Stop words have no places, and may be any.
  const found = await Promise.all(phrase.map(async (form, offset) => {
    if (index.stops.has(form)) return null;
    const of = await find(form);
    return [of ? await placesOf(of) : new Map(), offset];
  }));
  const said = found.filter(Boolean).sort((a, b) => a[0].size - b[0].size), pages = new Set();
  if (!said.length) return null;
  for (const [page, starts] of said[0][0]) {
    const holds = starts.some((start) => said.every(([places, offset]) => (places.get(page) || []).includes(start + offset - said[0][1])));
    if (holds) pages.add(page);
  }
  return pages;
});
