// What takes longer than a tenth of a second says so; and after enhanced navigation the focus is where the page begins,
// when what had it is gone.
const patience = 100; // milliseconds: on a busy machine the sign is there within twice that
const longest = 60_000; // an answer that is a file brings no page that would end it

let begins = 0;
let ends = 0;

function word(text) {
  const status = document.getElementById('busy');
  if (status) status.textContent = text;
}

function stop() {
  clearTimeout(begins);
  clearTimeout(ends);
  delete document.documentElement.dataset.busy;
  word('');
}

function start() {
  stop();
  begins = setTimeout(() => {
    document.documentElement.dataset.busy = '';
    word('Loading …');
  }, patience);
  ends = setTimeout(stop, longest);
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.pathname === location.pathname && link.search === location.search) return;
  start();
});
document.addEventListener('submit', event => { if (!event.defaultPrevented) start(); });
window.addEventListener('pageshow', stop);
window.addEventListener('pagehide', stop);

// Enhanced navigation prevents what the browser would do, and tells of itself: links, forms, the way back and refreshes.
window.Blazor?.addEventListener('enhancednavigationstart', start);
window.Blazor?.addEventListener('enhancednavigationend', stop);
window.Blazor?.addEventListener('enhancedload', () => {
  stop();
  if (document.activeElement && document.activeElement !== document.body) return;
  const target = (location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))) || document.getElementById('main');
  target?.focus({ preventScroll: true });
});
