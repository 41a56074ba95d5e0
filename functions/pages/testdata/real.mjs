// Fills a running system with the world the page tests need: a workspace of its own, made by the operator's task, and
// all the rest by the public API, with the links taken from the mails. Nothing of it touches another workspace.
//
// Next: world.mjs, which says what must be there.

import {setTimeout as pause} from 'node:timers/promises';
import assert from 'node:assert/strict';
import {invitations, joinlinks, note, password} from './world.mjs';

const patience = 90_000; // milliseconds to wait for a mail: one that SES would not take at once goes out with the next minute's redelivery
const breath = 25; // milliseconds between two questions, so that who is asked gets the processor
const began = Math.floor(Date.now() / 1000) - 1; // a test file reads no mail that is older than itself

/** The world of the system at `base`, whose mails the browser inbox at `inbox` shows. */
export async function occupy(base, inbox) {
  const system = {base, inbox, stamp: Date.now().toString(36)};
  const admin = {address: address(system, 'ana', 'vega.example'), password};
  const made = await invoke(system, 'workspaces/create', {name: 'Gestoría Vega', admin: admin.address, language: 'es', zone: 'Europe/Madrid',
    country: 'ES', time_format: '24h', key: system.stamp});
  await call(system, 'POST', '/invitations/accept', {token: await link(system, admin.address), password, name: 'Ana Ruiz'});
  Object.assign(system, {workspace: made.workspace, portal: made.portal});
  system.token = (await call(system, 'POST', `/workspaces/${made.workspace}/sessions`, admin)).token;
  await own(system, 'PATCH', '', {settings: {first_week_mails: 2000, address_mails: 50, support_dates: true}});
  await own(system, 'POST', '/roles', {portal: made.portal, name: 'Contable'});
  await colleague(system);
  const world = {base, inbox, workspace: made.workspace, portal: made.portal_name, admin, member: await member(system), invitations: {}, joinlinks: {},
    resets: {}, stops: {}};
  await expire(system, world);
  for (const language of ['en', 'es']) await fill(system, world, language);
  await waiting(system);
  return world;
}

