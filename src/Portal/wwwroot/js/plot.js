// <gov-plot figure="{…}" name="…">: draws the figure with Plotly, which is loaded when the first plot is on a page.
// It follows the theme and its own width. Works on static pages, after enhanced navigation and in interactive islands.
import { csv } from './csv.js';
import { withDots } from './plot-dots.js';
import { config, narrowTemplate, template } from './plot-template.js';
import { bytes, save } from './save.js';

const library = new URL('../lib/plotly.min.js', import.meta.url).href;
let loading;

// Plotly carries the sheet of a map library, adds it as a style element unless one with this id is there, and the
// content policy blocks style elements. We draw no maps.
const mapSheet = '9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53';

function plotly() {
  loading ??= new Promise((resolve, reject) => {
    const placeholder = document.createElement('template');
    placeholder.id = mapSheet;
    document.head.append(placeholder);
    const script = document.createElement('script');
    script.src = library;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => { loading = undefined; script.remove(); reject(new Error('The plot library could not be loaded.')); };
    document.head.append(script);
  });
  return loading;
}

// A token as a colour that Plotly understands: the browser computes it for the place where the plot stands.
function reader(place) {
  const known = new Map();
  const probe = document.createElement('span');
  probe.hidden = true;
  place.append(probe);
  const read = token => {
    if (!known.has(token)) {
      probe.style.color = token;
      known.set(token, getComputedStyle(probe).color);
    }
    return known.get(token);
  };
  return { read, done: () => probe.remove() };
}

function resolve(node, read) {
  if (typeof node === 'string') return node.startsWith('var(--') ? read(node) : node;
  if (Array.isArray(node)) return node.some(item => typeof item !== 'number' && item !== null) ? node.map(item => resolve(item, read)) : node;
  if (node && typeof node === 'object') return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value, read)]));
  return node;
}

function merge(base, more) {
  if (!more) return base;
  const result = { ...base };
  for (const [key, value] of Object.entries(more)) {
    result[key] = value && typeof value === 'object' && !Array.isArray(value) && result[key] && typeof result[key] === 'object' && !Array.isArray(result[key])
      ? merge(result[key], value) : value;
  }
  return result;
}

// Pixels between a place and what is seen of the page.
function away(place) {
  const { top, bottom } = place.getBoundingClientRect();
  return Math.max(0, top - innerHeight, -bottom);
}

class GovernancePlot extends HTMLElement {
  static observedAttributes = ['figure'];

