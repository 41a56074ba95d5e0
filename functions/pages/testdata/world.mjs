// What the page tests need to exist, by name: made here in the fake, and by real.mjs in a running system. Each secret is
// used by one test only, but for `look`.
//
//   base        the address of the system, e.g. http://localhost:8080
//   workspace   its identifier;  portal  the name of its first portal
//   inbox       where mails are read: GET {inbox}/store answers {emails: [{destination: {to: […]}, body: {text}}]}
//   admin, member   {address, password}: the only admin of the staff; a client with access to two accounts of that portal
//   invitations[language][name], joinlinks[language][name], resets[language], stops[language]   the secrets of links:
//               what stands behind # in the mails (behind ?u= for stops)

import {after, create, join_, start} from './fake.mjs';

/** Invitations by name: their state, and what sets them apart. `member` has a password already, and `barred` a switch that lets
 *  them in nowhere; `later` is an access that begins on another day. */
export const invitations = {
  look: {}, bare: {note: '', source: ''}, newer: {newer: true}, accept: {}, keys: {}, weak: {}, twice: {}, decline: {}, optout: {}, copied: {copied: true},
  member: {member: true}, barred: {member: true, barred: true}, later: {later: true}, swap: {}, staff: {kind: 'staff', level: 'member'},
  accepted: {state: 'accepted'}, declined: {state: 'declined'}, cancelled: {state: 'cancelled'}, expired: {state: 'expired', expires_at: after(-1)},
};

/** Join links by name. `domains` takes only addresses at sol.example. */
export const joinlinks = {
  open: {}, keys: {}, approval: {approval: true}, domains: {domains: ['sol.example']}, not_yet: {state: 'not_yet'}, over: {state: 'over'}, full: {state: 'full'}, off: {state: 'off'},
};

export const password = 'correct horse battery staple';
export const note = 'Hola:\naquí verá sus <b>facturas</b> y podrá subir documentos.';

/** The world of the fake, with two languages of everything. */
export async function pretend(dir, manifest) {
  const {state, base, stop} = await start(dir, manifest);
  const world = {base, workspace: 'ws_1', portal: 'clientes', inbox: `${base}/fake`, invitations: {}, joinlinks: {}, resets: {}, stops: {}};
  const admin = join_(state, {address: 'ana@vega.example', name: 'Ana Ruiz', password, level: 'admin'});
  admin.id = 'idn_admin';
  join_(state, {address: 'luis@vega.example', name: 'Luis Gil', password, level: 'member'});
  const [sol, rio] = state.accounts;
  const grant = {contact: {id: 'con_1', name: 'Eva Sol'}, portal: state.portals[0], role: state.roles[0]};
  join_(state, {address: 'eva@sol.example', name: 'Eva Sol', password, grants: [{account: sol, ...grant}, {account: rio, ...grant}]});
  Object.assign(world, {admin: {address: 'ana@vega.example', password}, member: {address: 'eva@sol.example', password}});
  for (const language of ['en', 'es']) fill(state, world, language);
  create(state, {address: 'devuelta@example.com', name: 'Persona', delivery: 'bounced', reason: 'bounced'});
  state.requests.push({id: 'jr_1', address: 'pide@example.com', name: 'Pía Ríos', portal: 'por_1', role: 'rol_1', state: 'waiting', created_at: after(-1)});
  return {world, stop, state};
}

function fill(state, world, language) {
  world.invitations[language] = {};
  world.joinlinks[language] = {};
  for (const [name, {member, barred, copied, ...what}] of Object.entries(invitations)) {
    const address = member ? `${name}.${language}@old.example` : `${name}.${language}@example.com`;
    if (member) join_(state, {address, name: 'Old Member', password, language}).fault = barred && 'access_off';
    const item = create(state, {address, name: 'Eva Sol', language, note, source: 'Contrato de mayo de 2026', ...what});
    world.invitations[language][name] = `ws_1.${item.id}.${copied ? 'copied' : 'mailed'}`;
  }
  for (const [name, what] of Object.entries(joinlinks)) {
    const token = `ws_1.jl_${name}${language}.secret`;
    state.links.set(token, {id: `jl_${name}${language}`, language, state: 'open', approval: false, domains: [], uses: 12, max_uses: 50, portal: 'por_1', role: 'rol_1',
      label: `Web ${name}`, off: false, from: after(-3), until: after(30), listed: language === 'es' && ['open', 'off'].includes(name), ...what});
    world.joinlinks[language][name] = token;
  }
  const person = join_(state, {address: `reset.${language}@example.com`, name: 'Reset', password, language});
  world.resets[language] = `ws_1.msg_reset${language}.secret`;
  state.resets.set(world.resets[language], person);
  world.stops[language] = `ws_1.msg_stop${language}.secret`;
  state.stops.set(world.stops[language], true);
}
