// /join: a shareable link. Address, name and password, then the code that proves the address; some links wait for staff.

import {html} from '../lib/preact.js';
import {Problem, post} from './api.js';
import {Form, Password, Text, longEnough, useForm} from './form.js';
import {asked, settle, speak, t} from './i18n.js';
import {Frame, Screen, redraw, show} from './page.js';
import {steps} from './steps.js';
import {takeSecret} from './store.js';

const page = {token: '', link: null, view: null};
const after = steps('join', {at: () => page.link, go: (view) => go(view), begin: () => entry(), waiting: () => waiting()});

function Join() {
  const {link, view} = page;
  return html`<${Frame} firm=${link?.firm} look=${link?.look} known=${link?.language}>${view?.()}</${Frame}>`;
}

const go = (view) => { page.view = view; redraw(); };

async function load() {
  page.token = takeSecret('join');
  let problem;
  try {
    if (!page.token) throw new Problem(404, {code: 'link_unknown'});
    page.link = await post('/joinlinks/open', {token: page.token});
    settle(page.link.zone, page.link.time_format);
  } catch (caught) {
    problem = caught;
    page.link = null;
  }
  await speak(page.link?.language, 'shared', 'visit', 'entry', 'password');
  if (problem) return failed(problem);
  const resumed = after.resume();
  if (resumed !== false) return resumed;
  return page.link.state === 'open' ? entry() : closed();
}

async function failed(problem) {
  const {Failed} = await import('./over.js');
  go(() => html`<${Failed} key=failed problem=${problem} again=${load} />`);
}

function closed() {
  const {state, firm} = page.link;
  go(() => html`<${Screen} key=closed title=${t(`join.${state}`)} firm=${firm}><p>${t(`join.${state}_about`, {firm})}</p></${Screen}>`);
}

function entry() {
  const {firm, portal, approval, domains, signed_in: person, min_password: least} = page.link;
  go(() => html`<${Screen} key=entry title=${t('join.title', {portal: portal.title, firm})} firm=${firm}>
    ${approval && html`<p class="notice">${t('join.approval', {firm})}</p>`}
    ${domains?.length > 0 && html`<p>${t('join.domains', {domains: domains.join(', ')})}</p>`}
    ${person ? html`<${Known} address=${person.address} />` : html`<${New} least=${least} />`}</${Screen}>`);
}

function New({least}) {
  const form = useForm({address: '', name: '', password: ''}, ({address, name, password}) => join({
    address: address.trim(), name: name.trim(), password, ...asked()}), {needs: ['address', 'name', 'password'], check: longEnough('password', least)});
  return html`<p>${t('join.about')}</p><${Form} form=${form} label=${t('join.submit')} busy=${t('form.busy')}>
    <${Text} form=${form} name="address" label=${t('field.address')} type="email" inputmode="email" autocomplete="username"
      autocapitalize="none" spellcheck="false" />
    <${Text} form=${form} name="name" label=${t('field.your_name')} autocomplete="name" maxlength="80" />
    <${Password} form=${form} label=${t('field.password')} least=${least} hint=${t('join.password_hint', {least})} /></${Form}>`;
}

function Known({address}) {
  const form = useForm({}, () => join({address}));
  return html`<p>${t('join.known', {address})}</p><${Form} form=${form} label=${t('join.submit')} busy=${t('form.busy')} />`;
}

async function join(values) {
  let answer;
  try {
    answer = await post('/joinlinks/join', {token: page.token, ...values, cookie: true});
  } catch (problem) {
    if (/^(joinlink_|link_unknown)/.test(problem.code)) return load();
    throw problem;
  }
  return after.answered(answer, values.address);
}

function waiting() {
  const {firm} = page.link;
  go(() => html`<${Screen} key=waiting title=${t('join.waiting', {firm})} firm=${firm}><p>${t('join.waiting_about', {firm})}</p></${Screen}>`);
}

await load();
show(Join);
addEventListener('hashchange', load); // another link opened in the same tab