  connectedCallback() {
    this.observer = new ResizeObserver(() => this.#resized());
    this.observer.observe(this);
    this.themes = new MutationObserver(() => this.#soon());
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    this.system = matchMedia('(prefers-color-scheme: dark)');
    this.onSystem = () => this.#soon();
    this.system.addEventListener('change', this.onSystem);
    this.onExport = event => { const button = event.target.closest('[data-export]'); if (button) this.#export(button.dataset.export); };
    this.closest('figure')?.addEventListener('click', this.onExport);
    this.figureElement = this.closest('figure');
    plotly().catch(() => {}); // begins to load at once; whoever draws says what failed
    this.#soon();
  }

  disconnectedCallback() {
    this.observer.disconnect();
    this.themes.disconnect();
    this.system.removeEventListener('change', this.onSystem);
    this.figureElement?.removeEventListener('click', this.onExport);
    if (this.drawn) globalThis.Plotly?.purge(this.drawn);
    this.drawn = undefined;
  }

  attributeChangedCallback(_, before) {
    if (before !== null && this.isConnected) this.#soon();
  }

  // After the parser or Blazor has filled the element.
  #soon() {
    this.waiting = true;
    GovernancePlot.#queue.add(this);
    if (!GovernancePlot.#busy) GovernancePlot.#next();
  }

  // One plot a frame, what is seen or nearest to it first: the page shows each as soon as it is drawn, and answers in between.
  static #queue = new Set();
  static #busy = false;

  static #next() {
    GovernancePlot.#busy = true;
    requestAnimationFrame(() => setTimeout(async () => {
      const [plot] = [...GovernancePlot.#queue].map(plot => ({ plot, away: away(plot) })).sort((a, b) => a.away - b.away).map(pair => pair.plot);
      if (plot) {
        GovernancePlot.#queue.delete(plot);
        await plot.#draw();
        plot.waiting = GovernancePlot.#queue.has(plot); // it may have changed meanwhile
      }
      if (GovernancePlot.#queue.size > 0) GovernancePlot.#next();
      else GovernancePlot.#busy = false;
    }));
  }

  #resized() {
    const width = Math.round(this.getBoundingClientRect().width);
    if (this.drawn && width > 0 && width !== this.width) this.#soon();
  }

  async #draw() {
    const canvas = this.querySelector('.plot-canvas');
    if (!canvas || !this.isConnected) return;
    try {
      const Plotly = await plotly();
      await document.fonts.ready;
      if (!this.isConnected) return;
      const figure = JSON.parse(this.getAttribute('figure'));
      this.width = Math.round(this.getBoundingClientRect().width);
      if (this.width === 0) return;
      const narrow = this.width < figure.narrowBelow;
      const colors = reader(this);
      const { data, layout } = withDots(resolve(figure.data, colors.read), resolve({
        ...(narrow ? merge(figure.layout, figure.narrow) : figure.layout), template: narrow ? narrowTemplate : template,
        width: this.width, height: narrow ? figure.narrowHeight : figure.height,
      }, colors.read));
      colors.done();
      await Plotly.react(canvas, data, layout, config);
      this.drawn = canvas;
      this.#listen(canvas);
      this.#shown();
    } catch (fault) {
      this.#say(`The drawing failed: ${fault.message} Its numbers are in the table below.`, true);
    }
  }

  // Enhanced navigation leaves the canvas as it was and puts all else back to what the server sends: a plot that is the same
  // on both pages is drawn already.
  settle() {
    if (this.drawn && !this.waiting && this.dataset.drawn !== 'true') this.#shown();
  }

  #shown() {
    this.drawn.setAttribute('aria-label', this.getAttribute('label'));
    this.#say('');
    this.dataset.drawn = 'true';
    const tools = this.figureElement?.querySelector('.plot-tools');
    if (tools) tools.hidden = false;
  }

  // A mark that carries an address opens it; so does one that carries a row, where the plot says what rows open as.
  // Whoever uses no pointer finds the same addresses as links below the plot.
  #listen(canvas) {
    for (const name of ['plotly_click', 'plotly_hover', 'plotly_unhover']) canvas.removeAllListeners(name);
    canvas.on('plotly_click', event => this.#open(this.#address(event)));
    canvas.on('plotly_hover', event => canvas.classList.toggle('opens', this.#address(event) !== undefined));
    canvas.on('plotly_unhover', () => canvas.classList.remove('opens'));
  }

  #address(event) {
    const carried = event.points?.[0]?.customdata;
    const row = Array.isArray(carried) ? carried[0] : carried;
    const opens = this.getAttribute('opens');
    const address = typeof row === 'number' && opens ? opens.replace('{row}', row) : row;
    return typeof address === 'string' && /^\/(?![/\\])/.test(address) ? address : undefined; // of this portal alone
  }

  #open(address) {
    if (address === undefined) return;
    const link = document.createElement('a');
    link.href = address;
    this.append(link);
    link.click(); // as any link: enhanced navigation takes it
    link.remove();
  }

  #say(text, failed = false) {
    const state = this.querySelector('.plot-state');
    if (!state) return;
    state.textContent = text;
    state.hidden = text === '';
    state.toggleAttribute('data-failed', failed);
  }

  async #export(kind) {
    const name = this.getAttribute('name') ?? 'plot';
    if (kind === 'csv') {
      save(new Blob([csv(this.figureElement.querySelector('.twin table'))], { type: 'text/csv' }), `${name}.csv`);
      return;
    }
    const Plotly = await plotly();
    const { width, height } = this.drawn.getBoundingClientRect();
    const address = await Plotly.toImage(this.drawn, { format: kind, width: Math.round(width), height: Math.round(height), scale: kind === 'png' ? 2 : 1 });
    save(bytes(address, kind === 'svg' ? 'image/svg+xml' : 'image/png'), `${name}.${kind}`);
  }
}

customElements.define('gov-plot', GovernancePlot);
window.Blazor?.addEventListener('enhancedload', () => { for (const plot of document.querySelectorAll('gov-plot')) plot.settle(); });
