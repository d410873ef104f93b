// <gov-windows> around the lanes: a click on a mark opens its window. The table of windows does the same without a pointer.
class GovernanceWindows extends HTMLElement {
  connectedCallback() {
    this.observer = new MutationObserver(() => this.#listen());
    this.observer.observe(this, { subtree: true, attributes: true, attributeFilter: ['data-drawn'] });
    this.#listen();
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  #listen() {
    for (const plot of this.querySelectorAll('gov-plot[data-drawn]')) {
      const canvas = plot.querySelector('.plot-canvas');
      if (!canvas?.on || canvas === this.canvas) continue;
      this.canvas = canvas;
      canvas.on('plotly_click', event => this.#open(event.points?.[0]?.customdata));
    }
  }

  // Only addresses of this portal: what a mark carries was written by the server.
  #open(address) {
    if (typeof address !== 'string' || !address.startsWith('/') || address.startsWith('//')) return;
    const link = document.createElement('a');
    link.href = address;
    this.append(link);
    link.click();
    link.remove();
  }
}

customElements.define('gov-windows', GovernanceWindows);
