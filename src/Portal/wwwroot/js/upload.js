// Sends a file in pieces that the server keeps, so that a dropped connection, a reloaded page or a restarted server costs
// one piece and not the file. The form around it works without this; the text of every state is here, the layout is not.
const API = '/api/v1/uploads';
const MIB = 1 << 20;
const SMALLEST = MIB;
const LARGEST = 16 * MIB;

class Refused extends Error {}

class GovUpload extends HTMLElement {
  #form; #file; #parts = {}; #stop = null; #told = '';

  connectedCallback() {
    this.#form = this.querySelector('form');
    this.#file = this.#form.querySelector('input[type=file]');
    for (const part of this.querySelectorAll('[data-part]')) this.#parts[part.dataset.part] = part;
    this.#form.addEventListener('submit', event => { event.preventDefault(); this.#start(); });
    this.#parts.stop.addEventListener('click', () => this.#cancel());
    this.dataset.ready = 'true';
  }

  // Leaving the page leaves the upload where it is: it can be continued.
  disconnectedCallback() { this.#stop?.abort('left'); }

  async #start() {
    const file = this.#file.files[0];
    if (!file || this.#stop) return;
    this.#stop = new AbortController();
    this.#show(true);
    let upload;
    try {
      if (file.size > Number(this.dataset.most)) {
        throw new Refused(`The file has ${size(file.size)}; at most ${size(Number(this.dataset.most))} are allowed.`);
      }
      this.#say('Looking whether a part of this file is here already.', 0);
      const key = await fingerprint(file, this.dataset.kind, this.dataset.model);
      upload = await this.#resume(file, key) ?? await this.#begin(file);
      if (key) localStorage.setItem(key, upload.id);
      await this.#send(file, upload);
      if (key) localStorage.removeItem(key);
      this.#say('Sent. Opening the next step.', 100);
      location.assign(`${this.dataset.next}?upload=${upload.id}`);
    } catch (fault) {
      if (this.#stop?.signal.reason === 'left') return;
      if (this.#stop?.signal.reason === 'cancelled') {
        if (upload) await this.#ask('DELETE', `${API}/${upload.id}`, {}, null).catch(() => {});
        this.#refuse('');
      } else {
        this.#refuse(fault instanceof Refused ? fault.message : 'The browser cannot read this file any more. Choose it again.');
      }
    }
    this.#stop = null;
  }

  #cancel() {
    this.#stop?.abort('cancelled');
  }

  // The same file: it begins alike (the key), and the last piece that the server keeps is the file's as well.
  async #resume(file, key) {
    const id = key && localStorage.getItem(key);
    if (!id) return null;
    const response = await this.#patiently(() => this.#ask('GET', `${API}/${id}`));
    if (!response.ok) {
      localStorage.removeItem(key);
      return null;
    }
    const upload = await response.json();
    const same = upload.length === file.size
      && (!upload.tail || await sha256(file.slice(upload.tail.from, upload.offset)) === upload.tail.sha256);
    if (!same) localStorage.removeItem(key);
    return same ? upload : null;
  }

