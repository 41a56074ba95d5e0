// /unsubscribe: no more mail to one address. Loading the page changes nothing; the press does.

import {html} from '../lib/preact.js';
import {Problem, get, post} from './api.js';
import {Form, useForm} from './form.js';
import {speak, t} from './i18n.js';
import {Frame, Screen, redraw, show} from './page.js';
import {mailed, takeSecret} from './store.js';

const page = {secret: '', firm: null, view: null};

const Stop = () => html`<${Frame} firm=${page.firm?.firm} look=${page.firm?.look} known=${page.firm?.language}>${page.view?.()}</${Frame}>`;
const go = (view) => { page.view = view; redraw(); };

async function load() {
  const known = mailed();
  page.secret = takeSecret('stop', new URLSearchParams(location.search).get('u') || '');
  let problem;
  try {
    if (!page.secret) throw new Problem(404, {code: 'link_unknown'});
    page.firm = await get(`/workspaces/${encodeURIComponent(page.secret.split('.')[0])}/public`);
  } catch (caught) {
    problem = caught;
  }
  await speak(known || page.firm?.language, 'shared', 'visit', 'entry');
  return problem ? failed(problem) : go(ask);
}

async function failed(problem) {
  const {Failed} = await import('./over.js');
  go(() => html`<${Failed} key=failed problem=${problem} again=${load} firm=${page.firm?.firm} />`);
}

const ask = () => html`<${Screen} key=ask title=${t('stop.title', {firm: page.firm.firm})} firm=${page.firm.firm}><${Confirm} /></${Screen}>`;

function Confirm() {
  const {firm} = page.firm;
  // The same body as mail programs send: RFC 8058 §3.1.
  const form = useForm({}, async () => {
    try {
      await post(`/unsubscribe?u=${encodeURIComponent(page.secret)}`, new URLSearchParams({'List-Unsubscribe': 'One-Click'}));
      go(done);
    } catch (problem) {
      if (problem.status !== 404) throw problem;
      await failed(problem);
    }
  });
  return html`<p>${t('stop.about', {firm})}</p><${Form} form=${form} label=${t('stop.submit')} />`;
}

const done = () => html`<${Screen} key=done title=${t('stop.done')} firm=${page.firm.firm}>
  <p>${t('stop.done_about', {firm: page.firm.firm})}</p></${Screen}>`;

await load();
show(Stop);
