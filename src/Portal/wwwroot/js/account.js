// What accounts need of the browser: passkeys, and the code of an invitation that stands behind the '#' of its link.
// The pages say everything that a person reads before and after; here are only the browser's own refusals.
class GovPasskey extends HTMLElement {
  #button; #refusal; #token;

  connectedCallback() {
    this.#button = this.querySelector('button');
    this.#refusal = this.querySelector('[data-part=refusal]');
    this.#token = this.querySelector('input[name=__RequestVerificationToken]');
    if (!globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON) return; // the button stays hidden
    this.#button.addEventListener('click', () => this.#run());
    this.hidden = false;
    this.dataset.ready = 'true';
  }

  async #run() {
    this.#button.disabled = true;
    this.#refusal.hidden = true;
    try {
      const create = this.dataset.for === 'add';
      const options = await this.#post(create ? 'new' : 'ask');
      const credential = create
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      const answer = await this.#post(this.dataset.for, {
        credential: credential.toJSON(), name: this.querySelector('input[name=name]')?.value ?? null,
        purpose: this.dataset.purpose ?? null, returnUrl: this.dataset.return ?? null,
      });
      location.assign(answer.location);
    } catch (fault) {
      this.#refusal.querySelector('p').textContent = words(fault);
      this.#refusal.hidden = false;
      this.#button.disabled = false;
      this.#button.focus();
    }
  }

  async #post(what, body) {
    const response = await fetch(`/accounts/passkeys/${what}`, {
      method: 'POST', credentials: 'same-origin', redirect: 'error', body: JSON.stringify(body ?? {}),
      headers: { 'Content-Type': 'application/json', RequestVerificationToken: this.#token.value, Accept: 'application/json' },
    });
    if (response.ok) return response.json();
    const problem = await response.json().catch(() => null);
    throw new Refused(problem?.detail ?? `The server answered ${response.status}. Try again later.`);
  }
}

class Refused extends Error {}

function words(fault) {
  if (fault instanceof Refused) return fault.message;
  if (fault?.name === 'NotAllowedError') return 'The browser did not get a passkey: it was cancelled, or it took too long.';
  if (fault?.name === 'InvalidStateError') return 'This device has a passkey of this account already.';
  if (fault?.name === 'SecurityError') return 'The browser refuses passkeys at this address. Open the portal by its name.';
  return 'The browser cannot use a passkey here.';
}

// The code never travels in an address: what stands behind '#' is not sent. It goes into the form and out of the history.
class GovLinkCode extends HTMLElement {
  connectedCallback() {
    const code = location.hash.slice(1);
    if (!code) return;
    const field = this.querySelector('input');
    field.value = code;
    history.replaceState(history.state, '', location.pathname + location.search);
    this.querySelector('[data-part=typed]').hidden = true;
    this.querySelector('[data-part=found]').hidden = false;
  }
}

if (!customElements.get('gov-passkey')) customElements.define('gov-passkey', GovPasskey);
if (!customElements.get('gov-link-code')) customElements.define('gov-link-code', GovLinkCode);
