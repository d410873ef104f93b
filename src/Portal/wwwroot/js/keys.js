// Single keys for people who work without a mouse. Listens on the document, so that pages that enhanced navigation brings
// in need nothing of their own. WCAG 2.2, 2.1.4: they can be turned off, in the dialog that "?" opens.
const off = 'governance-keys-off';
const wait = 1500; // how long "g" waits for its second key, in milliseconds

let going = 0;

function isOff() {
  try {
    return localStorage.getItem(off) === '1';
  } catch {
    return false; // storage is closed to this page: keys stay on
  }
}

function shown(element) {
  return element.getClientRects().length > 0;
}

// What J and K walk: the page's own links for these keys first, else the lines of its lists that lead somewhere.
function walk(key) {
  const own = document.querySelector(`a[data-key="${key}"]`);
  if (own) {
    own.click();
    return true;
  }

  const lines = [...document.querySelectorAll('main [data-list] > li, main .work > li, main .table tbody tr')]
    .map(line => ({ line, link: line.querySelector('a[href]') })).filter(each => each.link && shown(each.line));
  if (lines.length === 0) return false;
  const at = lines.findIndex(each => each.line.contains(document.activeElement));
  const next = at < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, at + (key === 'j' ? 1 : -1)));
  lines[next].link.focus();
  lines[next].line.scrollIntoView({ block: 'nearest' });
  return true;
}

function help() {
  const dialog = document.getElementById('keys');
  if (!dialog || dialog.open) return false;
  const choice = dialog.querySelector('[data-keys-off]');
  choice.checked = isOff();
  dialog.showModal();
  return true;
}

function act(event) {
  if (event.key === '?') return help();
  if (isOff()) return false;
  if (Date.now() - going < wait) {
    going = 0;
    const place = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    place?.click();
    return !!place;
  }

  switch (event.key) {
    case '/': {
      const search = document.querySelector('[data-search]');
      search?.focus();
      return !!search;
    }

    case 'g':
      going = Date.now();
      return true;
    case 'j':
    case 'k':
      return walk(event.key);
    default:
      return false;
  }
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.('input, textarea, select, [contenteditable], dialog[open]')) return;
  if (act(event)) event.preventDefault();
});

document.addEventListener('click', event => {
  if (event.target.closest('[data-keys-help]')) help();
});

document.addEventListener('change', event => {
  if (!event.target.matches('[data-keys-off]')) return;
  try {
    localStorage.setItem(off, event.target.checked ? '1' : '0');
  } catch {
    event.target.checked = false; // it could not be kept, so it is not so
  }
});
