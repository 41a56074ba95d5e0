// A small stand-in for the API, so that the pages can be driven without the rest of the system. It knows the shapes of
// the contract and just enough rules to reach every state; it is no specification. Never shipped.
//
// Next: world.mjs, which fills it; the *.test.mjs, which drive the pages against it or against a running system.

import {createServer} from 'node:http';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';

const day = 86_400_000;
const types = {html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml'};
export const after = (days) => new Date(Date.now() + days * day).toISOString().replace(/\.\d+/, '');

class Fault extends Error {
  constructor(status, code, errors, members) { super(code); Object.assign(this, {status, code, errors, members}); }
}
const fault = (status, code, errors, members) => { throw new Fault(status, code, errors, members); };

/** Starts a system that serves the built pages of `dir` with the routes and headers of `manifest`. */
export async function start(dir, manifest) {
  const state = {
    workspace: {id: 'ws_1', name: 'Gestoría Vega', settings: {language: 'es', zone: 'Europe/Madrid', country: 'ES', time_format: '24h',
      validity: 'P14D', reminders: {days: [3, 7, 12], at: '09:00'}, policy: {workdays: 'mon,tue,wed,thu,fri', quiet_from: '20:00', quiet_to: '08:00'},
      daily_mails: 2000, first_week_mails: 200, address_mails: 5, members_invite: true, default_owner: 'idn_admin', sender: '', reply_to: '',
      staff_idle_min: 60, staff_life_min: 720, member_idle_min: 1440, member_life_min: 43_200, min_password: 15}},
    portals: [{id: 'por_1', name: 'clientes', title: 'Portal de clientes'}, {id: 'por_2', name: 'socios', title: 'Portal de socios'}],
    roles: [{id: 'rol_1', name: 'Cliente', portal: 'por_1'}, {id: 'rol_2', name: 'Contable', portal: 'por_1'}, {id: 'rol_3', name: 'Socio', portal: 'por_2'}],
    accounts: [{id: 'acc_1', name: 'Panadería Sol'}, {id: 'acc_2', name: 'Talleres Río'}],
    people: new Map(), sessions: new Map(), invitations: new Map(), links: new Map(), requests: [], resets: new Map(), stops: new Map(),
    codes: new Map(), keys: new Map(), owners: new Map(), count: 0, calls: [],
  };
  const server = createServer((request, response) => answer(state, dir, manifest, request, response));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {state, base: `http://localhost:${server.address().port}`, stop: () => { server.closeAllConnections(); server.close(); }};
}

async function answer(state, dir, manifest, request, response) {
  const url = new URL(request.url, 'http://localhost');
  if (!url.pathname.startsWith('/v1/') && !url.pathname.startsWith('/fake/')) return page(dir, manifest, url.pathname, response);
  let text = '';
  for await (const chunk of request) text += chunk;
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const call = {state, url, method: request.method, key: request.headers['idempotency-key'], body: text && !form ? JSON.parse(text) : {}, cookies: []};
  call.session = state.sessions.get(request.headers.cookie?.match(/portero_ws_1=(\w+)/)?.[1]);
  state.calls.push({method: call.method, path: url.pathname, key: call.key});
  let [status, body] = [404, {code: 'not_found'}];
  try {
    [status, body] = route(call);
  } catch (problem) {
    if (!(problem instanceof Fault)) throw problem;
    [status, body] = [problem.status, {code: problem.code, title: problem.code, detail: `Detail of ${problem.code}.`, errors: problem.errors || [], ...problem.members}];
  }
  response.writeHead(status, {'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', 'Set-Cookie': call.cookies});
  response.end(body === undefined ? '' : JSON.stringify(body));
}

async function page(dir, manifest, path, response) {
  const fits = ({Pattern}) => (Pattern.includes('{') ? path.startsWith(Pattern.split('{')[0]) && path.split('/').length === 3 && path.split('/')[2] : path === Pattern);
  const file = path.startsWith('/assets/') ? path : manifest.routes.find(fits)?.File || manifest.not_found;
  for (const {Name, Value} of manifest.headers) response.setHeader(Name, Value);
  const content = await readFile(join(dir, file)).catch(() => null);
  response.writeHead(content && file !== manifest.not_found ? 200 : 404, {'Content-Type': types[file.split('.').at(-1)] || 'text/plain'});
  response.end(content || '');
}

// Method and path pattern → what answers; the groups of the pattern are its arguments.
const routes = [
  ['GET', '/v1/health', () => [200, {status: 'ok'}]],
  ['GET', '/fake/store', ({state}) => [200, {emails: [...state.codes].map(([address, {code}]) => ({destination: {to: [address]}, body: {text: `Your code is ${code}.`}}))}]],
  ['GET', '/v1/portals/(.+)', ({state}, name) => {
    const portal = state.portals.find((one) => one.name === name) || fault(404, 'not_found');
    const {language, zone, country, time_format} = state.workspace.settings;
    return [200, {workspace: 'ws_1', portal: portal.id, name, title: portal.title, firm: state.workspace.name, language, zone, country, time_format, min_password: 15}];
  }],
  ['GET', '/v1/workspaces/ws_1/public', ({state}) => [200, {workspace: 'ws_1', firm: state.workspace.name, language: state.workspace.settings.language, min_password: 15,
    portals: state.portals.map(({name, title}) => ({name, title}))}]],
  ['POST', '/v1/workspaces/ws_1/sessions', (call) => {
    const {state, body} = call;
    const person = state.people.get(body.address?.toLowerCase());
    if (!person || person.password !== body.password) fault(401, 'sign_in_failed');
    if (person.fault) fault(403, person.fault);
    return [201, {...signIn(call, person), ...homeOf(person)}];
  }],
  ['POST', '/v1/workspaces/ws_1/password-resets', () => [202, {}]],
  ['POST', '/v1/password-resets/redeem', ({state, body}) => {
    const person = state.resets.get(body.token) || fault(410, 'link_over');
    person.password = strong(body.password);
    state.resets.delete(body.token);
    return [204];
  }],
  ['POST', '/v1/invitations/open', (call) => [200, opened(call)]],
  ['POST', '/v1/invitations/accept', (call) => accept(call)],
  ['POST', '/v1/invitations/decline', (call) => { const item = invited(call); item.state = 'declined'; return [200, {state: 'declined'}]; }],
  ['POST', '/v1/invitations/optout', (call) => { const item = invited(call); if (item.state === 'pending') item.state = 'declined'; return [200, {}]; }],
  ['POST', '/v1/invitations/renew', (call) => { invited(call); return [202, {}]; }],
  ['POST', '/v1/verifications/confirm', (call) => confirm(call)],
  ['POST', '/v1/joinlinks/open', ({state, body, session}) => {
    const link = state.links.get(body.token) || fault(404, 'link_unknown');
    const {zone, time_format, country} = state.workspace.settings;
    return [200, {firm: state.workspace.name, portal: state.portals[0], language: link.language, zone, time_format, country, approval: link.approval, domains: link.domains,
      min_password: 15, state: link.state, workspace: 'ws_1', signed_in: session ? {address: session.person.address} : null}];
  }],
  ['POST', '/v1/joinlinks/join', (call) => {
    const {state, body, session} = call;
    const link = state.links.get(body.token) || fault(404, 'link_unknown');
    if (link.domains.length && !link.domains.some((domain) => body.address.endsWith(`@${domain}`))) {
      fault(422, 'domain_refused', [{name: 'address', code: 'domain_refused', detail: 'No.'}]);
    }
    if (session) return [200, {state: 'accepted', session: session.id, ...homeOf(session.person)}];
    return [202, verify(state, body.address, () => ({...body, language: link.language}), link.approval)];
  }],
  ['POST', '/v1/unsubscribe', ({state, url}) => (state.stops.has(url.searchParams.get('u')) ? [200, {}] : fault(404, 'link_unknown'))],
];

// The rows below ask for a session.
const inside = [
  ['GET', '/sessions/current', ({session}) => [200, current(session)]],
  ['GET', '/sessions', ({state, session}) => [200, {items: [...state.sessions.values()].filter(({person}) => person === session.person)
    .map(({id, created}) => ({id, current: id === session.id, created_at: created, seen_at: created, expires_at: after(1), device: 'Firefox on Linux', from: '192.0.2.0/24'}))}]],
  ['DELETE', '/sessions/(.+)', ({state, session}, id) => { state.sessions.delete(id === 'current' ? session.id : id); return [204]; }],
  ['DELETE', '/sessions', ({state, session}) => { for (const [id, {person}] of state.sessions) if (person === session.person) state.sessions.delete(id); return [204]; }],
  ['POST', '/sessions/current/switch', ({session, body}) => {
    session.person.used = session.person.grants.findIndex((grant) => grant.account.id === body.account && grant.portal.id === body.portal);
    return [200, {session: session.id}];
  }],
  ['PATCH', '/me', ({session: {person}, body}) => { Object.assign(person, body.name ? {name: body.name} : {}); Object.assign(person.profile, body.profile); return [200, person]; }],
  ['POST', '/me/password', ({session: {person}, body}) => {
    if (person.password !== body.old) fault(401, 'sign_in_failed');
    person.password = strong(body.new, 'new');
    return [200, {}];
  }],
  ['GET', '', ({state}) => [200, state.workspace]],
  ['GET', '/portals', ({state}) => [200, {items: state.portals}]],
  ['GET', '/roles', ({state, url}) => [200, {items: state.roles.filter((role) => role.portal === url.searchParams.get('portal'))}]],
  ['PATCH', '', ({state, body: {name, settings}}) => {
    if (settings?.zone === 'Nowhere') fault(422, 'invalid', [{name: 'settings.zone', code: 'invalid', detail: 'No.'}]);
    Object.assign(state.workspace, name ? {name} : {});
    Object.assign(state.workspace.settings, settings);
    return [200, state.workspace];
  }],
  ['GET', '/accounts', ({state}) => [200, {items: state.accounts}]],
  ['GET', '/accounts/(\\w+)', ({state}, id) => [200, accountOf(state, id)]],
  ['GET', '/accounts/(\\w+)/contacts/(\\w+)/grants/(\\w+)', ({state}, account, contact, portal) => [200, grantOf(state, account, contact, portal)]],
  ['PATCH', '/accounts/(\\w+)/contacts/(\\w+)/grants/(\\w+)', ({state, body}, account, contact, portal) => {
    state.owners.set(`${account} ${contact} ${portal}`, body.owner);
    return [200, grantOf(state, account, contact, portal)];
  }],
  ['GET', '/staff', ({state}) => [200, {items: [...state.people.values()].filter(({level}) => level)}]],
  ['PATCH', '/staff/(.+)', ({state, body}, id) => {
    const people = [...state.people.values()];
    const person = people.find((one) => one.id === id) || fault(404, 'not_found');
    if (person.level === 'admin' && people.filter(({level}) => level === 'admin').length < 2) fault(409, 'last_admin');
    person.level = body.level;
    return [200, person];
  }],
  ['POST', '/staff/invitations', ({state, body, session}) => [201, create(state, {...body, kind: 'staff', inviter: session.person})]],
  ['POST', '/invitations/preview', (call) => [200, judged(call, false)]],
  ['POST', '/invitations', (call) => [200, judged(call, true)]],
  ['POST', '/invitations/batch', ({state, body}) => [200, {lines: body.ids.map((id) => {
    const item = state.invitations.get(id);
    if (item?.state !== 'pending' && !(body.action === 'resend' && item?.state === 'expired')) return {id, verdict: 'refused', code: `invitation_${item?.state}`, detail: 'No.'};
    if (body.action === 'cancel') item.state = 'cancelled';
    else Object.assign(item, {sends: item.sends + 1, state: 'pending', sent_at: after(0)});
    return {id, verdict: 'done'};
  })}]],
  ['GET', '/invitations', ({state, url}) => {
    const asked = Object.fromEntries(url.searchParams);
    const fitting = [...state.invitations.values()].filter((item) => ['state', 'delivery', 'kind'].every((name) => !asked[name] || item[name] === asked[name]));
    fitting.sort((a, b) => (asked.order === 'oldest' ? 1 : -1) * a.sent_at.localeCompare(b.sent_at));
    const from = Number(asked.cursor || 0);
    return [200, {items: fitting.slice(from, from + 50), ...(fitting.length > from + 50 ? {next: String(from + 50)} : {})}];
  }],
  ['GET', '/invitations/(\\w+)', ({state}, id) => [200, state.invitations.get(id) || fault(404, 'not_found')]],
  ['PATCH', '/invitations/(\\w+)', ({state, body}, id) => {
    const item = state.invitations.get(id);
    item.history.push({at: after(0), actor: 'idn_admin', action: 'invitation.corrected', before: {address: item.address}, after: {address: body.address || item.address}});
    return [200, Object.assign(item, body)];
  }],
  ['POST', '/invitations/(\\w+)/(resend|cancel|link)', ({state}, id, deed) => {
    const item = state.invitations.get(id);
    if (deed === 'link') return [200, {url: `http://localhost/accept#ws_1.${id}.secret`}];
    if (item.state !== 'pending' && !(deed === 'resend' && item.state === 'expired')) fault(409, `invitation_${item.state}`);
    item.state = deed === 'cancel' ? 'cancelled' : 'pending';
    return [200, item];
  }],
  ['GET', '/joinlinks', ({state}) => [200, {items: [...state.links.values()].filter(({listed}) => listed)}]],
  ['POST', '/joinlinks', ({state, body}) => {
    const link = {id: `jl_${++state.count}`, uses: 0, state: 'open', off: false, domains: [], role: 'rol_1', ...body, listed: true, language: 'es'};
    state.links.set(`ws_1.${link.id}.secret`, link);
    return [201, {joinlink: link, url: `http://localhost/join#ws_1.${link.id}.secret`}];
  }],
  ['PATCH', '/joinlinks/(\\w+)', ({state, body}, id) => {
    const link = [...state.links.values()].find((one) => one.id === id);
    return [200, Object.assign(link, body, {state: body.off ? 'off' : 'open'})];
  }],
  ['POST', '/joinlinks/(\\w+)/reset', ({state}, id) => [200, {joinlink: [...state.links.values()].find((one) => one.id === id), url: `http://localhost/join#ws_1.${id}.new`}]],
  ['GET', '/joinrequests', ({state}) => [200, {items: state.requests}]],
  ['POST', '/joinrequests/(\\w+)/(approve|refuse)', ({state}, id) => { state.requests = state.requests.filter((one) => one.id !== id); return [200, {}]; }],
];

function route(call) {
  const path = call.url.pathname;
  for (const [method, pattern, act] of routes) {
    const found = method === call.method && path.match(new RegExp(`^${pattern}$`));
    if (found) return act(call, ...found.slice(1));
  }
  if (!path.startsWith('/v1/workspaces/ws_1')) fault(404, 'not_found');
  if (!call.session) fault(401, 'sign_in_required');
  for (const [method, pattern, act] of inside) {
    const found = method === call.method && path.match(new RegExp(`^/v1/workspaces/ws_1${pattern}$`));
    if (found) return act(call, ...found.slice(1));
  }
  return fault(404, 'not_found');
}

function signIn(call, person) {
  const session = {id: `ses${++call.state.count}`, person, created: after(0)};
  call.state.sessions.set(session.id, session);
  call.cookies.push(`portero_ws_1=${session.id}; HttpOnly; SameSite=Lax; Path=/`);
  return {session: session.id};
}

const homeOf = (person) => (person.level ? {home: 'console'} : {home: 'portal', portal: person.grants[0]?.portal.name || 'clientes'});

export function strong(password, name = 'password') {
  const code = password.length < 15 ? 'password_too_short' : /^(.)\1+$/.test(password) ? 'password_repetitive' : '';
  if (code) fault(422, code, [{name, code, detail: 'No.'}]);
  return password;
}

const mine = (grants, used = 0) => grants.map((grant, place) => ({...grant, current: place === used}));

function current({id, person, created}) {
  const {name, address, level = '', profile, grants} = person;
  const {workspace} = person;
  const grant = grants[person.used || 0];
  return {identity: {id: person.id, address, name, level, profile}, session: {id, created_at: created, expires_at: after(1)},
    workspace: {id: workspace.id, name: workspace.name, ...workspace.settings},
    ...(grant ? {grant: {...grant, owner: {name: 'Ana Ruiz', address: 'ana@vega.example'}, invited_by: {name: 'Ana Ruiz'}}} : {}), grants: mine(grants, person.used)};
}

function invited({state, body}) {
  const [, id, secret] = body.token.split('.');
  const item = state.invitations.get(id);
  return item && ['mailed', 'copied'].includes(secret) ? item : fault(404, 'link_unknown');
}

function opened(call) {
  const item = invited(call);
  const {state, session} = call;
  const {kind, name, note, source, language, level, newer = false} = item;
  const {zone, time_format, country} = state.workspace.settings;
  return {state: item.state, kind, firm: state.workspace.name, ...(kind === 'client' ? {portal: state.portals[0]} : {}), level, inviter_name: 'Ana Ruiz', address: item.address,
    name, note, source, language, zone, time_format, country, expires_at: item.expires_at, newer, proves_mailbox: call.body.token.endsWith('.mailed'),
    has_identity: state.people.has(item.address), signed_in: session ? {address: session.person.address, same: session.person.address === item.address} : null,
    min_password: 15, accounts: item.accounts?.map((one) => one.name), workspace: 'ws_1', portal_url: kind === 'staff' ? '/console/ws_1' : '/p/clientes'};
}

function accept(call) {
  const item = invited(call);
  const {state, body, session} = call;
  if (item.state !== 'pending') fault(item.state === 'expired' ? 410 : 409, `invitation_${item.state}`);
  if (session && session.person.address !== item.address) fault(409, 'signed_in_as_other');
  if (session) { item.state = 'accepted'; return [200, {state: 'accepted', session: session.id, ...homeOf(session.person)}]; }
  const known = state.people.get(item.address);
  if (known) {
    if (!body.sign_in) fault(409, 'sign_in_first');
    if (known.password !== body.password) fault(401, 'sign_in_failed');
    item.state = 'accepted';
    return [200, {state: 'accepted', ...signIn(call, known), ...homeOf(known)}];
  }
  strong(body.password || '');
  const made = () => { item.state = 'accepted'; return {...body, address: item.address, language: item.language, level: item.level}; };
  if (body.token.endsWith('.copied')) return [202, verify(state, item.address, made)];
  const person = join_(state, made());
  return [200, {state: 'accepted', ...(item.later ? {} : signIn(call, person)), ...homeOf(person)}];
}

/** Makes a person who may sign in. */
export function join_(state, {address, name, password, language = 'es', level, grants}) {
  const {portals: [portal], roles: [role], accounts: [account], workspace} = state;
  const person = {id: `idn_${++state.count}`, address, name, password, level, profile: {language, time_format: '', zone: '', country: '', chosen: false, quiet: false},
    grants: level ? [] : grants || [{account, contact: {id: 'con_1', name}, portal, role}], workspace};
  state.people.set(address.toLowerCase(), person);
  return person;
}

function verify(state, address, made, approval) {
  const binding = `bind${++state.count}`;
  const code = String(10_000_000 + state.count);
  state.codes.set(address, {code, binding, made, approval, left: 5});
  return {state: 'code_sent', verification: address, workspace: 'ws_1', binding, expires_at: after(0.01)};
}

function confirm(call) {
  const {state, body} = call;
  const wanted = state.codes.get(body.verification);
  if (!wanted || wanted.left < 1) fault(410, 'code_over');
  if (wanted.code !== body.code) { wanted.left -= 1; fault(422, 'code_wrong', [{name: 'code', code: 'code_wrong'}], {tries_left: wanted.left}); }
  state.codes.delete(body.verification);
  if (wanted.approval) return [200, {state: 'waiting'}];
  const person = join_(state, wanted.made());
  return [200, {state: 'accepted', ...signIn(call, person), ...homeOf(person)}];
}

/** An account: whoever is invited for it or a member of it is a contact there, with one grant. */
function accountOf(state, id) {
  const account = state.accounts.find((one) => one.id === id) || fault(404, 'not_found');
  const invited = [...state.invitations.values()].filter((item) => item.accounts?.some((one) => one.id === id))
    .map((item) => ({id: `con_${item.id}`, name: item.name, address: item.address, state: item.state === 'accepted' ? 'active' : 'invited'}));
  const members = [...state.people.values()].filter(({grants}) => grants.some((grant) => grant.account.id === id))
    .map((person) => ({id: `con_${person.id}`, name: person.name, address: person.address, state: 'active'}));
  const contacts = [...invited.slice(0, 3), ...members, ...invited.slice(3)];
  return {...account, state: members.length ? 'active' : 'pending', contacts: contacts.map(({state: _, ...one}) => ({...one, lead: false})),
    grants: contacts.map((one) => ({contact: one.id, portal: 'por_1', role: 'rol_1', state: one.state, sign_in: true}))};
}

function grantOf(state, account, contact, portal) {
  const owner = [...state.people.values()].find(({id}) => id === (state.owners.get(`${account} ${contact} ${portal}`) || 'idn_admin'));
  return {account, contact, portal, role: 'rol_1', state: 'active', owner: {id: owner.id, name: owner.name, address: owner.address}, sign_in: true, notify: true,
    email_sync: false, created_at: after(-2), accepted_at: after(-1), from: '2026-01-01'};
}

/** Puts an invitation into the list. */
export function create(state, {address, name = '', kind = 'client', language = 'es', note = '', source = '', level, inviter, ...rest}) {
  const id = `inv_${String(++state.count).padStart(6, '0')}`;
  const item = {id, kind, address, name, state: 'pending', delivery: 'delivered', delivery_at: after(0), reason: '', sent_at: after((state.count - 90_000) / 86_400), sends: 1,
    expires_at: after(14), portal: 'por_1', roles: ['rol_1'], level, language, inviter: {id: inviter?.id || 'idn_admin', name: 'Ana Ruiz'}, note, source,
    ...(kind === 'staff' ? {} : {accounts: [state.accounts[0]]}), validity: 'P14D', next: {job: 'remind', at: after(3)}, history: [{at: after(0), actor: 'idn_admin', action: 'invitation.created', before: {}, after: {}}], ...rest};
  state.invitations.set(id, item);
  return item;
}

function judged({state, body, key, session}, really) {
  if (really && state.keys.has(key)) return state.keys.get(key);
  const seen = new Set();
  const lines = body.lines.map((one, line) => {
    const address = one.address.toLowerCase();
    const common = {line, address: one.address};
    if (!/^[^@\s]+@[^@\s]+\.\w+$/.test(address)) return {...common, verdict: 'malformed', code: 'address_malformed', detail: 'No address.'};
    if (seen.has(address)) return {...common, verdict: 'twice', detail: 'Twice.'};
    seen.add(address);
    if ([...state.invitations.values()].some((item) => item.state === 'pending' && item.address.toLowerCase() === address)) return {...common, verdict: 'already_pending', detail: 'Open.'};
    const role = one.role || body.role || 'rol_1';
    const language = one.language || body.language || 'es';
    if (!really) return {...common, verdict: 'invited', role, language, sends_at: after(0), expires_at: after(14), reminders: [after(3), after(7), after(12)]};
    const item = create(state, {address: one.address, name: one.name, language, note: body.note, roles: [role], inviter: session.person});
    return {...common, verdict: 'invited', invitation: item.id, warnings: one.address.includes('+') ? ['like_existing:ana@example.com'] : []};
  });
  const result = {lines, counts: {}};
  if (really) state.keys.set(key, result);
  return result;
}
