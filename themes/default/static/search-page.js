// The page of the search: what its address asks for, as results in an order that stays, and facets that narrow them. The
// address always says what is shown. Everything that comes out of the index is put in as text.
(() => {
  const { make, marked, place, short, root } = self.netsiteField ?? {};
  const found = document.getElementById('to:found');
  if (!make || !found) {
    return;
  }
  const RESULTS = 10;
  // A facet shows at most so many of its values until it is asked for all, and so many at least, found or not.
  const FEW = 8;
  const FEWEST = 4;
  const form = document.querySelector('[role=search]');
  const field = form.querySelector('input');
  const browse = document.querySelector('.browse');
  const pageTitle = document.title;
  const isWide = matchMedia('(min-width: 48.0625em)');

  const heading = make('h2', { tabindex: '-1' });
  const order = make('p', {});
  const notes = make('div', { class: 'notes' });
  const chosen = make('ul', { class: 'chosen', 'aria-label': 'Chosen filters', hidden: true });
  const hits = make('ol', { class: 'hits', role: 'list' });
  const pager = make('nav', { class: 'pager', 'aria-label': 'Pages of results', hidden: true });
  const summary = make('summary', {}, 'Narrow these results');
  const facets = make('div', { class: 'facets' });
  const narrow = make('details', { class: 'narrow' }, summary, facets);
  const head = make('div', { class: 'list-head' }, make('div', { role: 'status' }, heading), order);
  browse.hidden = true;
  found.append(narrow, make('section', { class: 'results', 'aria-label': 'Results' }, head, chosen, notes, hits, pager, browse));

  let state = fromAddress();
  // The address of the last search that was sent, and not only typed on the way to one.
  let sent = location.href;
  let asked = 0;
  let columns = [];
  let boxes = [];

  // ---- The address

  function fromAddress() {
    const given = new URLSearchParams(location.search);
    const picked = Object.create(null);
    for (const [name, value] of given) {
      if (name !== 'q' && name !== 'page') {
        picked[name] = [...new Set([...(picked[name] ?? []), value])];
      }
    }
    return { text: given.get('q') ?? '', picked, page: Math.max(1, Math.trunc(Number(given.get('page'))) || 1) };
  }

  function toAddress({ text, picked, page }) {
    const said = new URLSearchParams();
    if (text.trim()) {
      said.set('q', short(text));
    }
    for (const [name, values] of Object.entries(picked)) {
      values.forEach((value) => said.append(name, value));
    }
    if (page > 1) {
      said.set('page', page);
    }
    const query = said.toString();
    return location.pathname + (query && `?${query}`);
  }

  /** Typing changes the address where it is; what is sent or chosen is a step that Back takes back. */
  function move(next, isStep, from = location.href) {
    state = { ...state, ...next };
    const address = new URL(toAddress(state), location.href).href;
    try {
      if (!isStep) {
        history.replaceState(null, '', address);
      } else if (address !== from) {
        history.replaceState(null, '', from);
        history.pushState(null, '', address);
      }
    } catch {
      // Some browsers allow only so many changes in half a minute.
    }
    if (isStep) {
      sent = location.href;
    }
    return update();
  }

  // ---- Asking

  const isNarrowed = () => Object.keys(state.picked).length > 0;

  async function update() {
    const number = asked += 1;
    const { text, picked, page } = state;
    const isLate = () => number !== asked;
    const title = text.trim() ? `${short(text, 60)} – ${pageTitle}` : pageTitle;
    document.title = title;
    const wait = setTimeout(() => { if (!isLate()) { heading.replaceChildren('Searching…'); } }, 700);
    const options = { facets: picked, offset: (page - 1) * RESULTS, limit: RESULTS };
    try {
      if (isNarrowed()) {
        await drawFacets();
      }
      const hasCounts = boxes.length > 0;
      const answer = await netsiteSearch.search(text, { ...options, counts: hasCounts });
      if (isLate()) {
        return;
      }
      const last = Math.max(1, Math.ceil(answer.total / RESULTS));
      if (page > last) {
        move({ page: last }, false);
        return;
      }
      show(answer);
      if (hasCounts) {
        count(answer.counts);
      } else {
        countLater(text, options, isLate);
      }
    } catch {
      if (!isLate()) {
        apologise();
      }
    } finally {
      clearTimeout(wait);
    }
  }

  /** The facets come after the first results, which stay as they are, also where the facets do not come. */
  async function countLater(text, options, isLate) {
    try {
      await drawFacets();
      const { counts } = await netsiteSearch.search(text, { ...options, limit: 1 });
      if (!isLate()) {
        count(counts);
      }
    } catch {
      narrow.hidden = !boxes.length;
    }
  }

  // ---- Showing

  const counted = (number, one, many) => `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;

  /** What was asked, in quotation marks, whichever way it is written. */
  const quoted = (text) => ['“', make('bdi', {}, short(text.trim(), 80), text.trim().length > 80 ? '…' : ''), '”'];

  function show(answer) {
    const { text } = state;
    const { total, results } = answer;
    if (text.trim()) {
      heading.replaceChildren(total ? `${counted(total, 'result', 'results')} for ` : 'No results for ', ...quoted(text));
    } else {
      heading.replaceChildren(total ? counted(total, 'page', 'pages') : 'No pages');
    }
    order.textContent = total < 2 ? '' : text.trim() ? 'Best match first' : 'Newest first';
    notes.replaceChildren(...(total ? remarks(answer) : advice()));
    showChosen();
    hits.start = (state.page - 1) * RESULTS + 1;
    hits.replaceChildren(...results.map(hit));
    showPager(total);
    browse.hidden = total > 0;
  }

  function hit(result) {
    const { lang, of, flag, steps, rung, when, due } = result.facets;
    const about = [result.kind, ...(of ?? [])].join(', ');
    const [done, all] = String(steps ?? '').split('/').map(Number);
    return make('li', {},
      make('p', { class: 'hit-kind' }, about),
      make('p', { class: 'hit-title' },
        make('a', { href: place(result), lang: lang?.[0], dir: 'auto' }, ...(result.titleParts.length ? marked(result.titleParts) : [result.address])),
        ...(flag ? [' ', make('span', { class: 'flag' }, flag[0])] : [])),
      make('p', { class: 'hit-text', lang: lang?.[0], dir: 'auto' },
        ...(result.heading ? [make('span', { class: 'quiet' }, `${result.heading}: `)] : []), ...marked(result.excerpt)),
      make('p', { class: 'hit-more' },
        ...(rung ? [make('span', { class: 'ladder' }, stops(steps[0], done, all), make('span', {}, rung[0]))] : []),
        ...(when ? [make('span', {}, when[0])] : []),
        ...(due ? [make('span', { class: 'warn' }, due[0])] : [])));
  }

  function stops(steps, done, all) {
    const classes = steps === 'stopped' ? ['on', 'end'] : Array.from({ length: Math.min(all, 9) || 0 }, (_, i) => i < done && 'on');
    return make('span', { class: 'stops', 'aria-hidden': 'true' }, ...classes.map((name) => make('i', { class: name })));
  }

  /** What a reader should know of how these results came about. */
  function remarks({ meant, missing, loose }) {
    const said = [];
    if (meant) {
      const take = make('button', { type: 'button', class: 'plain' }, meant);
      take.addEventListener('click', () => { field.value = meant; send(); });
      said.push(make('p', {}, 'Showing results for ', take, ', because a word as you typed it is on no page.'));
    }
    if (missing.length) {
      const words = missing.flatMap((word, i) => [i ? ', ' : '', ...quoted(word)]);
      said.push(make('p', {}, 'Nothing was found for ', ...words, '. The results are for your other words.'));
    }
    if (loose) {
      said.push(make('p', {}, 'No page has these words in this order, so each was looked for by itself.'));
    }
    return said;
  }

  /** What to do where nothing was found. */
  function advice() {
    const ways = [];
    if (isNarrowed()) {
      const clear = make('button', { type: 'button', class: 'plain' }, 'Clear the filters');
      const clearing = make('li', {}, clear);
      clear.addEventListener('click', () => { move({ picked: {}, page: 1 }, true); heading.focus(); });
      ways.push(clearing);
      netsiteSearch.search(state.text, { limit: 1, counts: false }).then(({ total }) => {
        clearing.append(total ? `: without them there ${total === 1 ? 'is' : 'are'} ${counted(total, 'result', 'results')}` : '');
      }, () => {});
    }
    if (state.text.trim()) {
      ways.push(make('li', {}, 'See whether each word is spelt as it should be'), make('li', {}, 'Use fewer words, or others for the same thing'));
    }
    ways.push(make('li', {}, 'Go by the lists below'));
    return [make('p', {}, make('b', {}, 'What you can do:')), make('ul', {}, ...ways)];
  }

  function apologise() {
    heading.replaceChildren('The search could not be loaded');
    order.textContent = '';
    const again = make('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => { update(); heading.focus(); });
    notes.replaceChildren(
      make('p', {}, 'You may be offline, or a file of this site may be missing. Nothing is wrong with what you typed.'),
      make('p', {}, again, ' or find the page in the ', make('a', { href: place({ address: 'a-to-z/' }) }, 'A to Z'), '.'));
    hits.replaceChildren();
    pager.replaceChildren();
    narrow.hidden = !boxes.length;
    browse.hidden = false;
  }

  function showPager(total) {
    const { page } = state;
    const step = (to, rel, words) => {
      const link = make('a', { rel, href: toAddress({ ...state, page: to }) }, words);
      link.addEventListener('click', (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
          return;
        }
        event.preventDefault();
        move({ page: to }, true).then(() => {
          heading.focus({ preventScroll: true });
          found.scrollIntoView();
        });
      });
      return make('li', {}, link);
    };
    const last = Math.ceil(total / RESULTS);
    pager.hidden = last < 2;
    pager.replaceChildren(
      make('p', {}, `${(page - 1) * RESULTS + 1} to ${Math.min(total, page * RESULTS)} of ${total.toLocaleString('en-GB')}`),
      make('ul', { class: 'pages' },
        ...(page > 1 ? [step(page - 1, 'prev', 'Previous page')] : []),
        ...(page < last ? [step(page + 1, 'next', 'Next page')] : [])));
  }

  // ---- Facets

  const labelOf = (name, value) => columns.find((column) => column.name === name)?.values.find((one) => one.value === value)?.label ?? value;

  function showChosen() {
    const all = Object.entries(state.picked).flatMap(([name, values]) => values.map((value) => [name, value]));
    const known = all.filter(([name]) => columns.some((column) => column.name === name));
    summary.textContent = known.length ? `Narrow these results (${known.length} chosen)` : 'Narrow these results';
    const tags = known.map(([name, value]) => tag([labelOf(name, value), make('span', { 'aria-hidden': 'true' }, '×'), make('span', { class: 'unseen' }, ', take this filter away')], () => pick(name, value, false)));
    if (known.length > 1) {
      tags.push(tag(['Clear all'], () => move({ picked: {}, page: 1 }, true)));
    }
    chosen.replaceChildren(...tags);
    chosen.hidden = !tags.length;
  }

  /** A button that goes away when it is pressed, so that the focus has to find another place. */
  function tag(content, act) {
    const button = make('button', { type: 'button' }, ...content);
    button.addEventListener('click', () => Promise.resolve(act()).then(() => (chosen.querySelector('button') ?? heading).focus()));
    return make('li', {}, button);
  }

  function pick(name, value, isPicked) {
    const others = (state.picked[name] ?? []).filter((one) => one !== value);
    const { [name]: _, ...rest } = state.picked;
    const values = isPicked ? [...others, value] : others;
    return move({ picked: Object.assign(Object.create(null), rest, values.length && { [name]: values }), page: 1 }, true);
  }

  async function drawFacets() {
    const all = await netsiteSearch.facets();
    if (columns.length) {
      return;
    }
    columns = all;
    narrow.hidden = !columns.length;
    boxes = columns.map(({ name, label, values }) => {
      const rows = values.map(({ value, label: words }) => {
        const box = make('input', { type: 'checkbox', name, value });
        const number = make('span', { class: 'facet-count' });
        box.addEventListener('change', () => pick(name, value, box.checked));
        return { value, box, number, row: make('label', { class: 'facet' }, box, make('span', {}, words), number) };
      });
      const more = make('button', { type: 'button', class: 'plain', 'aria-expanded': 'false', hidden: true });
      const set = make('fieldset', {}, make('legend', {}, label), ...rows.map(({ row }) => row), more);
      const facet = { name, label, rows, more, set, text: null };
      more.addEventListener('click', () => {
        more.setAttribute('aria-expanded', more.getAttribute('aria-expanded') === 'false');
        shorten(facet);
      });
      return facet;
    });
    facets.replaceChildren(...boxes.map(({ set }) => set));
  }

  /** Puts the numbers in. Nothing changes its place: a value is where it was, or is not shown. */
  function count(counts) {
    for (const facet of boxes) {
      const picked = state.picked[facet.name] ?? [];
      for (const row of facet.rows) {
        row.count = counts[facet.name]?.[row.value] ?? 0;
        row.number.textContent = row.count.toLocaleString('en-GB');
        row.row.classList.toggle('quiet', !row.count);
        row.box.checked = picked.includes(row.value);
      }
      // Which values are worth showing depends on what was typed, not on what is being ticked.
      if (facet.text !== state.text) {
        facet.text = state.text;
        const best = facet.rows.slice().sort((one, other) => other.count - one.count);
        facet.best = new Set(best.slice(0, FEW).filter((row, i) => row.count || i < FEWEST));
      }
      // One value for all is no choice, and neither is none.
      facet.set.hidden = !picked.length && (facet.rows.length < 2 || facet.rows.every((row) => !row.count));
      shorten(facet);
    }
  }

  function shorten({ label, rows, more, best }) {
    const isWhole = more.getAttribute('aria-expanded') === 'true';
    for (const row of rows) {
      row.row.hidden = !isWhole && !best.has(row) && !row.box.checked;
    }
    more.hidden = best.size === rows.length;
    more.replaceChildren(isWhole ? 'Show fewer' : `Show all ${rows.length}`, make('span', { class: 'unseen' }, ` under ${label}`));
  }

  // ---- What readers do

  function send() {
    field.value = short(field.value);
    return move({ text: field.value, page: field.value === state.text ? state.page : 1 }, true, sent);
  }

  function adapt() {
    narrow.open = isWide.matches;
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  field.addEventListener('input', () => move({ text: field.value, page: 1 }, false));
  addEventListener('popstate', () => {
    state = fromAddress();
    sent = location.href;
    field.value = state.text;
    update();
  });
  isWide.addEventListener('change', adapt);
  adapt();
  field.value = state.text;
  netsiteSearch.open(`${root}search/`).catch(() => {});
  update();
})();
