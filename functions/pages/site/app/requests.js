// People who joined by a link where staff approve first, a page at a time.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, post} from './api.js';
import {t, when} from './i18n.js';
import {Press, say, soft} from './page.js';
import {explain} from './problem.js';
import {Tested, called} from './staffparts.js';
import {Pages} from './turn.js';

export function Requests({context}) {
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState({items: []});
  const [roles, setRoles] = useState({});
  const load = async () => {
    try {
      const cursor = cursors.at(-1);
      const answer = await get(`${context.base}/joinrequests?state=waiting${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      if (!answer.items.length && cursors.length > 1) setCursors(cursors.slice(0, -1)); // all of the last page are decided
      else setList(answer);
    } catch (problem) {
      if (/^cursor_/.test(problem.code)) setCursors(['']);
      else say(explain(problem));
    }
  };
  useEffect(() => { load(); }, [cursors]);
  if (!list.items.length && !list.next && cursors.length === 1) return null;
  const decide = (request, deed) => async () => {
    const role = roles[request.id];
    await post(`${context.base}/joinrequests/${request.id}/${deed}`, deed === 'approve' && role ? {role} : {});
    await load();
    say(t(`requests.${deed}_done`, {address: request.address}));
  };
  const named = (request, deed) => t(`requests.${deed}_one`, {address: request.address});
  return html`<section class="card"><h2>${t('requests.title')}</h2><ul class="rows">${list.items.map((request) => html`<li key=${request.id}>
      <span>${soft(request.address)}<${Tested} of=${request} /> <span class="soft">${[request.name, called(request.portal, context.portals),
        when(request.created_at, true)].filter(Boolean).join(' · ')}</span></span>
      ${context.admin && html`<select aria-label=${t('requests.role', {address: request.address})}
          onChange=${(event) => setRoles({...roles, [request.id]: event.currentTarget.value})}>
          ${context.roles.filter((role) => role.portal === request.portal).map((role) => html`<option value=${role.id}
            selected=${role.id === (roles[request.id] || request.role)}>${role.name}</option>`)}</select>
        <${Press} act=${decide(request, 'approve')} label=${t('requests.approve')} aria-label=${named(request, 'approve')} />
        <${Press} act=${decide(request, 'refuse')} label=${t('requests.refuse')} aria-label=${named(request, 'refuse')} />`}</li>`)}</ul>
    <${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} /></section>`;
}
