// A document that is filled in: a form beside a live preview, and filled copies of it. Nothing that a reader types is sent
// anywhere, and nothing is kept unless they ask. Everything that was typed is put in as text.
(() => {
  // ---- A text with places, as `src/form/pattern.rs` makes and fills it: what changes here changes there.

  const MOST_ROWS = 1000;
  const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

  const STRETCHES = new RegExp(`(${RIGHT_TO_LEFT.source}+(?:\\s+${RIGHT_TO_LEFT.source}+)*)`, 'u');

  /** Text without what no document may hold. Every line break is a line feed. */
  const clean = (text) => text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ue000-\ue002]|[\ud800-\udfff]/gu, '');

  const trimmed = (text) => text.replace(/\t/g, ' ').trim().split('\n').map((line) => line.trim()).join('\n');

  /** What was answered, as rows of cells: one with one cell unless the gap has several answers. */
  function rowsOf(gap, answer = '') {
    const text = clean(answer);
    if (!gap.isList) {
      return text.trim() ? [[trimmed(text)]] : [];
    }
    return text.split('\n').filter((line) => line.trim()).slice(0, MOST_ROWS).map((line) => {
      const cells = line.split('\t');
      const count = Math.max(1, gap.columns.length);
      return [...cells.slice(0, count - 1), cells.slice(count - 1).join(' ')].map(trimmed);
    });
  }

  const inWords = (names) => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;

  const ofRow = (row, column) => column === undefined ? row.filter(Boolean).join(', ') : row[column] ?? '';

  function inASentence(gap, rows, column = 0) {
    if (gap.isList) {
      return inWords(rows.map((row) => row[column]).filter(Boolean));
    }
    const given = rows.length ? rows[0][0] : trimmed(clean(gap.default));
    return gap.kind === 'date' ? longDate(given) ?? given : given;
  }

  /** The words at a place; undefined where nothing was answered. `row` is the one that is repeated. */
  function wordsAt(gap, rows, { column, row, isCapital }) {
    const words = rows[row] ? ofRow(rows[row], column) : inASentence(gap, rows, column) || undefined;
    return words && isCapital ? words.replace(/^./su, (first) => first.toUpperCase()) : words;
  }

  /** Whether a clause stands; undefined while nobody has decided. */
  const holds = (rows, answer, isNegated) =>
    rows.length ? (rows[0][0].toLowerCase() === answer.toLowerCase()) !== isNegated : undefined;

  const escapeHtml = (text) => text.replace(/[&<>"']/g, (letter) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[letter]};`);

  function escapeMarkdown(line, isStart) {
    const digits = /^[0-9]*/.exec(line)[0].length;
    return [...line].map((letter, index, letters) => {
      const after = letters[index + 1];
      const isName = (letter) => /^[A-Za-z0-9]$/.test(letter);
      let isEscaped = '\\`*[]<|~$'.includes(letter);
      if (letter === '_') {
        isEscaped = !(isName(letters[index - 1]) && isName(after));
      } else if (letter === '#') {
        isEscaped = after === undefined || (index === 0 && isStart);
      } else if (letter === '!') {
        isEscaped = after === undefined;
      } else if (letter === '&') {
        let end = index + 1;
        while (end < letters.length && /[A-Za-z0-9#]/.test(letters[end])) {
          end += 1;
        }
        isEscaped = end === letters.length || letters[end] === ';';
      } else if ('+-=:>'.includes(letter)) {
        isEscaped = index === 0 && isStart;
      } else if ('.)'.includes(letter)) {
        isEscaped = isStart && index === digits;
      }
      return isEscaped ? `\\${letter}` : letter;
    }).join('');
  }

  function written(words, flags, lineBreak, format) {
    const isIsolated = format === 'html' && !flags.includes('p') && RIGHT_TO_LEFT.test(words);
    const lines = words.split('\n').map((line, index) =>
      format === 'html' ? escapeHtml(line) : escapeMarkdown(line, index > 0 || flags.includes('s')));
    const text = lines.join(lineBreak);
    return isIsolated ? `<bdi>${text}</bdi>` : text;
  }

  /** The text of a pattern with the answers in their places. `gaps` are by their keys, and so are the `answers`. */
  function fill(pattern, gaps, answers, format) {
    // Every other piece is a mark.
    const pieces = pattern.split(/\ue000([^\ue002]*)\ue002/);
    const rows = new Map([...gaps].map(([key, gap]) => [key, rowsOf(gap, answers.get(key))]));
    const ends = [];
    const open = [];
    const marks = pieces.map((piece, index) => {
      const fields = index % 2 ? piece.split('\ue001') : [];
      if (fields[0] === 'i' || fields[0] === 'r') {
        open.push(index);
      } else if (fields[0] === 'e' || fields[0] === 'f') {
        ends[open.pop()] = index;
      }
      return fields;
    });
    const repeats = [];
    let [section, paragraph, text] = [0, 0, ''];
    for (let index = 0; index < pieces.length; index += 1) {
      const [kind, key, ...rest] = marks[index];
      const given = rows.get(key) ?? [];
      if (!(index % 2)) {
        text += pieces[index];
      } else if (kind === 'g') {
        const [column, flags, lineBreak, empty] = rest;
        const row = repeats.find((repeat) => repeat.key === key)?.row;
        const place = { row, column: column === '' ? undefined : Number(column), isCapital: flags.includes('c') };
        const words = gaps.has(key) ? wordsAt(gaps.get(key), given, place) : undefined;
        text += words === undefined ? empty : written(words, flags, lineBreak, format);
      } else if (kind === 'i') {
        const [answer, sense, note] = rest;
        const isThere = holds(given, answer, sense === '!');
        text += isThere === undefined ? note : '';
        index = isThere === false ? ends[index] : index;
      } else if (kind === 'r') {
        repeats.unshift({ key, begin: index, row: 0 });
      } else if (kind === 'f' && repeats[0].row + 1 < rows.get(repeats[0].key).length) {
        repeats[0].row += 1;
        index = repeats[0].begin;
      } else if (kind === 'f') {
        repeats.shift();
      } else if (kind === '1') {
        [section, paragraph] = [section + 1, 0];
        text += section;
      } else if (kind === '2') {
        paragraph += 1;
        text += `${section}.${paragraph}`;
      }
    }
    return text;
  }

  // ---- Days and numbers, as people write them

  const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

  /** `6 August 2027` for a day that there is, written in one of the usual ways, day first; undefined otherwise. */
  function longDate(text) {
    const iso = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(text);
    const figures = /^(\d\d?)[/.-](\d\d?)[/.-](\d{4})$/.exec(text);
    const named = /^(?:[a-z]+,? +)?(\d\d?)(?:st|nd|rd|th)? +([a-z]{3,9})\.?,? +(\d{4})$/i.exec(text);
    let [day, month, year] = figures?.slice(1) ?? iso?.slice(1).reverse() ?? [];
    if (named) {
      [, day, month, year] = named;
      month = MONTHS.findIndex((name) => name.toLowerCase().startsWith(month.toLowerCase())) + 1;
    }
    const date = new Date(Date.UTC(year, month - 1, day));
    const isReal = year > 999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
    return isReal ? `${Number(day)} ${MONTHS[month - 1]} ${year}` : undefined;
  }

  const isNumber = (text) => /^[-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?$/.test(text);

  self.netsiteFill = { fill, longDate, rowsOf };

  // ---- The form

  const byId = (id) => document.getElementById(`to:${id}`);
  const form = byId('fill');
  const sheet = byId('sheet');
  if (!form || !sheet) {
    return;
  }
  const { template, version } = form.dataset;
  const FORMAT = 'netsite answers 1';
  const LARGEST = 2 ** 20;
  const root = new URL('.', document.currentScript.src).href;
  const OWN_STORE = `netsite answers ${root}${template}`;
  const SHARED_STORE = `netsite shared answers ${root}`;

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  }

  /** A question with its control: `get` and `set` its answer as it is saved. */
  class Field {
    constructor(element) {
      const { key, name, kind, label, example } = element.dataset;
      Object.assign(this, { element, key, name, kind, label, example, default: element.dataset.default });
      this.isRequired = 'required' in element.dataset;
      this.isShared = 'shared' in element.dataset;
      this.isList = kind === 'members' || kind === 'organisations';
      this.row = element.querySelector('template')?.content;
      this.columns = this.isList ? [...this.row.querySelectorAll('input')].map((input) => input.dataset.column) : [];
      this.control = element.querySelector('select, textarea, input, fieldset');
      this.focus = element.querySelector('select, textarea, input');
      this.hint = element.querySelector('.hint');
      if (this.isList || kind === 'yes-no') {
        this.control = element.querySelector('fieldset');
      }
      if (this.isList) {
        this.entries = element.querySelector('.entries');
        element.querySelector('.add').onclick = () => {
          const entry = this.add([]);
          this.number();
          entry.querySelector('input').focus();
          this.changed();
        };
      }
      element.addEventListener('input', () => this.changed());
      element.addEventListener('change', () => this.settled());
      this.describe();
      this.reset();
    }

    changed() {
      this.note?.remove();
      hasStarted = true;
      isSafe = false;
      update();
    }

    /** An answer stands when a reader leaves it. */
    settled() {
      if (this.kind === 'date') {
        this.focus.value = longDate(this.focus.value.trim()) ?? this.focus.value;
      }
      if (this.error && !this.problem()) {
        this.tell();
      }
      update();
      keep();
      byId('counted').textContent = byId('count').textContent;
    }

    get() {
      if (this.kind === 'yes-no') {
        return this.element.querySelector(':checked')?.value ?? '';
      }
      if (!this.isList) {
        return this.focus.value;
      }
      return [...this.entries.children]
        .map((entry) => [...entry.querySelectorAll('input')].map((input) => trimmed(clean(input.value))).join('\t'))
        .filter((line) => line.trim()).join('\n');
    }

    /** Takes an answer over; false where it is none of the choices. */
    set(answer) {
      const text = clean(answer);
      if (this.kind === 'yes-no' || this.kind === 'choice') {
        const choices = [...this.element.querySelectorAll('option, [type=radio]')];
        const choice = choices.find(({ value }) => value.toLowerCase() === text.trim().toLowerCase());
        if (choice) {
          choice[choice.type === 'radio' ? 'checked' : 'selected'] = true;
        }
        return Boolean(choice);
      }
      if (this.isList) {
        this.entries.replaceChildren();
        const rows = rowsOf(this, text);
        (rows.length ? rows : [[]]).forEach((row) => this.add(row));
        this.number();
      } else {
        this.focus.value = this.kind === 'long' ? text : text.replace(/\s+/g, ' ');
      }
      return true;
    }

    /** As it was before anybody filled it in. */
    reset() {
      const rows = this.default.split(this.kind === 'members' ? '\n' : /[\n;]/);
      const cells = (row) => row.split(';').map((cell) => cell.trim()).join('\t');
      this.set(this.isList ? rows.map(cells).join('\n') : longDate(this.default) ?? this.default);
      this.note?.remove();
      this.tell();
    }

    add(cells) {
      this.entries.append(this.row.cloneNode(true));
      const entry = this.entries.lastElementChild;
      entry.querySelectorAll('input').forEach((input, index) => { input.value = cells[index] ?? ''; });
      entry.querySelector('.remove').onclick = () => {
        const next = entry.nextElementSibling ?? entry.previousElementSibling;
        entry.remove();
        this.number();
        (next?.querySelector('input') ?? this.element.querySelector('.add')).focus();
        this.changed();
        this.settled();
      };
      return entry;
    }

    number() {
      [...this.entries.children].forEach((entry, index) => {
        const name = this.kind === 'members' ? `Row ${index + 1}` : `organisation ${index + 1}`;
        entry.querySelectorAll('.entry-number').forEach((place) => { place.textContent = name; });
        if (this.kind === 'organisations') {
          entry.querySelector('input').setAttribute('aria-label', `${this.label}, ${name}`);
        }
      });
      this.focus = this.entries.querySelector('input') ?? this.element.querySelector('.add');
    }

    /** What is wrong with the answer, in words. */
    problem() {
      const answer = this.get().trim();
      const example = this.example && !this.isList ? `, for example ${this.example}` : '';
      if (!answer) {
        const what = { 'yes-no': 'Say yes or no to', choice: 'Choose an answer to', members: 'Add a row to', organisations: 'Add an organisation to' };
        return this.isRequired && !this.default ? `${what[this.kind] ?? 'Answer'} “${this.label}”${example}` : '';
      }
      if (this.kind === 'number' && !isNumber(answer)) {
        return `“${this.label}” must be a number, such as ${this.example || 4}`;
      }
      if (this.kind === 'date' && !longDate(answer)) {
        return `“${this.label}” must be a day, such as ${this.example || '6 August 2027'}`;
      }
      return '';
    }

    /** Shows what is wrong beside the answer, or no more. */
    tell(problem = '') {
      this.error?.remove();
      this.error = problem ? make('p', { class: 'error', id: `to:fill:${this.key}:error` }, make('span', { class: 'unseen' }, 'Error: '), problem) : null;
      this.element.classList.toggle('wrong', Boolean(problem));
      if (problem) {
        (this.hint ?? this.element.querySelector('label, legend')).after(this.error);
      }
      this.describe();
    }

    describe() {
      const ids = [this.hint?.id, this.error?.id, this.note?.isConnected && this.note.id].filter(Boolean);
      ids.length ? this.control.setAttribute('aria-describedby', ids.join(' ')) : this.control.removeAttribute('aria-describedby');
      if (this.control === this.focus) {
        this.error ? this.focus.setAttribute('aria-invalid', 'true') : this.focus.removeAttribute('aria-invalid');
      }
    }

    say(words) {
      this.note?.remove();
      this.note = make('p', { class: 'note', id: `to:fill:${this.key}:note` }, words);
      this.element.append(this.note);
      this.describe();
    }

    bracketed(column) {
      return column === undefined ? `[${this.name}]` : `[${this.name}: ${this.columns[column]}]`;
    }
  }

  // Whether the reader has begun: until then the document shows its examples.
  let hasStarted = false;
  // Whether the answers are kept or saved somewhere else than on this page.
  let isSafe = true;
  const fields = new Map();
  for (const element of form.querySelectorAll('.field')) {
    const field = new Field(element);
    fields.set(field.key, field);
  }

  const answers = () => new Map([...fields].map(([key, field]) => [key, field.get()]));

  // ---- The sheet

  const column = (place) => place.dataset.column === undefined ? undefined : Number(place.dataset.column);

  for (const place of sheet.querySelectorAll('.gap')) {
    place.netsiteExample = [place.className, place.textContent];
    place.dataset.name = fields.get(place.dataset.gap)?.bracketed(column(place)) ?? '';
  }

  /** What repeats: its examples, and a row to copy for each answer. */
  const repeats = [];
  for (const example of sheet.querySelectorAll('[data-rows]')) {
    const { rows } = example.dataset;
    const last = repeats[repeats.length - 1];
    if (last?.shown[last.shown.length - 1] === example.previousElementSibling && last.key === rows) {
      last.shown.push(example);
      last.examples.push(example);
    } else {
      repeats.push({ key: rows, pattern: example, shown: [example], examples: [example] });
    }
  }
  const clauses = [...sheet.querySelectorAll('.clause')];
  const sections = [...sheet.querySelectorAll('section')];

  function paint(place, rows, repeated, row) {
    const { gap: key, capital } = place.dataset;
    const field = fields.get(key);
    if (!field) {
      return;
    }
    const words = wordsAt(field, rows.get(key), { column: column(place), row: key === repeated ? row : undefined, isCapital: capital !== undefined });
    if (words === undefined) {
      const [look, example] = hasStarted || !place.netsiteExample ? ['gap empty', place.dataset.name] : place.netsiteExample;
      place.className = hasStarted ? look : `${look} example`;
      place.removeAttribute('dir');
      place.textContent = example;
    } else {
      place.className = 'gap filled';
      place.dir = 'auto';
      place.replaceChildren(...words.split('\n').flatMap((line, index) => index ? [make('br'), line] : [line]));
    }
  }

  function repeat(group, rows) {
    const given = rows.get(group.key) ?? [];
    let next = group.examples;
    if (given.length || hasStarted) {
      next = (given.length ? given : [null]).map((_, row) => {
        const copy = group.pattern.cloneNode(true);
        copy.querySelectorAll('.gap').forEach((place) => paint(place, rows, group.key, given.length ? row : undefined));
        return copy;
      });
    } else {
      next.forEach((example, row) => example.querySelectorAll('.gap').forEach((place) => paint(place, rows, group.key, row)));
    }
    group.shown[0].before(...next);
    group.shown.filter((old) => !next.includes(old)).forEach((old) => old.remove());
    group.shown = next;
  }

  function update() {
    const rows = new Map([...fields].map(([key, field]) => [key, rowsOf(field, field.get())]));
    for (const clause of clauses) {
      const isThere = holds(rows.get(clause.dataset.if) ?? [], clause.dataset.is, 'not' in clause.dataset);
      clause.hidden = isThere === false;
      clause.querySelector('.when').hidden = isThere === true;
      clause.classList.toggle('open', isThere === undefined);
    }
    for (const section of sections) {
      const [, ...rest] = section.children;
      section.hidden = rest.length === 1 && rest[0].hidden;
    }
    repeats.forEach((group) => repeat(group, rows));
    sheet.querySelectorAll('.gap').forEach((place) => {
      if (!place.closest('[data-rows]')) {
        paint(place, rows);
      }
    });
    const asked = new Set(clauses.filter((clause) => !clause.parentElement.closest('.clause[hidden]')).map((clause) => clause.dataset.if));
    for (const place of sheet.querySelectorAll('.gap')) {
      if (!place.closest('[hidden]')) {
        asked.add(place.dataset.gap);
      }
    }
    let filled = 0;
    for (const field of fields.values()) {
      field.element.hidden = !asked.has(field.key);
      filled += !field.element.hidden && (rows.get(field.key).length > 0 || Boolean(field.default));
    }
    const count = asked.size;
    byId('count').textContent = `${filled} of ${count} ${count === 1 ? 'gap' : 'gaps'} filled`;
  }

  form.addEventListener('focusin', ({ target }) => mark(target.closest('.field')?.dataset.key));
  form.addEventListener('focusout', () => mark());
  function mark(key) {
    sheet.querySelectorAll('.gap').forEach((place) => place.classList.toggle('current', place.dataset.gap === key));
  }
  sheet.addEventListener('click', ({ target }) => fields.get(target.closest('.gap')?.dataset.gap)?.focus.focus());

  // ---- Keeping, saving, opening, clearing

  const keepBox = byId('keep');
  const said = byId('said');

  function say(words, lost = [], ...more) {
    const list = lost.length ? [make('ul', {}, ...lost.map((line) => make('li', {}, line)))] : [];
    said.replaceChildren(make('p', {}, words), ...list, ...more);
  }

  const record = () => ({ format: FORMAT, template, version, answers: Object.fromEntries([...answers()].filter(([, answer]) => answer.trim())) });

  /** What the browser keeps under a name; null where it keeps nothing or does not let us look. */
  function kept(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function forget() {
    try {
      localStorage.removeItem(OWN_STORE);
      localStorage.removeItem(SHARED_STORE);
    } catch {
      // Where nothing can be kept, nothing is.
    }
  }

  function keep() {
    if (!keepBox.checked) {
      return;
    }
    const shared = { ...kept(SHARED_STORE) };
    for (const field of fields.values()) {
      if (field.isShared) {
        shared[field.key] = field.get();
      }
    }
    try {
      localStorage.setItem(OWN_STORE, JSON.stringify(record()));
      localStorage.setItem(SHARED_STORE, JSON.stringify(shared));
      isSafe = true;
    } catch {
      keepBox.checked = false;
      say('This browser does not let this page keep anything, as in a private window, or has no room left. Save your answers to a file instead.');
    }
  }

  keepBox.onchange = () => {
    if (keepBox.checked) {
      keep();
      if (keepBox.checked) {
        say('Your answers are kept in this browser, on this computer alone.');
      }
    } else {
      forget();
      isSafe = !hasStarted;
      say('Your answers are no longer kept in this browser. They are still on this page.');
    }
  };

  function download(name, parts, type) {
    const link = make('a', { href: URL.createObjectURL(new Blob(parts, { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  const fileName = form.dataset.file.replace(/\.docx$/, '');

  byId('save').onclick = () => {
    download(`${fileName}-answers.json`, [JSON.stringify(record(), null, 2)], 'application/json');
    isSafe = true;
    say('Your answers are saved to a file in your downloads. Anybody who opens it on this page sees them.');
  };

  byId('open').onclick = () => byId('file').click();
  byId('file').onchange = async ({ target }) => {
    const [file] = target.files;
    if (!file) {
      return;
    }
    const before = answers();
    const had = hasStarted;
    try {
      if (file.size > LARGEST) {
        say('This file is too large to be saved answers. Nothing was changed.');
      } else {
        const { words, lost } = take(JSON.parse(await file.text()));
        const back = make('button', { type: 'button', class: 'plain' }, 'Put my earlier answers back');
        back.onclick = () => {
          restore(before, had);
          say('Your earlier answers are back.');
          byId('open').focus();
        };
        say(words, lost, ...had && lost !== undefined ? [back] : []);
      }
    } catch {
      say('This file could not be read as saved answers. Nothing was changed.');
    }
    target.value = '';
  };

  function restore(given, isBegun) {
    given.forEach((answer, key) => fields.get(key).set(answer));
    hasStarted = isBegun;
    update();
    keep();
  }

  /** Takes saved answers over as far as they fit, and says how far. */
  function take(file) {
    const { format, answers } = file ?? {};
    if (typeof format !== 'string' || !format.startsWith('netsite answers ') || !answers || typeof answers !== 'object') {
      return { words: 'This file does not hold saved answers. Nothing was changed.' };
    }
    const words = [];
    if (format !== FORMAT) {
      words.push('The file is of another version of this site: what could be read of it is here.');
    }
    if (file.template !== template) {
      words.push('The file is of another template: the answers to questions that both ask are here.');
    } else if (file.version !== version) {
      words.push(`The file is of version ${short(String(file.version))} of this template, and this is version ${version}.`);
    }
    const lost = [];
    let count = 0;
    for (const [key, answer] of Object.entries(answers)) {
      const field = fields.get(key);
      if (typeof answer !== 'string' && typeof answer !== 'number') {
        lost.push(`“${short(key)}” could not be read.`);
      } else if (!field) {
        lost.push(`“${short(key)}” is not asked here. The answer was: ${short(String(answer))}`);
      } else if (!field.set(String(answer))) {
        lost.push(`“${field.label}” can no longer be answered with “${short(String(answer))}”. Choose again.`);
      } else {
        count += 1;
        field.tell();
      }
    }
    hasStarted = hasStarted || count > 0;
    update();
    keep();
    words.push(`${count} ${count === 1 ? 'answer was' : 'answers were'} taken over.`);
    if (lost.length > 20) {
      lost.splice(20, lost.length, `And ${lost.length - 20} more.`);
    }
    return { words: `${words.join(' ')}${lost.length ? ' These were not:' : ''}`, lost };
  }

  const short = (text) => text.length > 200 ? `${text.slice(0, 200)}…` : text;

  const sure = byId('sure');
  byId('clear').onclick = () => sure.showModal();
  sure.onclick = ({ target }) => {
    if (target.localName !== 'button') {
      return;
    }
    sure.close();
    if (target.value) {
      forget();
      keepBox.checked = false;
      hasStarted = false;
      isSafe = true;
      fields.forEach((field) => field.reset());
      problems.hidden = true;
      update();
      say('Everything is cleared.');
      byId('fill-title').focus();
    }
  };

  addEventListener('beforeunload', (event) => {
    if (hasStarted && !isSafe) {
      event.preventDefault();
    }
  });

  // ---- Copies

  const problems = byId('problems');
  let loaded;

  /** The template is loaded when a copy is first asked for, as a script, which works in a folder without a server too. */
  function loadTemplate() {
    loaded = loaded ?? new Promise((resolve, reject) => {
      self.netsiteTemplate = resolve;
      const script = make('script', { src: form.dataset.script });
      script.onerror = reject;
      document.head.append(script);
    });
    return loaded;
  }

  form.querySelectorAll('[data-take]').forEach((button) => {
    button.onclick = () => {
      const wrong = [...fields.values()].filter((field) => !field.element.hidden).map((field) => [field, field.problem()]);
      wrong.forEach(([field, problem]) => field.tell(problem));
      const found = wrong.filter(([, problem]) => problem);
      problems.hidden = !found.length;
      if (!found.length) {
        takeCopy(button);
        return;
      }
      problems.querySelector('ul').replaceChildren(...found.map(([field, problem]) => {
        const link = make('a', { href: `#${field.control.id}` }, problem);
        link.onclick = (event) => {
          event.preventDefault();
          field.focus.focus();
        };
        return make('li', {}, link);
      }));
      const anyway = problems.querySelector('button');
      anyway.textContent = `${button.textContent} with the gaps`;
      anyway.onclick = () => takeCopy(button);
      problems.focus();
    };
  });

  async function takeCopy({ dataset: { take: kind } }) {
    if (kind === 'print') {
      print();
      return;
    }
    try {
      const { parts, markdown, html } = await loadTemplate();
      if (kind === 'md') {
        download(`${fileName}-filled.md`, [`${fill(markdown, fields, answers(), 'markdown').trimEnd()}\n`], 'text/markdown');
      } else if (kind === 'html') {
        download(`${fileName}-filled.html`, [fill(html, fields, answers(), 'html')], 'text/html');
      } else {
        download(`${fileName}-filled.docx`, zip(fillWord(parts, answers())), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document');
      }
      say('Your copy is in your downloads.');
    } catch {
      loaded = undefined;
      say('The template could not be loaded. Check your connection, then try again.');
    }
  }

  // ---- Word: the places of the answers are content controls, which `src/form/word/controls.rs` describes

  const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const inWord = (element, name) => [...element.getElementsByTagNameNS(WORD, name)];
  const child = (element, name) => [...element?.children ?? []].find((child) => child.localName === name);
  const value = (element) => element?.getAttributeNS(WORD, 'val') ?? '';

  function fillWord(parts, given) {
    const keys = [...fields.keys()];
    const rows = new Map([...fields].map(([key, field]) => [key, rowsOf(field, given.get(key))]));
    const keyOf = (name) => name.startsWith('#') ? keys[name.slice(1)] : name;
    let title;
    return parts.map(([path, text]) => {
      const isText = /^word\/(document|header\d|footer\d)\.xml$/.test(path);
      if (!isText && path !== 'customXml/item1.xml' && path !== 'docProps/core.xml') {
        return [path, text];
      }
      const xml = new DOMParser().parseFromString(text, 'application/xml');
      if (isText) {
        inWord(xml, 'sdt').forEach((control) => fillControl(xml, control, rows, keyOf));
        inWord(xml, 'tbl').forEach((table) => describeTable(table, rows));
        const head = inWord(xml, 'p').find((paragraph) => value(inWord(paragraph, 'pStyle')[0]) === 'Title');
        title = title ?? head?.textContent;
      } else if (path === 'docProps/core.xml') {
        const place = [...xml.documentElement.children].find((element) => element.localName === 'title');
        if (place && title) {
          place.textContent = title.replace(/\s+/g, ' ').trim();
        }
      } else {
        [...xml.documentElement.children].forEach((answer, index) => {
          const field = fields.get(keys[index]);
          if (!field.isList) {
            answer.textContent = inASentence(field, rows.get(field.key));
          }
        });
      }
      const written = new XMLSerializer().serializeToString(xml);
      return [path, written.startsWith('<?xml') ? written : `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${written}`];
    });
  }

  function fillControl(xml, control, rows, keyOf) {
    if (!xml.contains(control)) {
      return;
    }
    const tag = value(child(child(control, 'sdtPr'), 'tag'));
    const content = child(control, 'sdtContent');
    const [kind, name] = [tag.slice(0, tag.indexOf(':')), tag.slice(tag.indexOf(':') + 1)];
    if (kind === 'if') {
      const [, key, not, answer] = /^(.*?)(!?)=(.*)$/s.exec(name) ?? [];
      const field = fields.get(keyOf(key));
      const choices = field ? [...field.element.querySelectorAll('option, [type=radio]')].map(({ value }) => value).filter(Boolean) : [];
      const isThere = field && holds(rows.get(field.key), key.startsWith('#') ? choices[answer.slice(1)] ?? '' : answer, not === '!');
      if (isThere === false) {
        control.remove();
      } else if (isThere) {
        const note = content.firstElementChild;
        if (value(inWord(note, 'pStyle')[0]) === 'Instruction') {
          note.remove();
        }
        control.replaceWith(...content.childNodes);
      }
    } else if (kind === 'rows') {
      const field = fields.get(keyOf(name));
      const given = rows.get(field?.key) ?? [];
      if (given.length) {
        const item = child(content, 'sdt');
        const pattern = item ? child(item, 'sdtContent') : content;
        control.replaceWith(...given.flatMap((_, row) => {
          const copy = pattern.cloneNode(true);
          xml.documentElement.append(copy);
          inWord(copy, 'sdt').forEach((inner) => fillGap(xml, inner, rows, keyOf, { key: field.key, row }));
          copy.remove();
          return [...copy.childNodes];
        }));
      }
    } else if (kind === 'gap') {
      fillGap(xml, control, rows, keyOf);
    }
  }

  /** What a table is called says its answers too, and how many rows it has now. */
  function describeTable(table, rows) {
    const properties = child(table, 'tblPr');
    const change = (name, to) => {
      const place = child(properties, name);
      place?.setAttributeNS(WORD, 'w:val', to(value(place)));
    };
    const count = [...table.children].filter((element) => element.localName === 'tr').length - 1;
    change('tblDescription', (words) => words.replace(/^\d+ rows? /, `${count} ${count === 1 ? 'row' : 'rows'} `));
    change('tblCaption', (words) => [...fields.values()].reduce((text, field) => {
      const answer = inASentence(field, rows.get(field.key)).replace(/\n/g, ' ');
      return answer ? text.split(field.bracketed()).join(answer) : text;
    }, words));
  }

  function fillGap(xml, control, rows, keyOf, repeated) {
    const properties = child(control, 'sdtPr');
    const [, name, place, capital] = /^gap:(.*?)(?::(\d+))?(:capital)?$/.exec(value(child(properties, 'tag'))) ?? [];
    const field = name && fields.get(keyOf(name));
    if (!field) {
      return;
    }
    const isRow = repeated?.key === field.key;
    const where = { column: place && Number(place), row: isRow ? repeated.row : undefined };
    const given = rows.get(field.key);
    const words = wordsAt(field, given, { ...where, isCapital: Boolean(capital) });
    const content = child(control, 'sdtContent');
    if (words === undefined) {
      return;
    }
    const element = (name) => xml.createElementNS(WORD, `w:${name}`);
    const look = inWord(content, 'rPr')[0]?.cloneNode(true) ?? element('rPr');
    const style = child(look, 'rStyle');
    if (value(style) === 'PlaceholderText') {
      style.remove();
    }
    // Letters from right to left are runs of their own.
    const runs = words.split('\n').flatMap((line, number) => line.split(STRETCHES).map((piece, index) => {
      const run = element('r');
      const ours = look.cloneNode(true);
      if (index % 2) {
        const after = [...ours.children].find(({ localName }) => ['cs', 'em', 'lang', 'eastAsianLayout', 'specVanish', 'oMath'].includes(localName));
        ours.insertBefore(element('rtl'), after ?? null);
      }
      const text = element('t');
      text.setAttributeNS('http://www.w3.org/XML/1998/namespace', 'xml:space', 'preserve');
      text.textContent = piece;
      run.append(...ours.childElementCount ? [ours] : [], ...number && !index ? [element('br')] : [], text);
      return run;
    }));
    if (isRow) {
      control.replaceWith(...words ? runs : []);
      return;
    }
    content.replaceChildren(...runs);
    if (repeated) {
      child(properties, 'id')?.remove();
    }
    child(properties, 'showingPlcHdr')?.remove();
    // Word shows a bound control as all its places share it, so one with a capital of its own stands alone.
    if (words !== wordsAt(field, given, where)) {
      child(properties, 'dataBinding')?.remove();
    }
    if (words.includes('\n')) {
      child(properties, 'text')?.setAttributeNS(WORD, 'w:multiLine', '1');
    }
    const day = child(properties, 'date');
    const [number, month, year] = longDate(words)?.split(' ') ?? [];
    if (day && year) {
      const iso = new Date(Date.UTC(year, MONTHS.indexOf(month), number)).toISOString().slice(0, 10);
      day.setAttributeNS(WORD, 'w:fullDate', `${iso}T00:00:00Z`);
    }
  }

  // ---- A zip archive of files as they are

  const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
    let rest = index;
    for (let bit = 0; bit < 8; bit += 1) {
      rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
    }
    return rest;
  });

  const checksum = (bytes) => ~bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;

  /** Little-endian numbers, each with its count of bytes. */
  const packed = (...numbers) => Uint8Array.from(numbers.flatMap(([number, count]) =>
    Array.from({ length: count }, (_, index) => (number / 2 ** (8 * index)) & 255)));

  function zip(files) {
    const pieces = [];
    const directory = [];
    let offset = 0;
    const encoder = new TextEncoder();
    for (const [path, text] of files) {
      const [name, bytes] = [encoder.encode(path), encoder.encode(text)];
      // Version 2.0, names in UTF-8, stored, midnight of 1 January 1980.
      const about = [[20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [checksum(bytes), 4], [bytes.length, 4], [bytes.length, 4], [name.length, 2], [0, 2]];
      const header = packed([0x04034b50, 4], ...about);
      directory.push(packed([0x02014b50, 4], [20, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
      pieces.push(header, name, bytes);
      offset += header.length + name.length + bytes.length;
    }
    const size = directory.reduce((sum, piece) => sum + piece.length, 0);
    const end = packed([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [offset, 4], [0, 2]);
    return [...pieces, ...directory, end];
  }

  // ---- Beginning

  const own = kept(OWN_STORE);
  if (own) {
    const { words, lost } = take(own);
    keepBox.checked = true;
    isSafe = true;
    say(lost?.length || own.version !== version ? words : 'These are the answers that you kept in this browser.', lost);
  }
  const shared = kept(SHARED_STORE);
  for (const field of fields.values()) {
    const answer = shared && Object.hasOwn(shared, field.key) ? shared[field.key] : '';
    if (field.isShared && typeof answer === 'string' && answer.trim() && !own?.answers?.[field.key] && field.set(answer)) {
      field.say('Filled from your other template');
      hasStarted = true;
    }
  }
  update();
  form.hidden = false;
})();
