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