  async #begin(file) {
    const body = JSON.stringify({
      kind: this.dataset.kind, fileName: file.name, length: file.size, model: this.dataset.model || null,
    });
    const response = await this.#patiently(() => this.#ask('POST', API, { 'Content-Type': 'application/json' }, body));
    if (!response.ok) throw new Refused(await sentence(response));
    return response.json();
  }

  async #send(file, upload) {
    let offset = upload.offset, length = SMALLEST, asked = false;
    const start = performance.now(), from = offset;
    while (offset < file.size || !asked) {
      asked = true; // once even where all is here: then it is read back and found whole
      this.#progress(file, offset, from, start);
      const began = performance.now();
      const piece = file.slice(offset, offset + length);
      if (offset + length >= file.size) this.#say('Sending the last piece; then the file is checked.', 100 * offset / file.size);
      const response = await this.#patiently(
        () => this.#ask('PATCH', `${API}/${upload.id}`, { 'Content-Type': 'application/octet-stream', 'Upload-Offset': offset }, piece),
        () => this.#ask('HEAD', `${API}/${upload.id}`));
      if (response.ok || response.status === 409) {
        offset = Number(response.headers.get('Upload-Offset'));
        const took = performance.now() - began;
        length = took < 700 ? Math.min(2 * length, LARGEST) : took > 3000 ? Math.max(length / 2, SMALLEST) : length;
      } else {
        throw new Refused(await sentence(response));
      }
    }
  }

  // Asks again while the way to the server is broken or the server is busy or starting, with growing pauses.
  async #patiently(ask, again = ask) {
    for (let turn = 0; ; turn++) {
      let response = null;
      try {
        response = await (turn === 0 ? ask() : again());
      } catch (fault) {
        if (this.#stop.signal.aborted) throw fault;
        await this.#file.files[0].slice(0, 1).arrayBuffer(); // a file that was changed or removed throws here, and ends it
      }
      if (response && response.status !== 423 && response.status !== 502 && response.status !== 503 && response.status !== 504) return response;
      const pause = Math.min(500 * 2 ** Math.min(turn, 6), 15000);
      this.#say(response ? 'The server is busy with this upload; waiting.' : 'The connection is lost; what was sent is kept. Trying again.', null);
      await wait(pause, this.#stop.signal);
    }
  }

  async #ask(method, address, headers = {}, body = undefined) {
    const token = this.#form.querySelector('input[name=__RequestVerificationToken]').value;
    const signal = method === 'DELETE' ? undefined : this.#stop.signal;
    return fetch(address, {
      method, body: body ?? undefined, signal, credentials: 'same-origin', redirect: 'error',
      headers: { ...headers, RequestVerificationToken: token, Accept: 'application/json' },
    });
  }

  #progress(file, offset, from, start) {
    const rate = (offset - from) / Math.max(1, performance.now() - start);
    const left = rate > 0 && offset > from ? `, about ${time((file.size - offset) / rate)} left` : '';
    this.#say(`Sending ${file.name}: ${size(offset)} of ${size(file.size)}${left}.`, 100 * offset / file.size);
  }

  // Screen readers hear a change of state and every tenth part, not every piece.
  #say(words, percent) {
    const bar = this.#parts.progress.querySelector('progress');
    if (percent !== null) {
      bar.value = percent;
      this.#parts.percent.textContent = `${Math.floor(percent)} %`;
    }
    const told = words.startsWith('Sending') ? `sending ${Math.floor((percent ?? 0) / 10)}` : words;
    if (told !== this.#told) this.#parts.words.textContent = words;
    this.#told = told;
  }

  #show(busy) {
    this.#parts.progress.hidden = !busy;
    this.#parts.stop.hidden = !busy;
    this.#parts.refusal.hidden = true;
    this.#file.disabled = busy;
    this.#form.querySelector('[type=submit]').disabled = busy;
    if (busy) this.#parts.stop.focus();
  }

  #refuse(words) {
    this.#show(false);
    this.#told = '';
    this.#parts.refusal.querySelector('p').textContent = words;
    this.#parts.refusal.hidden = words === '';
    this.#file.focus();
  }
}

// Null where the browser has no hash (a page without TLS on another host): then a reloaded page begins anew.
async function fingerprint(file, kind, model) {
  const start = await sha256(file.slice(0, MIB));
  return start && `gov-upload:${kind}:${model ?? ''}:${file.size}:${start}:${file.name}`;
}

async function sha256(blob) {
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}

async function sentence(response) {
  if (response.status === 401) return 'Your session has ended. Sign in again in another tab, then press Upload: what was sent is kept.';
  if (response.status === 404) return 'This upload is no longer there. Choose the file again.';
  try {
    const problem = await response.json();
    return problem.detail ?? problem.title;
  } catch {
    return `The server answered ${response.status}. What was sent is kept; try again later.`;
  }
}

function wait(milliseconds, signal) {
  return new Promise((done, failed) => {
    const timer = setTimeout(done, milliseconds);
    addEventListener('online', done, { once: true, signal });
    signal.addEventListener('abort', () => { clearTimeout(timer); failed(signal.reason); }, { once: true });
  });
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes`
    : bytes < MIB ? `${(bytes / 1024).toFixed(1)} KiB`
    : bytes < 1024 * MIB ? `${(bytes / MIB).toFixed(1)} MiB`
    : `${(bytes / 1024 / MIB).toFixed(2)} GiB`;
}

function time(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

if (!customElements.get('gov-upload')) customElements.define('gov-upload', GovUpload);
