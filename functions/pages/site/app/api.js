// Every call to the API. A POST carries one Idempotency-Key for as long as what the person wants is the same: while it
// runs a second call joins it, and after a lost answer the next try repeats the key.

import {also, has, language} from './i18n.js';

const pending = new Map(); // what is wanted → {key, running}
const waits = [1000, 3000]; // milliseconds before each automatic retry; chosen, no evidence
let signedOut = () => {};

/** An answer that is not a success. `code` is stable and what texts are chosen by. */
export class Problem extends Error {
  constructor(status, body = {}, wait = 0) {
    super(body.detail || body.title || `status ${status}`);
    Object.assign(this, {status, body, wait, code: body.code || (status ? `http_${status}` : 'offline'), errors: body.errors || []});
  }
}

/** Whether a problem says that whoever was in is not any more: signed out, or outside the dates of their access. */
export const isOut = ({code}) => /^(sign_in_required|access_not_yet|access_ended)$/.test(code);

/** Says what to do when a session that was there is over; it is told why. */
export const onSignedOut = (then) => { signedOut = then; };

export const get = (path) => call('GET', path);
export const post = (path, body = {}) => call('POST', path, body);
export const put = (path, body) => call('PUT', path, body);
export const patch = (path, body) => call('PATCH', path, body);
export const remove = (path) => call('DELETE', path);

/** A file as text, and where its next part is: `path` is whole, as the part before says it. */
export async function part(path) {
  const answer = await fetch(path, {cache: 'no-store'}).catch(() => { throw new Problem(0); });
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  return {text: await answer.text(), next: /<([^>]+)>; rel="next"/.exec(answer.headers.get('Link') || '')?.[1]};
}

function call(method, path, body) {
  if (method !== 'POST') return attempt(method, path, body);
  const wanted = `${path} ${body instanceof URLSearchParams ? body : JSON.stringify(body)}`;
  const intent = pending.get(wanted) || {key: uuid()};
  if (intent.running) return intent.running;
  pending.set(wanted, intent);
  intent.running = attempt(method, path, body, intent.key).then(
    (answer) => { pending.delete(wanted); return answer; },
    (problem) => {
      intent.running = null;
      if (!passing(problem)) pending.delete(wanted);
      throw problem;
    });
  return intent.running;
}

async function attempt(method, path, body, key, tried = 0) {
  try {
    return await once(method, path, body, key);
  } catch (problem) {
    if (!passing(problem) || method === 'PATCH' || tried >= waits.length) throw problem;
    await new Promise((done) => setTimeout(done, Math.min(problem.wait * 1000 || waits[tried], 5000)));
    return attempt(method, path, body, key, tried + 1);
  }
}

async function once(method, path, body, key) {
  const headers = {Accept: 'application/json'};
  const form = body instanceof URLSearchParams;
  const file = typeof body === 'string'; // CSV, as it was read
  if (body && !form) headers['Content-Type'] = file ? 'text/csv' : 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  const answer = await fetch(`/v1${path}`, {
    method, headers, cache: 'no-store', body: form || file || !body ? body : JSON.stringify(body),
  }).catch(() => { throw new Problem(0); });
  const read = await answer.json().catch(() => ({}));
  await worded(read);
  if (answer.ok) return read;
  const problem = new Problem(answer.status, read, Number(answer.headers.get('Retry-After')) || 0);
  if (isOut(problem)) signedOut(problem);
  throw problem;
}

// Loads the sentences for rare codes with the first answer that has one, of its own or of a field or line.
// (A job counts its lines: a number.)
async function worded({code, errors = [], lines = [], sent = {}}) {
  const codes = [{code}, sent, ...errors, ...(Array.isArray(lines) ? lines : [])].map((one) => one.code).filter(Boolean);
  if (language && !codes.every((one) => has(`error.${one}`))) await also('errors').catch(() => {}); // else the API's own words
}

// Whether the same request may do better in a moment: nothing arrived, or somebody said so.
const passing = (problem) => [0, 502, 503, 504].includes(problem.status) || problem.code === 'still_running';

// RFC 9562 §5.4; crypto.randomUUID is missing on plain http outside localhost.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
