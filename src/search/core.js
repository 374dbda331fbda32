// Search in a reader's browser, over the index that netsite wrote. One global, `netsiteSearch`; nothing is loaded before
// `open`, and no query leaves the page. What a word is must be as in `words.rs`.
(function (root) {
  'use strict';
  if (root.netsiteSearch) return;

  // How impacts are kept; `postings.rs` has the same.
  const LEVELS = 15, LOWEST = 0.15, STEP = 0.05;
  // Chosen on judged collections: how much whatever continues the last word counts, alone and beside the word itself;
  // what a slip corrected counts for each slip; how strongly each further word that matches counts.
  const CONTINUED = 0.8, CONTINUED_TOO = 0.4, SLIP = 0.9, FURTHER = 0.25, MOST_WORDS = 24, EXCERPT = 220, ONE = 2 ** 20;

  const values = new Uint8Array(128);
  for (let code = 48; code < 112; code++) values[code] = code - 48;
  values[112] = 44;
  values[113] = 12;

  let base = '', version = '', index = null, opening = null;
  let files = new Map(), kept = new Map(), scratch = null;

  // ---- Files

  function load(name) {
    let file = files.get(name);
    if (!file) {
      file = {};
      file.promise = new Promise((resolve, reject) => {
        file.resolve = resolve;
        file.reject = reject;
        const script = document.createElement('script');
        script.src = base + name + '.js' + (version && '?v=' + version);
        script.onload = script.onerror = () => {
          script.remove();
          if (file.taken) return;
          files.delete(name);
          reject(new Error('Search could not load ' + name));
        };
        document.head.appendChild(script);
      });
      files.set(name, file);
    }
    return file.promise;
  }

  // Called by each file of the index.
  function take(name, of, ...data) {
    const file = files.get(name);
    if (!file) return;
    file.taken = true;
    if (name === 'index') version = of;
    // The site was published anew since the page was opened.
    if (of && of !== version) file.reject({ version: of });
    else file.resolve(data);
  }

  // What `make` returns for a key, made once; not kept if it fails.
  function once(key, make) {
    let made = kept.get(key);
    if (!made) {
      made = make();
      kept.set(key, made);
      made.catch(() => kept.delete(key));
    }
    return made;
  }

  function open(where) {
    if (where !== undefined && !opening) base = where;
    opening = opening || load('index').then(([count, shards, prefixes, beginnings, endings, stops, phrases, letters]) => {
      index = { count, shards: list(shards), prefixes: new Map(), beginnings: list(beginnings), endings: list(endings), phrases: new Map(), names: new Map(), letters: new Set(letters) };
      index.stops = new Set(stops.split(' '));
      prefixes.split(',').forEach((names, file) => names && names.split(' ').forEach((name) => index.prefixes.set(name, file)));
      for (const line of phrases ? phrases.split(',') : []) {
        const [phrase, name] = line.split('='), parts = phrase.split(' ');
        for (const [map, key, value] of [[index.phrases, parts[0], [parts, name]], [index.names, name, parts]]) {
          map.set(key, (map.get(key) || []).concat([value]));
        }
      }
      scratch = new Int32Array(count);
    });
    opening.catch(() => { opening = null; });
    return opening;
  }

  // Runs a question again from the start if the site was published anew meanwhile.
  async function ask(question) {
    await open();
    try {
      return await question();
    } catch (problem) {
      if (!problem || !problem.version) throw problem;
      version = problem.version;
      files = new Map();
      kept = new Map();
      opening = null;
      await open();
      return question();
    }
  }

  // ---- Reading what the files hold

  const numbers = (text) => {
    let at = 0;
    return () => {
      let number = 0, unit = 1, value;
      do {
        value = values[text.charCodeAt(at++)];
        number += (value & 31) * unit;
        unit *= 32;
      } while (value > 31);
      return number;
    };
  };

  function list(text) {
    let before = '';
    return text ? text.split(',').map((entry) => (before = before.slice(0, values[entry.charCodeAt(0)]) + entry.slice(1))) : [];
  }

  // The first place in a sorted list whose entry is not less than the key.
  function place(sorted, key) {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // The last stretch that begins at the key or before.
  const stretch = (starts, key) => {
    const at = place(starts, key);
    return starts[at] === key ? at : Math.max(0, at - 1);
  };

  function pagesOf(code) {
    const next = numbers(code), pages = [], levels = [];
    let last = !code;
    while (!last) {
      const head = next(), level = ((head >> 1) % LEVELS) + 1;
      last = head & 1;
      for (let count = Math.floor(head / 2 / LEVELS) + 1, page = -1; count > 0; count--) {
        pages.push((page += next() + 1));
        levels.push(level);
      }
    }
    return { pages, levels };
  }

  const shard = (number) => once('d' + number, async () => {
    const [forms, groups, codes, titles, titlePages] = await load('d' + number);
    const next = numbers(groups), titled = numbers(titlePages);
    let known = 0;
    const of = { number, forms: list(forms), codes: codes.split(','), groups: [], titles: list(titles) };
    of.where = of.forms.map(() => {
      const kind = next();
      if (kind === 1) return [next(), next()];
      return [number, kind ? known - kind + 1 : known++];
    });
    of.titled = of.titles.map(() => Array.from({ length: titled() }, titled));
    return of;
  });

  // A group: its pages and impacts, and its forms as far as they stand in its shard.
  async function group([number, at]) {
    const of = await shard(number);
    if (!of.groups[at]) {
      const made = of.groups[at] = pagesOf(of.codes[at]);
      made.where = [number, at];
      made.forms = of.forms.filter((_, i) => of.where[i][0] === number && of.where[i][1] === at);
    }
    return of.groups[at];
  }

  const shardFor = (form) => shard(stretch(index.shards, form));

  // The group of a form, or nothing.
  async function find(form) {
    const of = await shardFor(form), at = place(of.forms, form);
    return of.forms[at] === form ? group(of.where[at]) : null;
  }

  // The stretches of a sorted list that hold what begins so.
  function range(starts, beginning, most) {
    const first = stretch(starts, beginning), last = stretch(starts, beginning + '\uffff'), all = [];
    for (let at = first; at <= last && all.length < most; at++) all.push(at);
    return all;
  }

  // ---- Words

  const folds = { 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ı': 'i', 'ς': 'σ' };
  // Most runs are ASCII, which is found out faster.
  const runs = /[A-Za-z\d]+(?![A-Za-z\d]|[^\0-\x7f])|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])[\p{Alphabetic}\p{M}\p{N}])+/gu;

  function fold(word) {
    let folded = word.toLowerCase();
    if (/[^\0-\x7f]/.test(folded)) {
      folded = folded.normalize('NFKD').toLowerCase().replace(/[^\p{Alphabetic}\p{N}]|\p{M}/gu, '').replace(/[ßæœøłđıς]/g, (one) => folds[one]);
    }
    return folded.length > 40 ? Array.from(folded).slice(0, 40).join('') : folded;
  }

  // The words of a text: what is looked for, from where to where, and whether it is the whole of a word in parts.
  function words(text) {
    const all = [];
    let whole = [], start = 0, end = -1;
    const finish = () => {
      if (whole.length > 1 && whole.length < 5) all.push({ form: fold(whole.join('')), start, end, whole: true });
      whole = [];
    };
    for (const match of text.matchAll(runs)) {
      const at = match.index, folded = fold(match[0]), joint = at === end + 1 && whole.length ? text[end] : '';
      const isNumber = joint && /[.,]/.test(joint) && /\d$/.test(text.slice(start, end)) && /^\d/.test(match[0]);
      if (!joint || !(isNumber || /[-‐‑/&_'’]/.test(joint))) {
        finish();
        start = at;
      } else if (/['’]/.test(joint) && folded.length < 3) {
        if (folded !== 's') {
          whole.push(folded);
          end = at + match[0].length;
        }
        continue;
      } else if (joint === '.') whole.push('.');
      end = at + match[0].length;
      if (!folded) continue;
      all.push({ form: folded, start: at, end });
      whole.push(folded);
    }
    finish();
    return all;
  }

  // ---- Matching one word

  const worth = (count) => Math.log(1 + (index.count - count + 0.5) / (count + 0.5));

  // Joins groups into one: each page with the best that any group gives it. Scores are whole numbers, of which a browser
  // keeps thousands for nothing; a factor of 0 leaves levels as they are.
  function join(parts) {
    const pages = [];
    for (const [of, factor] of parts) {
      const table = Array.from({ length: LEVELS + 1 }, (_, level) => (factor ? Math.round((LOWEST + STEP * level) * factor * ONE) : level));
      for (let i = 0; i < of.pages.length; i++) {
        const page = of.pages[i], score = table[of.levels[i]];
        if (!scratch[page]) pages.push(page);
        if (score > scratch[page]) scratch[page] = score;
      }
    }
    const scores = pages.map((page) => scratch[page]);
    for (const page of pages) scratch[page] = 0;
    return { pages, scores };
  }

  // Everything that a word finds: pages with scores, the forms to mark, and what was meant if it was a slip.
  const match = (form, isLast, names, isOptional) => once([form, isLast, names, isOptional].join('\n'), async () => {
    const slot = { form, forms: new Set([form]), phrases: [], worth: 0, suggested: [] };
    const parts = [];
    // What is needed is asked for at once.
    const [exact, begun, ...named] = await Promise.all([isLast && letter(form) ? letter(form).then((of) => of.exact && pagesOf(of.exact)) : find(form), isLast && continued(form, slot), ...names.map(find)]);
    const use = (of, factor, value) => {
      parts.push([of, factor * value]);
      slot.worth = Math.max(slot.worth, value);
      for (const one of of.forms || []) slot.forms.add(one);
    };
    if (exact) use(slot.exact = exact, 1, worth(exact.pages.length));
    for (const of of named) if (of) use(of, 1, worth(of.pages.length));
    if (begun && begun.pages.length) {
      use(begun, exact ? CONTINUED_TOO : CONTINUED, worth(begun.pages.length));
      slot.beginning = form;
    }
    if (!parts.length && !isOptional) {
      const near = await (await load('slips'))[0](tools(), form, isLast);
      const value = Math.max(0, ...near.map(([of]) => worth(of.pages.length)));
      for (const [of, distance, name] of near) {
        use(of, SLIP ** distance, value);
        if (!slot.meant) slot.meant = name;
      }
    }
    for (const name of names.concat(form)) slot.phrases.push(...(index.names.get(name) || []));
    return Object.assign(slot, join(parts));
  });

  // A letter that is all of a word so far, with the pages that come first; nothing where the index has none.
  const letter = (form) => index.letters.has(form) && once('b' + form, async () => {
    const [words, begun, exact, titled, total, pages] = await load('b' + form);
    const best = pages.map(([number, ...data]) => {
      once('t' + number, async () => shownPage(data));
      return number;
    });
    return { suggested: words.split(' '), begun, exact, titles: [form], titled: [titled], total, best };
  });

  // The pages of all forms that begin so.
  async function continued(beginning, slot) {
    const of = await letter(beginning);
    if (of) {
      slot.suggested = of.suggested;
      return pagesOf(of.begun);
    }
    const file = index.prefixes.get(beginning);
    if (file !== undefined) {
      const data = await load('p' + file);
      const at = data.indexOf(beginning);
      slot.suggested = data[at + 1].split(' ');
      return once('p' + beginning, async () => pagesOf(data[at + 2]));
    }
    const groups = new Map();
    for (const of of await Promise.all(range(index.shards, beginning, 4).map(shard))) {
      for (let at = place(of.forms, beginning); at < of.forms.length && of.forms[at].startsWith(beginning); at++) {
        groups.set(String(of.where[at]), [of.where[at], of.forms[at]]);
      }
    }
    const found = await Promise.all(Array.from(groups.values(), async ([where, form]) => [await group(where), form]));
    found.sort((a, b) => b[0].pages.length - a[0].pages.length || (a[1] < b[1] ? -1 : 1));
    slot.suggested = found.map(([, form]) => form);
    const { pages, scores } = join(found.map(([of]) => [of, 0]));
    return { pages, levels: scores };
  }

  // What the parts of the client that few queries need are given.
  const tools = () => ({ index, values, numbers, load, once, list, stretch, find });

  // ---- A query

  function read(text) {
    const query = { phrases: [], text };
    const all = words(text), parts = all.filter((word) => !word.whole);
    for (const quoted of text.matchAll(/["“”]([^"“”]+)["“”]/g)) {
      const from = quoted.index, to = from + quoted[0].length;
      query.phrases.push(parts.filter((word) => word.start >= from && word.end <= to).map((word) => word.form));
    }
    query.key = parts.map((word) => word.form).join(' ');
    const isStop = (word) => !word.whole && index.stops.has(word.form);
    const says = parts.every(isStop) ? all : all.filter((word) => !isStop(word));
    const slots = new Map();
    for (const word of says) {
      const isLast = word.end === text.length, known = slots.get(word.form);
      if (known) known.isLast = known.isLast || isLast;
      else if (slots.size < MOST_WORDS) slots.set(word.form, { form: word.form, isLast, isOptional: !!word.whole, names: new Set() });
    }
    parts.forEach((word, at) => {
      for (const [phrase, name] of index.phrases.get(word.form) || []) {
        if (phrase.every((one, i) => parts[at + i] && parts[at + i].form === one)) {
          for (const one of phrase) if (slots.has(one)) slots.get(one).names.add(name);
        }
      }
    });
    query.words = Array.from(slots.values());
    return query;
  }

  const columns = () => once('f', async () => {
    const [data, make] = await load('f');
    return make(tools(), data);
  });

  // ---- Results

  const page = (number) => once('t' + number, async () => shownPage(await load('t' + number)));

  function shownPage([address, title, kind, summary, date, facets, sections, others]) {
    const of = { address, title, kind, summary, date, facets: {}, sections: [], titles: [title].concat(others ? others.split('\n') : []) };
    for (let i = 0; i < facets.length; i += 2) (of.facets[facets[i]] = of.facets[facets[i]] || []).push(facets[i + 1]);
    for (let i = 0; i < sections.length; i += 3) of.sections.push({ id: sections[i], heading: sections[i + 1], text: sections[i + 2] });
    return of;
  }

  // Where the words of a query stand in a text: from, to and which word.
  function hits(text, slots, of) {
    const all = (of && of.words) || words(text), found = [];
    if (of) of.words = all;
    all.forEach((word, i) => {
      for (let at = 0; at < slots.length; at++) {
        const slot = slots[at];
        if (slot.forms.has(word.form) || (slot.beginning && word.form.startsWith(slot.beginning))) found.push([word.start, word.end, at]);
        for (const phrase of slot.phrases) {
          if (word.form !== phrase[0]) continue;
          const rest = all.slice(i, i + phrase.length * 2).filter((one) => !one.whole).slice(0, phrase.length);
          if (phrase.every((one, k) => rest[k] && rest[k].form === one)) found.push([word.start, rest[phrase.length - 1].end, at]);
        }
      }
    });
    return found;
  }

  // A text in pieces, each with whether it is a match.
  function marked(text, found, from, to) {
    const pieces = [], push = (start, end, isMatch) => {
      if (end > start) pieces.push([text.slice(start, end), isMatch]);
    };
    let at = from;
    for (const [start, end] of found.slice().sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
      if (start < at || end > to) continue;
      push(at, start, false);
      push(start, end, true);
      at = end;
    }
    push(at, to, false);
    return pieces;
  }

  const gain = (found, slots) => {
    let sum = found.length / 100;
    for (const at of new Set(found.map((hit) => hit[2]))) sum += slots[at].worth + 0.01;
    return sum;
  };

  // The section of a page that says most of what was asked, and its best stretch.
  function shown(of, slots) {
    let best = null, most = 0;
    for (const section of of.sections) {
      // The fields of a page come last, below no heading; they read badly, and are shown where nothing else matches.
      // A letter says nothing of which section is meant.
      if (best && (!section.id && section !== of.sections[0] || !slots[1] && !slots[0].form[1])) break;
      const text = hits(section.text, slots, section), heading = hits(section.heading, slots);
      const sum = gain(text, slots) + (heading.length ? 1.5 * gain(heading, slots) : 0);
      if (sum > most) {
        most = sum;
        best = [section, text];
      }
    }
    const [section, found] = best || [{ id: '', heading: '', text: of.summary || (of.sections[0] || { text: '' }).text }, []];
    const text = section.text;
    let from = 0, value = -1;
    for (const [start] of found) {
      const within = gain(found.filter((hit) => hit[0] >= start && hit[1] <= start + EXCERPT - 60), slots);
      if (within > value + 1e-9) {
        value = within;
        from = start;
      }
    }
    from = Math.max(0, from - 60);
    if (text.length - from < EXCERPT) from = Math.max(0, text.length - EXCERPT);
    if (from) from = Math.max(0, text.indexOf(' ', from)) + 1;
    let to = Math.min(text.length, from + EXCERPT);
    if (to < text.length) to = Math.max(text.lastIndexOf(' ', to), from + EXCERPT / 2);
    const excerpt = marked(text, found, from, to);
    if (from) excerpt.unshift(['… ', false]);
    if (to < text.length) excerpt.push([' …', false]);
    return { heading: section.heading, anchor: section.id, excerpt };
  }

  // The pages that a query finds: how many, the best in order, and by which words.
  async function ranked(query, { facets, offset = 0, limit = 10, counts: wantsCounts = true }) {
    const first = !facets && !offset && !wantsCounts && query.words[0]?.isLast && await letter(query.key);
    if (first && limit <= first.best.length) {
      return { total: first.total, best: first.best.slice(0, limit), slots: [{ form: query.key, beginning: query.key, forms: new Set(), pages: first.best, phrases: [], worth: 1 }] };
    }
    const isBrowsing = !query.text.trim();
    const [slots, titled, chosen] = await Promise.all([
      Promise.all(query.words.map((word) => match(word.form, word.isLast, Array.from(word.names), word.isOptional))),
      query.key ? letter(query.key) || shardFor(query.key) : null,
      wantsCounts || facets ? columns() : null,
    ]);
    const scores = new Int32Array(index.count), said = new Int32Array(index.count);
    // Of two words both are meant; of more, a page may lack one that says little.
    const isPair = query.words.filter((word) => !word.isOptional).length === 2;
    let pages = [], whole = 0, isLoose = false;
    if (isBrowsing) pages = Array.from({ length: index.count }, (_, i) => i);
    slots.forEach((slot, i) => {
      const value = query.words[i].isOptional ? 0 : isPair ? 1 : Math.round(slot.worth * 1e6);
      whole += value;
      for (let k = 0; k < slot.pages.length; k++) {
        const one = slot.pages[k];
        if (!scores[one]) pages.push(one);
        scores[one] += slot.scores[k];
        said[one] += value;
      }
    });
    // A word that is all that was typed comes before what only begins so.
    if (!slots[1] && slots[0]?.exact) for (const one of slots[0].exact.pages) scores[one] += 100 * ONE;
    if (slots[1]) for (const one of pages) if (whole) scores[one] *= (0.2 + said[one] / whole) ** (isPair ? 1 : FURTHER);
    for (const phrase of query.phrases) {
      const held = await (await load('phrases'))[0](tools(), phrase), left = held && pages.filter((one) => held.has(one));
      if (left?.length) pages = left;
      else if (left) isLoose = true;
    }
    if (titled) {
      const at = place(titled.titles, query.key);
      if (titled.titles[at] === query.key) for (const one of titled.titled[at]) {
        if (!scores[one]) pages.push(one);
        scores[one] += 500 * ONE;
      }
    }
    const narrowed = chosen ? chosen.narrow(pages, facets) : { pages, counts: {} };
    // The best so far, in order; equal ones in the order of the site.
    const most = offset + limit, best = [];
    const isBefore = (one, other) => scores[one] > scores[other] || (scores[one] === scores[other] && one < other);
    for (const one of narrowed.pages) {
      if (best.length === most && !isBefore(one, best[most - 1])) continue;
      let low = 0, high = best.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (isBefore(best[middle], one)) low = middle + 1;
        else high = middle;
      }
      best.splice(low, 0, one);
      if (best.length > most) best.pop();
    }
    return { total: narrowed.pages.length, best: best.slice(offset), slots, isLoose, counts: narrowed.counts };
  }

  const search = (text, options) => ask(async () => {
    const query = read(String(text ?? '').slice(0, 10000));
    const { total, best, slots, isLoose, counts } = await ranked(query, options || {});
    const found = await Promise.all(best.map(page));
    const meant = slots.some((slot) => slot.meant) ? (await load('slips'))[1](query.text, slots, words) : null;
    return {
      total,
      words: query.words.filter((word) => !word.isOptional).map((word) => word.form),
      missing: query.words.filter((word, i) => !word.isOptional && !slots[i].pages.length).map((word) => word.form),
      loose: !!isLoose,
      meant,
      counts: counts || {},
      results: found.map((of) => {
        const { address, title, kind, date, summary, facets: own } = of;
        return Object.assign({ address, title, kind, date, summary, facets: own, titleParts: marked(title, hits(title, slots), 0, title.length) }, shown(of, slots));
      }),
    };
  });

  // What a query may become: words that complete the last one, and the first few pages.
  const suggest = (text, options) => ask(async () => {
    const limit = (options && options.limit) || 6;
    const found = await search(text, { limit, counts: false });
    const query = read(String(text)), last = query.words[query.words.length - 1];
    // Of phrases that mean the same, the longest: it says most.
    const known = new Map();
    for (const [phrase, name] of index.phrases.get(query.key.split(' ')[0]) || []) {
      const text = phrase.join(' ');
      if (text.startsWith(query.key) && name !== query.key && text.length > (known.get(name) || query.key).length) known.set(name, text);
    }
    const terms = new Set(known.values());
    if (last && last.isLast && !last.isOptional) {
      const { suggested } = await (letter(last.form) || match(last.form, true, Array.from(last.names), false));
      const start = query.text.slice(0, query.text.length - words(query.text).filter((word) => !word.whole).pop().form.length);
      for (const form of suggested.slice(0, 4)) if (form !== last.form) terms.add(start + form);
    }
    return {
      total: found.total,
      meant: found.meant,
      terms: Array.from(terms).slice(0, 3),
      pages: found.results.map(({ address, title, titleParts, kind, heading, anchor }) => ({ address, title, titleParts, kind, heading, anchor })),
    };
  });

  const facets = () => ask(async () => (await columns()).names);

  root.netsiteSearch = { open, search, suggest, facets, take };
})(globalThis);
