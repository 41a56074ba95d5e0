// Who was let in and has not come yet: sent to or never, a page at a time, with one deed for many.

import {html, useEffect, useState} from '../lib/preact.js';
import {get} from './api.js';
import {t, when} from './i18n.js';
import {later} from './later.js';
import {Through} from './narrow.js';
import {Press, Screen, say, soft} from './page.js';
import {explain} from './problem.js';
import {Mark, Tested, called, person, word} from './staffparts.js';
import {Pages} from './turn.js';

const Deed = later(() => import('./deed.js'), 'Deed', 'deeds');

const columns = ['address', 'to', 'sent', 'by'];
const orders = ['oldest', 'newest', 'never'];
let kept = {order: 'oldest', role: '', inviter: ''}; // while other views are looked at

const keyOf = ({invitation, portal, grants}) => `${invitation || grants[0].contact} ${portal}`;

/** What a deed is about: an invitation that can be sent again, else what was granted. */
function linesOf({invitation, state, portal, grants}) {
  if (state === 'pending' || state === 'expired') return [{invitation}];
  return grants.map(({account, contact}) => ({account, contact, portal}));
}

export function View({context}) {
  const [query, setQuery] = useState(kept);
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState(null);
  const [picked, setPicked] = useState([]);
  const [deed, setDeed] = useState('');
  const load = async () => {
    const {order, role, inviter} = query;
    const asked = {...(order === 'never' ? {sent: 'never', role} : {order, role, inviter}), cursor: cursors.at(-1)};
    try {
      setList(await get(`${context.base}/pending?${new URLSearchParams(Object.entries(asked).filter(([, value]) => value))}`));
      setPicked([]);
    } catch (problem) {
      if (/^cursor_/.test(problem.code)) setCursors(['']);
      else setList({items: [], problem});
    }
  };
  useEffect(() => { load(); }, [query, cursors]);
  const filter = (name, value) => {
    kept = {...query, [name]: value};
    if (kept.order === 'never') kept.inviter = ''; // nobody has sent to them
    setCursors(['']);
    setQuery(kept);
  };
  const items = list?.items || [];
  const all = items.length > 0 && picked.length === items.length;
  const ask = (name) => (picked.length ? setDeed(name) : say(t('pending.select_first')));
  const chosen = items.filter((item) => picked.includes(keyOf(item)));
  return html`<${Screen} title=${t('console.pending')} firm=${context.firm} kind="list"><p>${t('pending.about')}</p>
    <div class="filters"><div class="broad"><label for="by-order">${t('list.order')}</label><select id="by-order" onChange=${(event) => filter('order', event.currentTarget.value)}>
      ${orders.map((one) => html`<option value=${one} selected=${one === query.order}>${t(`pendingorder.${one}`)}</option>`)}</select></div>
      <${Through} context=${context} query=${query} filter=${filter} without=${query.order === 'never' ? 'inviter' : ''} /></div>
    ${context.mayInvite && html`<div class="actions bulk" role="group" aria-label=${t('list.selection')}>
      <span class="tick"><input type="checkbox" id="all" checked=${all} onChange=${() => setPicked(all ? [] : items.map(keyOf))} />
        <label for="all">${t('list.select_all')}</label></span>
      <span class="soft">${t('pending.selected', {count: picked.length})}</span>
      <${Press} act=${() => ask('resend')} label=${t('pending.send')} />
      <${Press} act=${() => ask('cancel')} label=${t('pending.cancel')} /></div>`}
    ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
    ${list && !list.problem && html`<${Table} items=${items} context=${context} narrowed=${Boolean(query.role || query.inviter)} picked=${picked} pick=${setPicked} />`}
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}
    ${deed && html`<${Deed} area="pendingdeed" deed=${deed} count=${chosen.length} lines=${chosen.flatMap(linesOf)}
      whose=${chosen.flatMap((item) => linesOf(item).map(() => item.address || item.name))} label=${t(deed === 'resend' ? 'pending.send' : 'list.cancel')} context=${context}
      close=${() => setDeed('')} done=${load} />`}
  </${Screen}>`;
}

function Table({items, context, narrowed, picked, pick}) {
  if (!items.length) return html`<p class="notice">${t(narrowed ? 'list.empty' : 'pending.empty')}</p>`;
  const toggle = (key) => pick(picked.includes(key) ? picked.filter((one) => one !== key) : [...picked, key]);
  return html`<table role="table"><caption class="unseen">${t('console.pending')}</caption>
    <thead role="rowgroup"><tr role="row">
      ${context.mayInvite && html`<th role="columnheader" scope="col"><span class="unseen">${t('list.selection')}</span></th>`}
      ${columns.map((name) => html`<th role="columnheader" scope="col">${t(`column.${name}`)}</th>`)}</tr></thead>
    <tbody role="rowgroup">${items.map((item) => html`<${Row} key=${keyOf(item)} item=${item} context=${context}
      picked=${picked.includes(keyOf(item))} toggle=${() => toggle(keyOf(item))} />`)}</tbody></table>`;
}

function Row({item, context, picked, toggle}) {
  const {address, name, stopped, state, invitation, grants} = item;
  const shown = address ? soft(address) : t('pending.no_address');
  const cells = {
    to: html`${grants.map((one) => html`<a href=${`#/account/${one.account}`}>${one.name || t('pending.account')}</a> `)}
      <span class="soft">${called(item.portal, context.portals)} · ${[...new Set(grants.map(({role}) => called(role, context.roles)))].join(', ')}</span>`,
    sent: html`${item.sent_at && when(item.sent_at, true)} ${state !== 'pending' && html`<${Mark} of=${state} area="pendingstate" />`}
      ${item.member && html`<span class="soft">${t('pending.member')}</span>`}`,
    by: item.invited_by && person(item.invited_by, context),
  };
  return html`<tr role="row">
    ${context.mayInvite && html`<td role="cell" class="pick"><input type="checkbox" checked=${picked}
      aria-label=${t('list.select', {address: address || name || t('pending.no_address')})} onChange=${toggle} /></td>`}
    <td role="cell" class="first">${invitation ? html`<a href=${`#/invitation/${invitation}`}>${shown}</a>` : shown}
      <${Tested} of=${item} />${name && html`<span class="soft">${name}</span>`}
      ${stopped && html`<span class="badge bad">${word('delivery', stopped)}</span><span class="soft">${word('reason', stopped)}</span>`}</td>
    ${columns.slice(1).map((column) => html`<td role="cell" data-label=${t(`column.${column}`)}><div>${cells[column]}</div></td>`)}</tr>`;
}
