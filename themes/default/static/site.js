// Helps where it can: every page reads the same without it, and with any part of it missing.
(() => {
  // The contents mark the heading that is being read: the last that has come near the top of the screen.
  const links = [...document.querySelectorAll('.contents a')];
  const idOf = (link) => decodeURIComponent(link.hash.slice(1));
  const read = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      read[isIntersecting ? 'add' : 'delete'](target.id);
    }
    const last = links.findLast((link) => read.has(idOf(link)));
    for (const link of links) {
      link === last ? link.setAttribute('aria-current', 'location') : link.removeAttribute('aria-current');
    }
  }, { rootMargin: '9999999px 0px -80%' });
  for (const link of links) {
    const heading = document.getElementById(idOf(link));
    heading && observer.observe(heading);
  }

  // Buttons for what needs a script.
  const share = document.querySelector('.share');
  if (!share) {
    return;
  }
  const said = document.createElement('span');
  const button = (text, act) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.addEventListener('click', act);
    share.append(made, ' ');
  };
  if (navigator.clipboard) {
    said.setAttribute('role', 'status');
    button('Copy the citation', () => {
      navigator.clipboard.writeText(share.previousElementSibling.textContent)
        .then(() => 'Copied', () => 'It could not be copied')
        .then((words) => { said.textContent = words; });
    });
  }
  const address = document.querySelector('link[rel=canonical]');
  if (navigator.share && address && matchMedia('(pointer: coarse)').matches) {
    button('Share', () => {
      navigator.share({ title: document.title, url: address.href }).catch(() => {});
    });
  }
  share.append(said);
})();
