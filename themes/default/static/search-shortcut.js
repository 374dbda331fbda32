// The key / leads to the search field. Loaded only where netsite.yaml says `search_shortcut: true`, because a single key
// hinders people who speak to their computer (WCAG 2.1.4).
addEventListener('keydown', (event) => {
  const isTyping = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || isTyping) {
    return;
  }
  const field = [...document.querySelectorAll('[role=search] input')].find((each) => each.checkVisibility());
  if (field) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});
