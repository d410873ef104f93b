// <gov-paint>: a grid of <rect data-place="row,column"> to paint on. Strokes are drawn here at once and handed over when the
// pointer or the key is let go, as "row,column=value;…" in the input [data-stroke]; whoever listens to its change draws anew.
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

class GovernancePaint extends HTMLElement {
  connectedCallback() {
    this.stroke = new Map();
    this.at = [0, 0];
    this.addEventListener('pointerdown', event => this.#down(event));
    this.addEventListener('pointermove', event => { if (this.drawing) this.#paint(this.#under(event)); });
    this.addEventListener('pointerup', () => this.#up());
    this.addEventListener('pointercancel', () => this.#up());
    this.addEventListener('input', event => { if (event.target.matches('[data-brush]')) this.querySelector('[data-shade]').textContent = event.target.value; });
    this.addEventListener('keydown', event => this.#key(event));
    this.addEventListener('keyup', event => { if (event.key === 'Shift') this.#commit(); });
    this.addEventListener('focusout', () => this.#commit());
  }

  #down(event) {
    const rect = this.#under(event);
    if (!rect || event.button !== 0) return;
    event.preventDefault();
    this.querySelector('[role=application]').focus({ preventScroll: true });
    this.drawing = true;
    this.#paint(rect);
  }

  #up() {
    if (!this.drawing) return;
    this.drawing = false;
    this.#commit();
  }

  #key(event) {
    if (!event.target.matches('[role=application]')) return;
    const step = steps[event.key];
    if (step) {
      const next = this.#rect([this.at[0] + step[0], this.at[1] + step[1]]);
      if (next) {
        this.#go(next);
        if (event.shiftKey) this.#paint(next);
      }
    } else if (event.key === ' ' || event.key === 'Enter') {
      const rect = this.#rect(this.at);
      if (rect) { this.#go(rect); this.#paint(rect); this.#commit(); }
    } else {
      return;
    }
    event.preventDefault();
  }

  #rect(place) {
    return this.querySelector(`rect[data-place="${place[0]},${place[1]}"]`);
  }

  // A touch keeps its first target, so what lies under the pointer is looked up.
  #under(event) {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest('rect[data-place]');
    return found && this.contains(found) ? found : null;
  }

  #go(rect) {
    this.querySelector('rect[data-at]')?.removeAttribute('data-at');
    rect.setAttribute('data-at', 'true');
    this.at = rect.dataset.place.split(',').map(Number);
    this.#say(rect);
  }

  #paint(rect) {
    if (!rect || this.dataset.closed || this.stroke.has(rect.dataset.place)) return;
    this.#go(rect);
    if (rect.dataset.fixed) return;
    const value = Math.min(Math.max(Number(this.querySelector('[data-brush]').value), Number(rect.dataset.low)), Number(rect.dataset.high));
    const [low, high] = [Number(this.dataset.low), Number(this.dataset.high)];
    const grey = Math.round(255 * (high > low ? (value - low) / (high - low) : 0));
    rect.setAttribute('fill', `rgb(${grey},${grey},${grey})`);
    rect.dataset.text = value;
    this.stroke.set(rect.dataset.place, value);
    this.#say(rect);
  }

  #say(rect) {
    const [row, column] = rect.dataset.place.split(',');
    this.querySelector('[data-said]').textContent = `Row ${row}, column ${column}: ${rect.dataset.text}${rect.dataset.fixed ? ', which stays' : ''}`;
  }

  #commit() {
    if (this.stroke.size === 0) return;
    const field = this.querySelector('[data-stroke]');
    field.value = [...this.stroke].map(([place, value]) => `${place}=${value}`).join(';');
    this.stroke.clear();
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

if (!customElements.get('gov-paint')) customElements.define('gov-paint', GovernancePaint);
