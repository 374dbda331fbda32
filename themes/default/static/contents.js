// The contents mark the heading that is being read: the last that has come near
// the top of the screen. They read the same without.
(() => {
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
})();
