// <gov-address query="cut=0.35&own=">: what a person moves in an island stands in the address, so that a link restores the
// view and going back leaves the page. A parameter without a value goes. Written at rest, not at each step of a slider.
const rest = 250; // ms; browsers refuse more than about a hundred changes in half a minute

class GovernanceAddress extends HTMLElement {
  static observedAttributes = ['query'];

  attributeChangedCallback(_, before) {
    if (before === null) return; // as the page came: the address says it already
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#write(), rest);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  #write() {
    const address = new URL(location.href);
    for (const [name, value] of new URLSearchParams(this.getAttribute('query'))) {
      if (value === '') address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    history.replaceState(history.state, '', address);
  }
}

customElements.define('gov-address', GovernanceAddress);
