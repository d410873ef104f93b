// <gov-condition for="cohort" made="3|age > 60"><input type="hidden"></gov-condition>: a builder and the text field of a
// condition that stands outside of it. What is built goes into the field; what is typed there goes to the builder as input of
// the hidden field. The number before | makes each edit of the builder a new one, so that typing is never overwritten by an echo.
class GovernanceCondition extends HTMLElement {
  static observedAttributes = ['made'];

  connectedCallback() {
    this.field = document.getElementById(this.getAttribute('for'));
    this.typed = () => this.#push();
    this.field?.addEventListener('input', this.typed);
    // What was typed before the builder was there; once its own handlers are.
    setTimeout(() => { if (this.field && this.field.value !== this.field.defaultValue) this.#push(); });
  }

  disconnectedCallback() {
    this.field?.removeEventListener('input', this.typed);
  }

  attributeChangedCallback(_, before, now) {
    if (before === null || !this.field) return;
    this.field.value = now.slice(now.indexOf('|') + 1);
  }

  #push() {
    const mirror = this.querySelector('input');
    mirror.value = this.field.value;
    mirror.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

customElements.define('gov-condition', GovernanceCondition);
