// A reader's own programme: sessions are chosen, their clashes told, carried to another device as a link, printed.
// Choices stay in this browser; nothing is sent. The programme itself reads the same without.
(() => {
  const root = document.querySelector('[data-programme]');
  if (!root) {
    return;
  }
  const KEY = `netsite programme ${root.dataset.programme}`;
  const isOver = 'over' in root.dataset;
  const mine = document.getElementById('to:mine');
  const said = root.querySelector('.said');
  const soFar = root.querySelector('.so-far a');

  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const button = (text, act, about = '') => {
    const made = make('button', { type: 'button', onclick: act }, text);
    about && made.append(make('span', { className: 'unseen' }, ` ${about}`));
    return made;
  };
  const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
  const listed = (words) => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  const say = (words) => { said.textContent = words; };

  // ---- Sessions: each once, wherever else it is named.

  const sessions = new Map();
  for (const element of document.querySelectorAll('[data-session]')) {
    const { session: id, start, end, room, title, day, time, until, group } = element.dataset;
    if (!sessions.has(id)) {
      const link = element.querySelector('a');
      sessions.set(id, {
        id, title, room, day, time, until, group, element, href: link ? link.href : location.href.split('#')[0],
        start: Date.parse(start), end: Date.parse(end), isCancelled: 'cancelled' in element.dataset,
      });
    }
  }
  const inOrder = [...sessions.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  // What does not take place clashes with nothing.
  const overlap = (a, b) => a.start < b.end && b.start < a.end && !a.isCancelled && !b.isCancelled;
  const isTwin = (a, b) => a !== b && a.group === b.group && !b.isCancelled;
  const where = ({ room }) => room ? ` in ${room}` : '';
  const at = (session, other) => `${other && other.day !== session.day ? `${session.day}, ` : ''}${session.time}`;

  // ---- Choices. Where the browser keeps nothing they last as long as the page.

  let kept = true;
  let chosen = new Set();
  const read = () => {
    try {
      const ids = JSON.parse(localStorage.getItem(KEY) ?? '[]');
      return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
    } catch {
      return [];
    }
  };
  // Those of sessions that are gone, or that this page does not name, stay.
  const keep = () => {
    try {
      chosen.size ? localStorage.setItem(KEY, JSON.stringify([...chosen])) : localStorage.removeItem(KEY);
      kept = true;
    } catch {
      kept = false;
    }
  };
  const own = () => inOrder.filter(({ id }) => chosen.has(id));
  const choose = (ids) => {
    chosen = new Set(ids);
    keep();
    show();
  };

  const clashesOf = (session) => own().filter((other) => other !== session && overlap(session, other));
  const clashWords = (session) => listed(clashesOf(session).map((other) => `${other.title}, also at ${at(other, session)}${where(other)}`));

  const toggle = (id) => {
    const session = sessions.get(id);
    const isChosen = !chosen.has(id);
    choose(isChosen ? [...chosen, id] : [...chosen].filter((other) => other !== id));
    const clash = isChosen ? clashWords(session) : '';
    const last = kept ? '' : ' This browser keeps nothing, so your choices last until you leave this page.';
    say(`${isChosen ? 'Chosen' : 'Taken out'}: ${session.title}.${clash ? ` Clash: ${clash}.` : ''}${last}`);
  };

  // ---- Buttons in the programme.

  const buttons = new Map();
  for (const place of document.querySelectorAll('.choose')) {
    const { session: id } = place.closest('[data-session]').dataset;
    const made = button(isOver ? 'I was there' : mine ? 'Choose' : 'Choose this session', () => toggle(id), sessions.get(id).title);
    place.append(made);
    buttons.set(id, made);
  }

  // ---- My programme, in the order of time.

  const minutes = (milliseconds) => {
    const all = Math.round(milliseconds / 60000);
    const [hours, rest] = [Math.floor(all / 60), all % 60];
    return [hours && counted(hours, 'hour'), rest && counted(rest, 'minute')].filter(Boolean).join(' ');
  };

  /** What lies between one chosen session and the next that does not clash with it. */
  function between(before, after) {
    const gap = after.start - before.end;
    const walk = before.room && after.room && before.room !== after.room ? `walk from ${before.room} to ${after.room}` : '';
    if (gap > 0) {
      return `${minutes(gap)} free${walk ? `; ${walk}` : before.room ? `; you are in ${before.room} already` : ''}`;
    }
    return walk ? `Straight on: ${walk}` : 'Straight on, in the same room';
  }

  function entry(session) {
    const times = session.until ? `${session.time} to ${session.until}` : session.time;
    const item = make('li', {}, make('p', {}, `${times[0].toUpperCase()}${times.slice(1)}${session.room ? `, ${session.room}` : ''}`));
    item.append(make('p', {}, make('b', {}, make('a', { href: session.href }, session.title))));
    session.isCancelled && item.append(make('p', { className: 'warn' }, 'Cancelled'));
    const clashes = clashesOf(session);
    if (clashes.length) {
      item.append(make('p', { className: 'clash' }, make('b', {}, 'Clash:'), ` ${clashWords(session)}`));
    }
    const acts = make('div', { className: 'acts' });
    if (!isOver && (clashes.length || session.isCancelled)) {
      // The same session at another time, when nothing else was chosen.
      const others = own().filter((other) => other !== session);
      for (const twin of inOrder.filter((other) => isTwin(session, other) && !chosen.has(other.id) && !others.some((it) => overlap(it, other)))) {
        acts.append(button(`Go at ${at(twin, session)}${where(twin)} instead`, () => {
          choose([...[...chosen].filter((id) => id !== session.id), twin.id]);
          say(`Changed: ${session.title}, now at ${at(twin, session)}${where(twin)}.`);
          focusMine();
        }));
      }
    }
    acts.append(button('Take out', () => {
      toggle(session.id);
      focusMine();
    }, session.title));
    const twins = own().filter((other) => isTwin(session, other) && other.start < session.start);
    if (twins.length) {
      item.append(make('p', {}, `The same session as at ${at(twins[0], session)}, which you chose as well.`));
    }
    item.append(acts);
    return item;
  }

  // The part with the focus was made anew.
  const focusMine = () => {
    const heading = mine?.querySelector('h2');
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  };

  function showMine() {
    const list = own();
    const text = mine.querySelector('.text');
    const wasOpen = !!text.querySelector('.carry');
    text.replaceChildren();
    if (!list.length) {
      text.append(make('p', {}, isOver
        ? 'Say which sessions you were in by the buttons in the programme. You then see here what you could not attend.'
        : 'Choose sessions by the buttons in the programme. They then stand here in order of time, with what clashes.'));
    } else {
      const clashing = list.filter((session) => clashesOf(session).length).length;
      text.append(make('p', {}, `${counted(list.length, 'session')} chosen. ${clashing ? `${clashing} of them clash.` : list.length > 1 ? 'None clash.' : ''}`));
      let day;
      let items;
      for (const [index, session] of list.entries()) {
        if (session.day !== day) {
          day = session.day;
          items = make('ol', { className: 'own' });
          text.append(make('p', { className: 'day' }, day), items);
        } else if (session.start >= list[index - 1].end) {
          items.append(make('li', { className: 'between' }, between(list[index - 1], session)));
        }
        items.append(entry(session));
      }
    }
    text.append(make('p', { className: 'note' }, kept
      ? 'Your choices are kept in this browser only. Nothing is sent.'
      : 'This browser keeps nothing: your choices last until you leave this page. A link can carry them.'));
    if (!list.length) {
      return;
    }
    const acts = make('div', { className: 'acts' });
    page && acts.append(button('Carry to another device', () => carry(acts)));
    acts.append(button('Print my programme', printMine));
    if (document.querySelector('script[src*="calendar.js"]')) {
      const calendar = button('Add my programme to a calendar');
      calendar.dataset.myCalendar = '';
      calendar.dataset.calendar = root.dataset.event;
      acts.append(calendar);
    }
    acts.append(button('Clear my programme', () => {
      const before = [...chosen];
      choose([]);
      say('Your programme is empty.');
      const undo = button('Undo', () => {
        choose(before);
        say(`${counted(own().length, 'session')} chosen again.`);
        focusMine();
      });
      mine.querySelector('.text').append(make('div', { className: 'acts' }, undo));
      undo.focus();
    }));
    text.append(acts);
    wasOpen && carry(acts);
  }

  // ---- A link that carries the choices. It holds a code of five letters and digits for each session, without vowels, so
  // that it stays short and spells nothing. A session whose code another has too is named in full.

  const LETTERS = '0123456789bcdfghjkmnpqrstvwxyz';
  const codeOf = (id) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(id)) {
      hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
    let code = '';
    for (let count = 0; count < 5; count += 1) {
      code += LETTERS[hash % LETTERS.length];
      hash = Math.floor(hash / LETTERS.length);
    }
    return code;
  };
  const byCode = new Map();
  for (const id of sessions.keys()) {
    const code = codeOf(id);
    byCode.set(code, byCode.has(code) || sessions.has(code) ? undefined : id);
  }
  const inLink = (id) => byCode.get(codeOf(id)) === id ? codeOf(id) : encodeURIComponent(id).replaceAll('.', '%2E');

  // A page in a folder is reached from no other device: the website's own is. Without a website nothing can be carried.
  const page = location.protocol === 'file:'
    ? root.dataset.website ?? document.querySelector('[rel=canonical]')?.href : location.href.split('#')[0];
  const address = () => `${page}#my=${own().map(({ id }) => inLink(id)).join('.')}`;

  function carry(acts) {
    mine.querySelector('.carry')?.remove();
    const field = make('input', { readOnly: true, value: address(), id: 'to:carry' });
    field.onfocus = () => field.select();
    const mail = `mailto:?subject=${encodeURIComponent(document.querySelector('h1').textContent)}&body=${encodeURIComponent(`My programme:\r\n${field.value}\r\n`)}`;
    const more = make('p', {});
    const part = make('div', { className: 'carry' }, make('label', { htmlFor: 'to:carry' }, 'Open this link on the other device'), field, more);
    if (navigator.clipboard) {
      const copy = button('Copy the link', () => navigator.clipboard.writeText(field.value)
        .then(() => say('The link is copied.'), () => say('The link could not be copied: select it and copy it by hand.')));
      more.append(make('span', { className: 'acts' }, copy));
    }
    more.append(make('a', { href: mail }, 'Send the link by email'));
    acts.after(part);
  }

  /** The choices in the address, if any: those that are known, and how many are not. */
  function fromAddress() {
    const found = /^#my=([^&]*)/.exec(location.hash);
    if (!found) {
      return null;
    }
    const ids = [];
    const unknown = [];
    for (const part of found[1].slice(0, 20000).split('.').filter(Boolean)) {
      // What mail programs leave at the end of a link.
      const bare = part.replace(/[)>\]"',;]+$/, '');
      let id = bare;
      try {
        id = decodeURIComponent(bare);
      } catch {
        // It is no name either, then.
      }
      const known = sessions.has(id) ? id : byCode.get(id.toLowerCase());
      known ? ids.includes(known) || ids.push(known) : unknown.push(id);
    }
    return { ids, unknown };
  }

  function takeIn() {
    const link = fromAddress();
    const offer = root.querySelector('.offer');
    if (!link || !offer) {
      return;
    }
    const before = own().map(({ id }) => id);
    const unknown = link.unknown.length
      ? `${counted(link.unknown.length, 'session')} of the link ${link.unknown.length === 1 ? 'is' : 'are'} not in this programme: taken out of it since, or of another event.` : '';
    const done = (words) => {
      offer.hidden = true;
      offer.replaceChildren();
      offer.className = 'offer by-script';
      history.replaceState(null, '', location.href.split('#')[0]);
      const whole = `${words} ${unknown}`.trim();
      say(whole);
      if (unknown) {
        offer.hidden = false;
        offer.className = 'offer by-script callout callout-warn';
        offer.append(make('p', {}, unknown));
      }
    };
    const isSame = link.ids.length === before.length && link.ids.every((id) => chosen.has(id));
    if (!link.ids.length) {
      done(unknown ? '' : 'The link holds no sessions.');
      return;
    }
    if (!before.length || isSame) {
      isSame || choose([...chosen, ...link.ids]);
      done(isSame ? 'The link holds what you have chosen already.' : `${counted(link.ids.length, 'session')} taken from the link.`);
      return;
    }
    const heading = make('h3', { tabIndex: -1, id: 'to:offer' }, 'This link holds another programme');
    offer.replaceChildren(
      heading,
      make('p', {}, `The link holds ${counted(link.ids.length, 'session')}; you have chosen ${before.length} here. ${unknown}`),
      make('ul', {}, ...link.ids.map((id) => make('li', {}, `${sessions.get(id).title}, ${sessions.get(id).time}${where(sessions.get(id))}`))),
      make('div', { className: 'acts' },
        button('Replace mine', () => {
          choose(link.ids);
          done('Your programme is now that of the link.');
        }),
        button('Add to mine', () => {
          choose([...chosen, ...link.ids]);
          done(`Added. ${counted(own().length, 'session')} chosen.`);
        }),
        button('Keep mine', () => done('Your programme stays as it was.'))),
    );
    offer.setAttribute('role', 'group');
    offer.setAttribute('aria-labelledby', 'to:offer');
    offer.className = 'offer by-script callout';
    offer.hidden = false;
    heading.focus();
  }

  const printMine = () => {
    document.body.classList.add('own-only');
    print();
  };
  addEventListener('afterprint', () => document.body.classList.remove('own-only'));

  // ---- After the event: of what ran at the same time, what this reader could not attend.

  function showMissed() {
    const items = [...document.querySelectorAll('[data-missed]')];
    if (!items.length) {
      return;
    }
    const words = document.querySelector('.missed-words');
    const place = document.querySelector('.missed-all');
    words.dataset.all ??= words.textContent;
    place.replaceChildren();
    const list = own();
    const groups = new Set(list.map(({ group }) => group));
    const missed = new Set(inOrder.filter((session) => !groups.has(session.group) && list.some((other) => overlap(session, other)))
      .map(({ group }) => group));
    for (const item of items) {
      item.hidden = list.length > 0 && !missed.has(item.dataset.missed);
    }
    if (!list.length) {
      words.textContent = words.dataset.all;
      return;
    }
    words.textContent = missed.size
      ? `By what you chose, ${counted(missed.size, 'session')} ran while you were elsewhere.`
      : 'By what you chose, you could attend all that ran while you were there.';
    place.append(button('Show all that ran at the same time', () => {
      items.forEach((item) => { item.hidden = false; });
      words.textContent = words.dataset.all;
      place.replaceChildren();
      items[0].querySelector('a').focus();
    }));
  }

  // ---- Filters. A stretch of rows without a match goes, and so does a room; the table stays a table.

  const tools = root.querySelector('.programme-tools');
  function filter() {
    const wanted = Object.fromEntries([...tools.querySelectorAll('select')].map((select) => [select.name, select.value]));
    const fits = ({ dataset }) => (!wanted.audiences || dataset.audiences === undefined || dataset.audiences.split(' ').includes(wanted.audiences))
      && (!wanted.themes || (dataset.themes ?? '').split(' ').includes(wanted.themes))
      && (!wanted.rooms || dataset.room === wanted.rooms);
    const isWanted = Object.values(wanted).some(Boolean);
    let count = 0;
    for (const table of root.querySelectorAll('.programme')) {
      const columns = new Set();
      for (const slot of table.querySelectorAll('.slot')) {
        slot.hidden = !fits(slot);
        count += !slot.hidden;
        const column = slot.closest('td').dataset.column;
        slot.hidden || column === undefined || columns.add(column);
      }
      for (const body of table.tBodies) {
        body.hidden = !body.querySelector('.slot:not([hidden])');
      }
      for (const cell of table.querySelectorAll('[data-column]')) {
        cell.hidden = isWanted && columns.size > 0 && !columns.has(cell.dataset.column);
      }
      const shown = table.tHead.querySelectorAll('th:not([hidden])').length - 1;
      for (const cell of table.querySelectorAll('.plenary td')) {
        cell.colSpan = Math.max(1, shown);
      }
      table.closest('.programme-day').hidden = !table.querySelector('.slot:not([hidden])');
    }
    tools.querySelector('.all')?.remove();
    if (isWanted) {
      const all = button('Show all', () => {
        tools.querySelectorAll('select').forEach((select) => { select.value = ''; });
        filter();
        tools.querySelector('select').focus();
      });
      tools.append(make('span', { className: 'acts all' }, all));
    }
    say(isWanted ? `${count} of ${counted(root.querySelectorAll('.slot').length, 'session')} shown.` : 'All sessions shown.');
  }

  // ---- What a reader elsewhere sees on their own clock.

  function showOwnTimes() {
    if (!('online' in root.dataset)) {
      return;
    }
    const clock = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true });
    for (const time of root.querySelectorAll('tbody time')) {
      const instant = new Date(time.dateTime);
      const words = clock.format(instant).replace(/\s/g, '').replace(':00', '').replace(/^0/, '12').toLowerCase();
      const same = { '12am': 'midnight', '12pm': 'midday' }[words] ?? words;
      if (same !== time.textContent.toLowerCase()) {
        time.after(make('span', { className: 'yours by-script' }, `${same} where you are`));
      }
    }
  }

  // ---- Show.

  function show() {
    for (const [id, made] of buttons) {
      made.setAttribute('aria-pressed', String(chosen.has(id)));
      const place = made.parentElement;
      place.querySelector('.clash')?.remove();
      const words = chosen.has(id) ? clashWords(sessions.get(id)) : '';
      words && place.append(make('p', { className: 'clash' }, make('b', {}, 'Clash:'), ` ${words}`));
    }
    const list = own();
    const clashing = list.filter((session) => clashesOf(session).length).length;
    soFar.textContent = !chosen.size ? 'My programme'
      : `My programme: ${counted(mine ? list.length : chosen.size, 'session')}${clashing ? `, ${clashing} clash` : ''}`;
    mine && showMine();
    showMissed();
  }
  chosen = new Set(read());
  for (const part of [mine, tools, soFar.parentElement]) {
    part && (part.hidden = false);
  }
  window.netsiteProgramme = { event: root.dataset.event, chosen: () => own().map(({ id }) => id) };
  show();
  showOwnTimes();
  tools?.addEventListener('change', filter);
  takeIn();
  addEventListener('hashchange', takeIn);
  addEventListener('storage', ({ key }) => {
    if (key === KEY || key === null) {
      chosen = new Set(read());
      show();
    }
  });
})();
