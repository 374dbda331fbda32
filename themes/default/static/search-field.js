// Suggestions below the search field, as a combobox of the ARIA Authoring Practices: a list, chosen from by hand. It is
// loaded when somebody first goes to the field; without it the form leads to the page of the search all the same.
(() => {
  const form = document.querySelector('[role=search]');
  if (!form || !self.netsiteSearch || self.netsiteField) {
    return;
  }
  const PAGES = 6;
  // More than anybody means, and less than a server refuses in an address.
  const LONGEST = 1000;
  // The way to the site's root, as the page has it.
  const root = form.getAttribute('action').replace(/search\/[^/]*$/, '');

  /** An element; texts become text, never HTML. */
  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== false) {
        made.setAttribute(name, value === true ? '' : value);
      }
    }
    made.append(...children.filter((child) => child !== undefined && child !== ''));
    return made;
  }

  /** A text in pieces, each with whether it matches, as nodes. */
  const marked = (pieces) => pieces.map(([text, isMatch]) => (isMatch ? make('mark', {}, text) : text));

  /** Where a page is; in a folder without a server no address stands for the file in it. */
  function place({ address, anchor }) {
    const isFolder = location.protocol === 'file:' && (!address || address.endsWith('/'));
    return root + address + (isFolder ? 'index.html' : '') + (anchor ? `#${encodeURIComponent(anchor)}` : '');
  }

  /** A query, no longer than an address can be. */
  const short = (text, longest = LONGEST) => (text.length > longest ? Array.from(text).slice(0, longest).join('') : text);

  self.netsiteField = { make, marked, place, short, root };
  netsiteSearch.open(`${root}search/`).catch(() => {});

  const field = form.querySelector('input');
  const style = styled();
  const list = make('div', { role: 'listbox', id: 'to:suggestions', class: 'suggestions', 'aria-label': 'Suggestions', hidden: true });
  const status = make('p', { role: 'status', class: 'unseen' });
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, dir: 'auto',
  })) {
    field.setAttribute(name, value);
  }

  let options = [];
  let active = -1;
  let asked = 0;

  /** Waits for the look of the list, or for the news that it does not come. */
  function styled() {
    if (document.querySelector('link[href$="search.css"]')) {
      return Promise.resolve();
    }
    const link = make('link', { rel: 'stylesheet', href: `${root}search.css` });
    document.head.append(link);
    return new Promise((resolve) => { link.onload = link.onerror = resolve; });
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    field.setAttribute('aria-expanded', isOpen);
    goTo(-1);
  }

  function close() {
    asked += 1;
    status.textContent = '';
    open(false);
  }

  function goTo(index) {
    options[active]?.element.setAttribute('aria-selected', 'false');
    active = index;
    const option = options[active]?.element;
    if (!option) {
      field.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', option.id);
  }

  async function suggest() {
    const number = asked += 1;
    const text = field.value;
    if (!text.trim()) {
      close();
      return;
    }
    let found = { terms: [], pages: [], meant: null };
    try {
      [found] = await Promise.all([netsiteSearch.suggest(text, { limit: PAGES }), style]);
    } catch {
      // The page of the search says what is wrong.
    }
    if (number !== asked || document.activeElement !== field) {
      return;
    }
    show(found);
  }

  function show({ terms, pages, meant }) {
    options = [];
    const words = [...new Set([meant, ...terms])].filter((term) => term && term !== field.value.trim());
    list.replaceChildren(
      ...group('words', 'Search for', words.map((term) => [() => search(term), term])),
      ...group('pages', 'Pages', pages.map((page) => [
        (event) => visit(place(page), event),
        make('b', { dir: 'auto' }, ...marked(page.titleParts)),
        make('small', {}, page.heading ? `${page.kind}: ${page.heading}` : page.kind),
      ])),
    );
    list.scrollTop = 0;
    open(options.length > 0);
    status.textContent = options.length ? `${options.length} suggestion${options.length === 1 ? '' : 's'}` : 'No suggestions';
  }

  function group(name, title, entries) {
    if (!entries.length) {
      return [];
    }
    const id = `to:suggested-${name}`;
    const elements = entries.map(([choose, ...content]) => {
      const element = make('div', { role: 'option', id: `to:option-${options.length}`, 'aria-selected': 'false' }, ...content);
      options.push({ element, choose });
      return element;
    });
    const head = make('div', { class: 'suggestions-head', id, role: 'presentation' }, title);
    return [make('div', { role: 'group', 'aria-labelledby': id }, head, ...elements)];
  }

  function search(term) {
    field.value = term;
    close();
    form.requestSubmit();
  }

  function visit(address, event) {
    close();
    if (event.ctrlKey || event.metaKey) {
      globalThis.open(address);
    } else {
      location.assign(address);
    }
  }

  function press(event) {
    const isOpen = !list.hidden;
    const last = options.length - 1;
    if (event.isComposing) {
      return;
    }
    switch (event.key) {
      case 'ArrowDown':
        if (isOpen && !event.altKey) {
          goTo(active === last ? -1 : active + 1);
        } else if (!isOpen) {
          suggest().then(() => !event.altKey && !list.hidden && goTo(0));
        }
        break;
      case 'ArrowUp':
        if (event.altKey) {
          close();
        } else if (isOpen) {
          goTo(active < 0 ? last : active - 1);
        } else {
          suggest().then(() => !list.hidden && goTo(options.length - 1));
        }
        break;
      case 'Enter':
        if (!isOpen || active < 0) {
          close();
          return;
        }
        options[active].choose(event);
        break;
      case 'Escape':
        // With the list closed, the browser's own way of emptying the field.
        if (!isOpen) {
          return;
        }
        close();
        break;
      case 'Home':
      case 'End':
      case 'ArrowLeft':
      case 'ArrowRight':
        // They move within the text, to which the focus goes back.
        goTo(-1);
        return;
      default:
        return;
    }
    event.preventDefault();
  }

  field.addEventListener('input', suggest);
  field.addEventListener('keydown', press);
  field.addEventListener('blur', close);
  // A press on the list must not take the focus from the field, which would close it.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    options.find(({ element }) => element.contains(event.target))?.choose(event);
  });
  form.addEventListener('submit', () => {
    close();
    field.value = short(field.value);
  });
  // What was typed while this file was on its way.
  if (field.value !== field.defaultValue && document.activeElement === field) {
    suggest();
  }
})();
