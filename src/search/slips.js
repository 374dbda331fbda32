// Which words a reader may have meant who typed one that no page has, and the query with them. Loaded by `core.js` for such a word only. Where
// all forms are in one file, the build puts them in here.
'use strict';
netsiteSearch.take('slips', VERSION, async ({ index, values, load, once, list, stretch, find }, form, isLast) => {
  const MOST_FILES = 2, MOST_MEANT = 3;

  // How many slips lie between two words, a letter too many, too few, wrong, or two the wrong way round; as far as
  // `most`. With `isBegun` the second may go on.
  function slips(one, other, most, isBegun) {
    if (!isBegun && Math.abs(one.length - other.length) > most) return most + 1;
    let before = [], row = Array.from({ length: other.length + 1 }, (_, j) => j), last;
    for (let i = 1; i <= one.length; i++) {
      last = before;
      before = row;
      row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j++) {
        let best = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) best = Math.min(best, last[j - 2] + 1);
        row.push(best);
        if (best < least) least = best;
      }
      if (least > most) return most + 1;
    }
    return isBegun ? Math.min(...row) : row[other.length];
  }

  const ending = /^(?:e?s|ed?|e?rs?|i?ngs?|ies|y|al|ally|ly|i?ons?|ments?|ised?|ive|it?y)?$/;
  const turned = (text) => Array.from(text).reverse().join('');

  if (/\d/.test(form)) {
    // A code that no page has as one word: its letters and its digits.
    const pieces = form.match(/\d+|\D+/g);
    const found = pieces.length > 1 ? await Promise.all(pieces.map(find)) : [];
    return found.every(Boolean) ? found.map((of) => [of, 1, null]) : [];
  }
  const most = form.length < 4 ? 0 : form.length < 8 ? 1 : 2;
  if (!most) return [];

  // A list of forms with how common each is, forwards or from their ends.
  const all = FORMS;
  const read = (name, turn) => once(name, async () => {
    const [forms, common] = all || await load(name);
    return list(forms).map((one, at) => [turn ? turned(one) : one, values[common.charCodeAt(at)]]);
  });
  // The files in which a beginning lies: that of the word itself first, then its neighbours.
  const files = (starts, word) => {
    const beginning = word.slice(0, Math.max(2, Math.floor(word.length / (most + 1))));
    const middle = stretch(starts, word), all = [];
    for (let at = stretch(starts, beginning); at <= stretch(starts, beginning + '\uffff'); at++) all.push(at);
    return all.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b).slice(0, MOST_FILES);
  };
  const lists = await Promise.all(all ? [read('w', false)] : [
    ...files(index.beginnings, form).map((number) => read('w' + number, false)),
    ...files(index.endings, turned(form)).map((number) => read('r' + number, true)),
  ]);
  const near = new Map();
  for (const [other, common] of lists.flat()) {
    if (near.has(other)) continue;
    let shared = 0;
    while (shared < form.length && form[shared] === other[shared]) shared++;
    const isEnding = shared > 3 && ending.test(form.slice(shared)) && ending.test(other.slice(shared));
    const distance = isEnding ? 0.5 : slips(form, other, most, false);
    if (distance <= most) near.set(other, [distance, shared, common]);
    else if (isLast && shared > 1 && slips(form, other.slice(0, form.length + most), most, true) <= most) near.set(other, [most + 0.5, shared, common]);
  }
  const order = Array.from(near).sort(([one, a], [other, b]) => a[0] - b[0] || b[2] - a[2] || b[1] - a[1] || (one < other ? -1 : 1));
  const best = order.filter(([, one]) => Math.floor(one[0]) === Math.floor(order[0][1][0])).slice(0, MOST_MEANT);
  const found = await Promise.all(best.map(async ([name, [distance]]) => [await find(name), distance, name]));
  return found.filter(([of], at) => of && found.findIndex((other) => other[0] === of) === at);
}, (text, slots, words) => {
  let out = '', at = 0;
  for (const word of words(text)) {
    const slot = slots.find((one) => one.meant && one.form === word.form);
    if (!slot || word.whole) continue;
    out += text.slice(at, word.start) + slot.meant;
    at = word.end;
  }
  return out + text.slice(at);
});
