// People who joined by a link where staff approve first.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, post} from './api.js';
import {t, when} from './i18n.js';
import {Press, say, soft} from './page.js';
import {explain} from './problem.js';
import {called} from './staffparts.js';

export function Requests({context}) {
  const [items, setItems] = useState([]);
  const [roles, setRoles] = useState({});
  const load = async () => {
    try { setItems((await get(`${context.base}/joinrequests?state=waiting`)).items); } catch (problem) { say(explain(problem)); }
  };
  useEffect(() => { load(); }, []);
  if (!items.length) return null;
  const decide = (request, deed) => async () => {
    const role = roles[request.id];
    await post(`${context.base}/joinrequests/${request.id}/${deed}`, deed === 'approve' && role ? {role} : {});
    await load();
    say(t(`requests.${deed}_done`, {address: request.address}));
  };
  const named = (request, deed) => t(`requests.${deed}_one`, {address: request.address});
  return html`<section class="card"><h2>${t('requests.title')}</h2><ul class="rows">${items.map((request) => {
    const portal = request.portal?.id || request.portal;
    const own = request.role?.id || request.role;
    return html`<li key=${request.id}><span>${soft(request.address)} <span class="soft">${[request.name, called(request.portal, context.portals),
        when(request.created_at, true)].filter(Boolean).join(' · ')}</span></span>
      ${context.admin && html`<select aria-label=${t('requests.role', {address: request.address})}
          onChange=${(event) => setRoles({...roles, [request.id]: event.currentTarget.value})}>
          ${context.roles.filter((role) => role.portal === portal).map((role) => html`<option value=${role.id}
            selected=${role.id === (roles[request.id] || own)}>${role.name}</option>`)}</select>
        <${Press} act=${decide(request, 'approve')} label=${t('requests.approve')} aria-label=${named(request, 'approve')} />
        <${Press} act=${decide(request, 'refuse')} label=${t('requests.refuse')} aria-label=${named(request, 'refuse')} />`}</li>`;
  })}</ul></section>`;
}
