// One long document: words that are typed narrow its list of contents to the pages that have them all.
(() => {
  const field = document.getElementById('to:filter');
  const status = document.getElementById('to:count');
  const groups = [...document.querySelectorAll('#to\\:contents section')];
  let pages;
  const read = () => groups.flatMap((group) => [...group.querySelectorAll('li')].map((row) => {
    const id = decodeURIComponent(row.querySelector('a').hash.slice(1));
    return { row, text: document.getElementById(id).textContent.toLowerCase() };
  }));
  field.addEventListener('input', () => {
    pages ??= read();
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text } of pages) {
      row.hidden = !words.every((word) => text.includes(word));
      count += row.hidden ? 0 : 1;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector('li:not([hidden])');
    }
    status.textContent = words.length ? `${count} ${count === 1 ? 'page has' : 'pages have'} these words` : '';
  });
  field.closest('p').hidden = false;
})();
