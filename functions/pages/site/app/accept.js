// /accept: an invitation and what becomes of it. Loading the page only opens it; nothing is spent before the person
// supplies a password. Every way out is a screen; what came after the offer survives a reload of the tab. A screen keeps
// the invitation it was made for, since it may be drawn again while the next one loads.

import {html} from '../lib/preact.js';
import {Problem, post} from './api.js';
import {language, settle, speak, t} from './i18n.js';
import {Offer, inviteOf} from './offer.js';
import {Frame, Screen, redraw, show} from './page.js';
import {steps} from './steps.js';
import {takeSecret} from './store.js';

const page = {token: '', invitation: null, view: null};
const after = steps('accept', {at: () => page.invitation, go: (view) => go(view), begin: () => offer()});

function Accept() {
  const {invitation, view} = page;
  return html`<${Frame} firm=${invitation?.firm} look=${invitation?.look} known=${invitation?.language}>${view?.()}</${Frame}>`;
}

const go = (view) => { page.view = view; redraw(); };

async function load() {
  page.token = takeSecret('accept');
  let problem;
  try {
    if (!page.token) throw new Problem(404, {code: 'link_unknown'});
    page.invitation = await post('/invitations/open', {token: page.token});
    settle(page.invitation.zone, page.invitation.time_format);
  } catch (caught) {
    problem = caught;
    page.invitation = null;
  }
  const areas = {undefined: [], pending: ['accept', 'password']}[page.invitation?.state] || ['over'];
  await speak(page.invitation?.language, 'shared', 'visit', ...areas);
  if (problem) return failed(problem);
  return next();
}

/** Shows the screen that fits what the server says the invitation is. */
async function next() {
  const {invitation} = page;
  if (invitation.state === 'accepted' && after.kept().welcome && invitation.signed_in?.same) return after.resume();
  if (invitation.state !== 'pending') return over();
  if (invitation.signed_in && !invitation.signed_in.same) return other();
  if (after.kept().code && await after.resume() !== false) return undefined;
  return offer();
}

async function failed(problem) {
  const {Failed} = await import('./over.js');
  go(() => html`<${Failed} key=failed problem=${problem} again=${load} />`);
}

async function over() {
  const {Over} = await import('./over.js');
  const {invitation, token} = page;
  go(() => html`<${Over} key=over invitation=${invitation} token=${token} refuse=${refuse} />`);
}

async function other() {
  const [{Other}] = await Promise.all([import('./other.js'), speak(language, 'answer')]);
  const {invitation} = page;
  go(() => html`<${Other} key=other invitation=${invitation} again=${load} />`);
}

async function offer() {
  const {invitation} = page;
  const Member = invitation.has_identity ? (await import('./member.js')).Member : null;
  go(() => html`<${Screen} key=offer title=${inviteOf(invitation)} firm=${invitation.firm}>
    <${Offer} invitation=${invitation} Member=${Member} accept=${accept} refuse=${refuse} />
  </${Screen}>`);
}

/** Sends the acceptance and goes where its answer leads. Field errors go back to the form. */
async function accept(values) {
  let answer;
  try {
    answer = await post('/invitations/accept', {token: page.token, ...values, cookie: true});
  } catch (problem) {
    if (/^(invitation_|sign_in_first|no_password_yet|signed_in_as_other|link_unknown)/.test(problem.code)) return load();
    throw problem;
  }
  return after.answered(answer, page.invitation.address);
}

async function refuse(how) {
  const [{Refuse}] = await Promise.all([import('./refuse.js'), speak(language, 'answer')]);
  const {invitation, token, view: before} = page;
  go(() => html`<${Refuse} key=${how} how=${how} invitation=${invitation} token=${token}
    back=${() => go(before)} over=${load} />`);
}

await load();
show(Accept);
addEventListener('hashchange', load); // another link opened in the same tab
