// /reset: a new password by the link that was mailed.

import {html} from '../lib/preact.js';
import {Problem, get, post} from './api.js';
import {Form, Password, longEnough, useForm} from './form.js';
import {speak, t} from './i18n.js';
import {Frame, Screen, redraw, show} from './page.js';
import {mailed, takeSecret} from './store.js';

const page = {token: '', firm: null, view: null};

const Reset = () => html`<${Frame} firm=${page.firm?.firm} look=${page.firm?.look} known=${page.firm?.language}>${page.view?.()}</${Frame}>`;
const go = (view) => { page.view = view; redraw(); };

async function load() {
  const known = mailed();
  page.token = takeSecret('reset');
  let problem;
  try {
    if (!page.token) throw new Problem(404, {code: 'link_unknown'});
    page.firm = await get(`/workspaces/${encodeURIComponent(page.token.split('.')[0])}/public`);
  } catch (caught) {
    problem = caught;
  }
  await speak(known || page.firm?.language, 'shared', 'visit', 'entry', 'password');
  if (!problem) return go(ask);
  const {Failed} = await import('./over.js');
  return go(() => html`<${Failed} key=failed problem=${problem} again=${load} />`);
}

const ask = () => html`<${Screen} key=ask title=${t('reset.title')} firm=${page.firm.firm}><${New} /></${Screen}>`;

function New() {
  const {min_password: least} = page.firm;
  const form = useForm({password: ''}, async ({password}) => {
    try {
      await post('/password-resets/redeem', {token: page.token, password});
      go(done);
    } catch (problem) {
      if (!['link_over', 'link_unknown', 'not_found'].includes(problem.code)) throw problem;
      go(over);
    }
  }, {needs: ['password'], check: longEnough('password', least)});
  return html`<p>${t('reset.about')}</p><${Form} form=${form} label=${t('reset.submit')}>
    <${Password} form=${form} label=${t('field.new_password')} least=${least} /></${Form}>`;
}

const done = () => html`<${Screen} key=done title=${t('reset.done')} firm=${page.firm.firm}><p>${t('reset.done_about')}</p><${Ways} /></${Screen}>`;
const over = () => html`<${Screen} key=over title=${t('reset.over')} firm=${page.firm.firm}><p>${t('reset.over_about')}</p><${Ways} /></${Screen}>`;

/** Where one signs in, since the link does not say which portal it was. */
const Ways = () => html`<ul>
  ${(page.firm.portals || []).map((portal) => html`<li><a href=${`/p/${portal.name}`}>${portal.title}</a></li>`)}
  <li><a href=${`/console/${page.firm.workspace}`}>${t('reset.console')}</a></li></ul>`;

await load();
show(Reset);
addEventListener('hashchange', load); // another link opened in the same tab
