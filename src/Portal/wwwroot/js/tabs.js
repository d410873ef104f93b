// Where a row of tabs is wider than the window it scrolls: the tab that is shown comes into sight.
function reveal() {
  for (const here of document.querySelectorAll('.tabs > [aria-current], .subtabs > [aria-current]')) {
    const row = here.parentElement;
    if (row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }
}

reveal();
window.Blazor?.addEventListener('enhancedload', reveal);
