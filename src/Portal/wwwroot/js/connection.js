// A circuit that is gone: the dialog says so, tries again, and loads the page anew when the server has forgotten it. What
// matters of a page stands in its address, so that nothing is lost.
const dialog = document.getElementById('components-reconnect-modal');

dialog?.addEventListener('components-reconnect-state-changed', event => {
  switch (event.detail.state) {
    case 'show':
      if (!dialog.open) dialog.showModal();
      break;
    case 'hide':
      dialog.close();
      break;
    case 'failed':
      document.addEventListener('visibilitychange', again);
      break;
    case 'rejected':
      location.reload();
      break;
  }
});

async function again() {
  if (document.visibilityState !== 'visible') return;
  document.removeEventListener('visibilitychange', again);
  await retry();
}

async function retry() {
  try {
    if (!await window.Blazor.reconnect()) location.reload();
  } catch {
    document.addEventListener('visibilitychange', again); // the server is still away
  }
}

dialog?.querySelector('[data-retry]')?.addEventListener('click', retry);
