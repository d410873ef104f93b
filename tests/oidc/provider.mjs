// A certified OpenID Connect provider on a free loopback port, for the tests of signing in with one.
//   node provider.mjs STATE.json RS256|ES256
// STATE.json is read at every sign-in: {"people": {"lena": {"name": …, "groups": […], …}}, "tamper": null | "alg-none" | …}.
// Prints {"issuer": …} when it listens, and ends with its standard input.
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [statePath, algorithm] = process.argv.slice(2);
const state = () => JSON.parse(readFileSync(statePath, 'utf8'));
const keys = [
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
];

const server = createServer();
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'governance', client_secret: 'a secret of the tests alone', redirect_uris: ['http://127.0.0.1/replaced'],
    token_endpoint_auth_method: 'client_secret_post', id_token_signed_response_alg: algorithm, application_type: 'web',
  }],
  jwks: { keys: keys.map((key, at) => ({ ...key.export({ format: 'jwk' }), kid: `key-${at}`, use: 'sig' })) },
  cookies: { keys: ['cookies of the tests alone'] },
  scopes: ['openid', 'profile', 'email', 'groups'],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'], groups: ['groups'] },
  pkce: { required: () => true },
  findAccount: (_, id) => state().people[id] && { accountId: id, claims: () => ({ sub: id, preferred_username: id, ...state().people[id] }) },
});

// The portal's port is not known when the provider starts: any loopback address is one of the client's.
provider.Client.prototype.redirectUriAllowed = uri => ['127.0.0.1', 'localhost'].includes(new URL(uri).hostname);

const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url');
const parts = token => token.split('.').slice(0, 2).map(part => JSON.parse(Buffer.from(part, 'base64url')));
const forgeries = {
  'alg-none': token => { const [head, body] = parts(token); return `${encode({ ...head, alg: 'none' })}.${encode(body)}.`; },
  'changed-subject': token => { const [head, body] = parts(token); return `${encode(head)}.${encode({ ...body, sub: 'someone-else' })}.${token.split('.')[2]}`; },
  'public-key-as-secret': token => {
    const [head, body] = parts(token);
    const data = `${encode({ ...head, alg: 'HS256' })}.${encode(body)}`;
    const secret = createPublicKey(keys[0]).export({ type: 'spki', format: 'pem' });
    return `${data}.${createHmac('sha256', secret).update(data).digest('base64url')}`;
  },
};
provider.use(async (context, next) => {
  await next();
  const tamper = state().tamper;
  if (tamper && context.oidc?.route === 'token' && context.body?.id_token) context.body.id_token = forgeries[tamper]?.(context.body.id_token) ?? context.body.id_token;
  if (tamper === 'other-person' && context.oidc?.route === 'userinfo') context.body = { ...context.body, sub: 'someone-else' };
});

server.on('request', provider.callback());
process.stdin.resume().on('end', () => process.exit(0));
console.log(JSON.stringify({ issuer }));
