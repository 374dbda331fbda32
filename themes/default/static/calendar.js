// A reader's own programme as a calendar file: the entries of the chosen sessions, put together and saved. The entries
// come as a script, when they are first asked for: a page that was opened from a folder may not fetch.
(() => {
  const { entries: address } = document.currentScript.dataset;

  /** The entries of an event, once their script has run. */
  const calendar = (event) =>
    new Promise((resolve, reject) => {
      const known = () => (window.netsiteCalendars || {})[event];
      if (known()) {
        resolve(known());
        return;
      }
      const script = document.createElement('script');
      script.src = address;
      script.onload = () => (known() ? resolve(known()) : reject(new Error('other event')));
      script.onerror = reject;
      document.head.append(script);
    });

  /** Tells everybody what came of it, beside the button. */
  const say = (button, words) => {
    let place = button.parentElement.querySelector('[data-calendar-said]');
    if (!place) {
      place = document.createElement('p');
      place.dataset.calendarSaid = '';
      place.setAttribute('role', 'status');
      button.after(place);
    }
    place.textContent = words;
  };

  const save = (name, text) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
    link.download = name;
    link.click();
    // Some browsers read the file only after the click has gone through.
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  addEventListener('click', async ({ target }) => {
    const button = target.closest && target.closest('[data-my-calendar]');
    const own = window.netsiteProgramme;
    if (!button || !own) {
      return;
    }
    const chosen = own.chosen();
    if (!chosen.length) {
      say(button, 'Choose sessions first.');
      return;
    }
    const event = (button.dataset.calendar || own.event || '').replace(/^event:/, '');
    try {
      const { head, entries, tail } = await calendar(event);
      const found = chosen.map((id) => entries[id.replace(/^session:/, '')]).filter(Boolean);
      if (!found.length) {
        say(button, 'None of your sessions has a time yet.');
        return;
      }
      save(`${event}-my-programme.ics`, head + found.join('') + tail);
      say(button, `A calendar file with ${found.length === 1 ? '1 session' : `${found.length} sessions`} was saved. Open it to add them to your calendar.`);
    } catch {
      say(button, 'The calendar entries could not be read. Add the sessions one by one from their own pages.');
    }
  });
})();
