// Times: the server writes UTC, the reader's own clock stands behind it. As an attribute that the stylesheet shows, so that
// a page that Blazor patches is not disturbed.
function fill() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const time of document.querySelectorAll('time[data-moment="minute"]:not([data-local])')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime()) || at.getTimezoneOffset() === 0) continue;
    const sameDay = at.getDate() === at.getUTCDate();
    time.dataset.local = new Intl.DateTimeFormat(undefined, {
      ...(sameDay ? {} : { day: 'numeric', month: 'short' }), hour: '2-digit', minute: '2-digit',
    }).format(at);
    time.title = `${new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' }).format(at)}, ${zone}`;
  }
}

fill();
new MutationObserver(fill).observe(document.body, { childList: true, subtree: true });