/** A firm of its own that has invited `count` people: what each was mailed, and how to ask the API as the firm or as nobody. */
export async function crowd(base, inbox, count) {
  const system = {base, inbox, stamp: Date.now().toString(36)};
  const admin = {address: address(system, 'berta', 'rio.example'), password};
  const made = await invoke(system, 'workspaces/create', {name: 'Talleres Río', admin: admin.address, language: 'es', zone: 'Europe/Madrid', country: 'ES', key: `crowd-${system.stamp}`});
  await call(system, 'POST', '/invitations/accept', {token: await link(system, admin.address), password, name: 'Berta Río'});
  system.workspace = made.workspace;
  system.token = (await call(system, 'POST', `/workspaces/${made.workspace}/sessions`, admin)).token;
  await own(system, 'PATCH', '', {settings: {first_week_mails: 2000}});
  const people = Array.from({length: count}, (_, n) => ({address: address(system, `p${n}`)}));
  await own(system, 'POST', '/invitations', {portal: made.portal, lines: people.map((one) => ({address: one.address}))});
  await until(count, async () => {
    const emails = await mails(inbox);
    for (const one of people) {
      one.link ||= emails.filter(({destination}) => destination.to.includes(one.address)).map(({body}) => body.text.match(/\/accept\S*#\S+/)).findLast(Boolean)?.[0];
    }
    return people.filter((one) => one.link).length;
  });
  return {people, base, inbox, workspace: made.workspace, portal: made.portal, portalName: made.portal_name, admin, call: (...rest) => call(system, ...rest), own: (...rest) => own(system, ...rest)};
}

const address = (system, name, domain = 'example.com') => `${name}.${system.stamp}@${domain}`;

async function call(system, method, path, body, token) {
  const answer = await fetch(`${system.base}/v1${path}`, {method, body: body && JSON.stringify(body),
    headers: {'Content-Type': 'application/json', ...(token ? {Authorization: `Bearer ${token}`} : {})}});
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : {};
}

const own = (system, method, path, body) => call(system, method, `/workspaces/${system.workspace}${path}`, body, system.token);

async function invoke(system, name, event) {
  const answer = await fetch(`${system.base}/_local/invoke/${name}`, {method: 'POST', headers: {'X-Portero-Local': '1'}, body: JSON.stringify(event)});
  const text = await answer.text();
  assert.ok(answer.ok, `${name}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** What has come since this test file began. */
const mails = async (inbox) => (await (await fetch(`${inbox}/store?since=${began}`)).json()).emails;

/** The newest mail to an address whose text matches; asks until it is there. */
export async function mail(inbox, to, pattern) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(breath)) {
    const found = (await mails(inbox)).filter(({destination}) => destination.to.includes(to)).map(({body}) => body.text.match(pattern)).findLast(Boolean);
    if (found) return found[1];
  }
  return assert.fail(`no mail to ${to} with ${pattern}`);
}

const link = (system, to, page = 'accept') => mail(system.inbox, to, new RegExp(`/${page}(?:\\?lang=\\w+)?#(\\S+)`));

/** The link of the mail after the one with this link. */
async function newer(system, to, before) {
  let found = before;
  await until(true, async () => { found = await link(system, to); return found !== before; });
  return found;
}

/** Asks until the answer is the wanted one. */
async function until(wanted, ask) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(breath)) if (await ask() === wanted) return;
  assert.fail(`never ${wanted}`);
}

/** Invites one address and returns its verdict. */
async function invite(system, line, more = {}) {
  const {lines: [verdict]} = await own(system, 'POST', '/invitations', {portal: system.portal, lines: [line], ...more});
  assert.ok(verdict.invitation, JSON.stringify(verdict));
  return verdict.invitation;
}

/** Somebody who has accepted, with a password. */
async function joined(system, to, language, account) {
  await invite(system, {address: to, language, account, name: 'Eva Sol'});
  await call(system, 'POST', '/invitations/accept', {token: await link(system, to), password, name: 'Eva Sol'});
}

/** Somebody of the staff who may not do everything. */
async function colleague(system) {
  const to = address(system, 'luis', 'vega.example');
  await own(system, 'POST', '/staff/invitations', {address: to, level: 'member'});
  await call(system, 'POST', '/invitations/accept', {token: await link(system, to), password, name: 'Luis Gil'});
  return {address: to, password};
}

/** A member with access to two accounts. */
async function member(system) {
  const to = address(system, 'eva', 'sol.example');
  const [sol, rio] = await Promise.all(['Panadería Sol', 'Talleres Río'].map((name) => own(system, 'POST', '/accounts', {name})));
  system.account = sol.id;
  await joined(system, to, 'es', sol.id);
  const first = await link(system, to);
  await invite(system, {address: to, account: rio.id});
  const {token} = await call(system, 'POST', `/workspaces/${system.workspace}/sessions`, {address: to, password});
  await call(system, 'POST', '/invitations/accept', {token: await newer(system, to, first)}, token);
  return {address: to, password};
}

/** The expired ones come first: the clock is moved for them, and nothing else is pending for so short a time. */
async function expire(system, world) {
  for (const language of ['en', 'es']) {
    const to = address(system, `expired.${language}`);
    await invite(system, {address: to, language}, {validity: 'PT1H'});
    world.invitations[language] = {expired: await link(system, to)};
  }
  await invoke(system, 'jobs/expire', {time: new Date(Date.now() + 2 * 3_600_000).toISOString().replace(/\.\d+/, '')});
}

async function fill(system, world, language) {
  for (const [name, what] of Object.entries(invitations)) { // in turn: all at once would be more than SES takes in a second
    if (name !== 'expired') world.invitations[language][name] = await invitation(system, name, what, language);
  }
  world.joinlinks[language] = {};
  for (const [name, what] of Object.entries(joinlinks)) world.joinlinks[language][name] = await joinlink(system, name, what, language);
  await forgotten(system, world, language);
  await unwanted(system, world, language);
}

/** Somebody who asked for a new password. */
async function forgotten(system, world, language) {
  const reset = address(system, `reset.${language}`);
  await joined(system, reset, language);
  await call(system, 'POST', `/workspaces/${system.workspace}/password-resets`, {address: reset});
  world.resets[language] = await link(system, reset, 'reset');
}

/** Somebody who may ask for no more mails. */
async function unwanted(system, world, language) {
  const stop = address(system, `stop.${language}`);
  await invite(system, {address: stop, language});
  world.stops[language] = decodeURIComponent(await mail(system.inbox, stop, /\/unsubscribe\?u=([^&\s]+)/));
}

async function invitation(system, name, what, language) {
  const to = address(system, `${name}.${language}`);
  if (what.member) {
    await joined(system, to, language, system.account);
    if (what.barred) await bar(system, to);
    const {id} = await own(system, 'POST', '/accounts', {name: `Segunda ${to}`});
    const before = await link(system, to);
    await invite(system, {address: to, account: id});
    return newer(system, to, before);
  }
  if (what.kind === 'staff') {
    await own(system, 'POST', '/staff/invitations', {address: to, level: what.level, language});
    return link(system, to);
  }
  if (what.later) return later(system, to, language);
  const bare = what.note === '';
  const id = await invite(system, {address: to, language, name: 'Eva Sol', account: system.account},
    bare ? {} : {note, source: 'Contrato de mayo de 2026'});
  const token = await link(system, to);
  if (what.newer) await own(system, 'POST', `/invitations/${id}/resend`, {});
  if (what.state === 'accepted') await call(system, 'POST', '/invitations/accept', {token, password, name: 'Eva Sol'});
  if (what.state === 'declined') await call(system, 'POST', '/invitations/decline', {token});
  if (what.state === 'cancelled') await own(system, 'POST', `/invitations/${id}/cancel`, {});
  if (what.copied) return (await own(system, 'POST', `/invitations/${id}/link`, {})).url.split('#')[1];
  return token;
}

const grantPath = (system, contact) => `/accounts/${system.account}/contacts/${contact}/grants`;

/** Takes the switch off by which somebody signs in. */
async function bar(system, to) {
  const {contacts} = await own(system, 'GET', `/accounts/${system.account}`);
  const {id} = contacts.find(({address: one}) => one === to);
  await own(system, 'PATCH', `${grantPath(system, id)}/${system.portal}`, {sign_in: false});
}

/** An invitation to an access that begins in some years. */
async function later(system, to, language) {
  const {id} = await own(system, 'POST', '/contacts', {name: 'Eva Sol', address: to, language, accounts: [system.account]});
  await own(system, 'POST', grantPath(system, id), {portal: system.portal, sign_in: true, from: '2040-01-01'});
  await invite(system, {contact: id, account: system.account});
  return link(system, to);
}

async function joinlink(system, name, what, language) {
  const at = (seconds) => new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+/, '');
  const body = {portal: system.portal, label: `${name} ${language}`, create_contact: true, domains: what.domains, approval: what.approval};
  if (what.state === 'not_yet') body.from = at(2 * 86_400);
  if (what.state === 'over') body.until = at(2);
  if (what.state === 'full') body.max_uses = 1;
  const {joinlink: made, url} = await own(system, 'POST', '/joinlinks', body);
  const token = url.split('#')[1];
  if (what.state === 'full') await join(system, token, address(system, `full.${language}`));
  if (what.state === 'over') await until('over', () => call(system, 'POST', '/joinlinks/open', {token}).then(({state}) => state));
  if (what.state === 'off') await own(system, 'PATCH', `/joinlinks/${made.id}`, {off: true});
  return token;
}

/** Joins by a link, code and all. */
async function join(system, token, to) {
  const {verification, workspace, binding} = await call(system, 'POST', '/joinlinks/join', {token, address: to, name: 'Eva Sol', password});
  const code = await mail(system.inbox, to, /\b(\d{4}\s?\d{4})\b/);
  await call(system, 'POST', '/verifications/confirm', {workspace, verification, binding, code: code.replace(/\s/, '')});
}

/** Somebody who waits for approval. */
async function waiting(system) {
  const {url} = await own(system, 'POST', '/joinlinks', {portal: system.portal, approval: true, create_contact: true});
  await join(system, url.split('#')[1], address(system, 'pide'));
}
