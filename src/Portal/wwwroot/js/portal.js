// What the shell does beyond HTML: copy buttons, and "/" for the search. Listens on the document, so that pages that
// enhanced navigation brings in need nothing of their own.
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const label = button.dataset.label ??= button.getAttribute('aria-label') ?? '';
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.setAttribute('aria-label', 'Copied');
    button.dataset.state = 'copied';
  } catch {
    button.setAttribute('aria-label', `The browser refused to copy: ${button.dataset.copy}`);
    button.dataset.state = 'refused';
  }
  setTimeout(() => { button.setAttribute('aria-label', label); delete button.dataset.state; }, 2000);
});

document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
  const search = document.querySelector('[data-search]');
  if (search) {
    event.preventDefault();
    search.focus();
  }
});
