// Buttons for what needs a script.
for (const share of document.querySelectorAll('.share')) {
  const button = (text, act) => {
    const made = document.createElement('button');
    made.textContent = text;
    made.onclick = act;
    share.append(made, ' ');
  };
  const said = document.createElement('span');
  said.role = 'status';
  if (navigator.clipboard) {
    button('Copy the citation', () => {
      navigator.clipboard.writeText(share.previousElementSibling.textContent)
        .then(() => 'Copied', () => 'It could not be copied')
        .then((words) => { said.textContent = words; });
    });
  }
  const address = document.querySelector('[rel=canonical]');
  if (navigator.share && address && matchMedia('(pointer: coarse)').matches) {
    button('Share', () => {
      navigator.share({ title: document.title, url: address.href }).catch(() => {});
    });
  }
  share.append(said);
}

// The search is loaded when somebody first goes to its field.
(() => {
  const { src } = document.currentScript;
  const field = document.querySelector('[role=search] input');
  const load = () => {
    for (const file of ['search/search.js', 'search-field.js']) {
      const script = document.createElement('script');
      script.src = new URL(file, src);
      script.async = false;
      document.head.append(script);
    }
  };
  field?.matches(':focus') ? load() : field?.addEventListener('focus', load, { once: true });
})();

// In a folder without a server no address stands for the page in it.
if (location.protocol === 'file:') {
  for (const link of document.querySelectorAll('a[href], form')) {
    const name = link.action ? 'action' : 'href';
    link.setAttribute(name, link.getAttribute(name).replace(/^([^:?#]*\/)(?=[?#]|$)/, '$1index.html'));
  }
}
