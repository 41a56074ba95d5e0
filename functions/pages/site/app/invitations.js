// The console's list of invitations: by state and delivery, a page at a time, with one deed for many.

import {html, useEffect, useState} from '../lib/preact.js';
import {get} from './api.js';
import {t, when} from './i18n.js';
import {later} from './later.js';
import {Press, Screen, say, soft} from './page.js';
import {explain} from './problem.js';
import {Mark, Tested, called, person, word} from './staffparts.js';
import {Pages} from './turn.js';

const Deed = later(() => import('./deed.js'), 'Deed', 'staff', 'deeds');
const More = later(() => import('./more.js'), 'More', 'staff', 'narrow');

const states = ['pending', 'accepted', 'declined', 'cancelled', 'expired'];
const deliveries = ['queued', 'sent', 'delivered', 'delayed', 'bounced', 'complained', 'suppressed', 'failed'];

// What is filtered stays while other views are looked at.
let kept = {state: 'pending', delivery: '', kind: '', order: 'newest'};
const further = ['role', 'inviter', 'address', 'name']; // more filters, loaded when they are wanted

const columns = ['address', 'state', 'delivery', 'sent', 'until', 'to', 'by'];

export function View({context}) {
  const [query, setQuery] = useState(kept);
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState(null);
  const [picked, setPicked] = useState([]);
  const [deed, setDeed] = useState('');
  const [more, setMore] = useState(further.some((name) => query[name]));
  const load = async () => {
    try {
      setList(await get(`${context.base}/invitations?${parameters({...query, with: 'accounts', cursor: cursors.at(-1)})}`));
      setPicked([]);
    } catch (problem) {
      if (/^cursor_/.test(problem.code)) setCursors(['']);
      else setList({items: [], problem});
    }
  };
  useEffect(() => { load(); }, [query, cursors]);
  const filter = (changed) => {
    kept = {...query, ...changed};
    setCursors(['']);
    setQuery(kept);
  };
  const items = list?.items || [];
  const all = items.length > 0 && picked.length === items.length;
  const ask = (name) => (picked.length ? setDeed(name) : say(t('list.select_first')));
  return html`<${Screen} title=${t('console.invitations')} firm=${context.firm} kind="list">
    <${Filters} query=${query} filter=${filter} />
    ${more ? html`<${More} context=${context} query=${query} filter=${filter} />` : html`<p><${Press} act=${() => setMore(true)} label=${t('list.more')} /></p>`}
    ${context.mayInvite && html`<div class="actions bulk" role="group" aria-label=${t('list.selection')}>
      <span class="tick"><input type="checkbox" id="all" checked=${all} onChange=${() => setPicked(all ? [] : items.map(({id}) => id))} />
        <label for="all">${t('list.select_all')}</label></span>
      <span class="soft">${t('list.selected', {count: picked.length})}</span>
      <${Press} act=${() => ask('resend')} label=${t('list.resend')} />
      <${Press} act=${() => ask('cancel')} label=${t('list.cancel')} /></div>`}
    ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
    ${list && !list.problem && html`<${Table} items=${list.items} context=${context} picked=${picked} pick=${setPicked} />`}
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}
    ${deed && html`<${Deed} deed=${deed} ids=${picked} context=${context} close=${() => setDeed('')} done=${load} />`}
  </${Screen}>`;
}

const parameters = (query) => new URLSearchParams(Object.entries(query).filter(([, value]) => value));

function Filters({query, filter}) {
  const choices = {
    state: states.map((state) => [state, t(`state.${state}`)]),
    delivery: deliveries.map((delivery) => [delivery, t(`delivery.${delivery}`)]),
    kind: [['client', t('kind.client')], ['staff', t('kind.staff')]],
  };
  return html`<div class="filters">
    ${Object.entries(choices).map(([name, options]) => html`<div><label for=${`by-${name}`}>${t(`list.${name}`)}</label>
      <select id=${`by-${name}`} onChange=${(event) => filter({[name]: event.currentTarget.value})}>
        ${[['', t('list.all')], ...options].map(([value, text]) => html`<option value=${value} selected=${value === query[name]}>${text}</option>`)}
      </select></div>`)}
    <div><label for="by-order">${t('list.order')}</label><select id="by-order" onChange=${(event) => filter({order: event.currentTarget.value})}>
      ${['newest', 'oldest'].map((order) => html`<option value=${order} selected=${order === query.order}>${t(`list.${order}`)}</option>`)}
    </select></div></div>`;
}

function Table({items, context, picked, pick}) {
  if (!items.length) return html`<p class="notice">${t('list.empty')}</p>`;
  const toggle = (id) => pick(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  return html`<table role="table"><caption class="unseen">${t('console.invitations')}</caption>
    <thead role="rowgroup"><tr role="row">
      ${context.mayInvite && html`<th role="columnheader" scope="col"><span class="unseen">${t('list.selection')}</span></th>`}
      ${columns.map((name) => html`<th role="columnheader" scope="col">${t(`column.${name}`)}</th>`)}</tr></thead>
    <tbody role="rowgroup">${items.map((item) => html`<${Row} key=${item.id} item=${item} context=${context}
      picked=${picked.includes(item.id)} toggle=${toggle} />`)}</tbody></table>`;
}

function Row({item, context, picked, toggle}) {
  const entrance = [called(item.portal, context.portals), ...(item.roles || []).map((role) => called(role, context.roles))].join(' · ');
  const cells = {
    state: html`<${Mark} of=${item.state} area="state" />`,
    delivery: html`<${Mark} of=${item.delivery} area="delivery" />${item.reason && html`<span class="soft">${word('reason', item.reason)}</span>`}`,
    sent: item.sent_at ? when(item.sent_at, true) : t('list.never'),
    until: item.expires_at && when(item.expires_at, true),
    to: item.kind === 'staff' ? word('level', item.level) : html`${item.accounts?.map(({id, name}) => html`<a href=${`#/account/${id}`}>${name}</a> `)}
      <span class=${item.accounts?.length ? 'soft' : ''}>${entrance}</span>`,
    by: person(item.inviter, context),
  };
  return html`<tr role="row">
    ${context.mayInvite && html`<td role="cell" class="pick"><input type="checkbox" checked=${picked}
      aria-label=${t('list.select', {address: item.address})} onChange=${() => toggle(item.id)} /></td>`}
    <td role="cell" class="first"><a href=${`#/invitation/${item.id}`}>${soft(item.address)}</a><${Tested} of=${item} />${item.name && html`<span class="soft">${item.name}</span>`}</td>
    ${columns.slice(1).map((name) => html`<td role="cell" data-label=${t(`column.${name}`)}><div>${cells[name]}</div></td>`)}</tr>`;
}
