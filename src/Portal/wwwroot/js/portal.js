// Copy buttons. Listens on the document, so that pages that enhanced navigation brings in need nothing of their own.
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
