// Who has come: by address, found by how address or name begins, or by role or inviter, a page at a time; deactivating them, letting
// them in again, and making one of them staff.

import {html, useEffect, useState} from '../lib/preact.js';
import {get} from './api.js';
import {language, t} from './i18n.js';
import {later} from './later.js';
import {Through} from './narrow.js';
import {Press, Screen, say, soft} from './page.js';
import {explain} from './problem.js';
import {Search, useTyped} from './search.js';
import {Mark, Tested, called} from './staffparts.js';
import {Pages} from './turn.js';

const Deed = later(() => import('./memberdeed.js'), 'Deed', 'deeds');
const Promotion = later(() => import('./memberdeed.js'), 'Promotion', 'deeds');

const columns = ['address', 'to', 'last', 'state'];
const none = {role: '', inviter: ''};
let kept = none; // while other views are looked at

export function View({context}) {
  const [typed, type, term] = useTyped();
  const [query, setQuery] = useState(kept);
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState(null);
  const [picked, setPicked] = useState([]);
  const [deed, setDeed] = useState('');
  const filter = term ? {[term.includes('@') ? 'address' : 'name']: term} : query;
  const asked = JSON.stringify(filter);
  useEffect(() => { setCursors(['']); }, [asked]);
  useEffect(() => {
    let current = true;
    const all = Object.entries({...filter, with: 'access', cursor: cursors.at(-1)}).filter(([, value]) => value);
    get(`${context.base}/members?${new URLSearchParams(all)}`).then((answer) => {
      if (!current) return;
      setList(answer);
      setPicked([]);
    }, (problem) => {
      if (/^cursor_/.test(problem.code)) setCursors(['']);
      else if (current) setList({items: [], problem});
    });
    return () => { current = false; };
  }, [asked, cursors]);
  const narrow = (name, value) => { // no one query answers two of them
    kept = {...none, [name]: value};
    setQuery(kept);
    type('');
  };
  const search = (value) => {
    if (value) setQuery(kept = none);
    type(value);
  };
  const items = list?.items || [];
  const all = items.length > 0 && picked.length === items.length;
  const chosen = items.filter(({id}) => picked.includes(id));
  const ask = (name) => {
    if (!picked.length) say(t('members.select_first'));
    else if (name === 'promote' && picked.length > 1) say(t('members.select_one'));
    else setDeed(name);
  };
  const done = () => setCursors([...cursors]);
  const close = () => setDeed('');
  return html`<${Screen} title=${t('console.members')} firm=${context.firm} kind="list"><p>${t('members.about')}</p>
    <${Search} id="search" label=${t('members.search')} typed=${typed} type=${search} />
    <div class="filters"><${Through} context=${context} query=${query} filter=${narrow} /></div>
    ${context.admin && html`<div class="actions bulk" role="group" aria-label=${t('list.selection')}>
      <span class="tick"><input type="checkbox" id="all" checked=${all} onChange=${() => setPicked(all ? [] : items.map(({id}) => id))} />
        <label for="all">${t('list.select_all')}</label></span>
      <span class="soft">${t('members.selected', {count: picked.length})}</span>
      ${['deactivate', 'reactivate', 'promote'].map((name) => html`<${Press} act=${() => ask(name)} label=${t(`members.${name}`)} />`)}</div>`}
    ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
    <div role="status">${list && !list.problem && !items.length && html`<p class="notice">${t(empty(list, filter))}</p>`}</div>
    ${items.length > 0 && html`<${Table} items=${items} context=${context} picked=${picked} pick=${setPicked} />`}
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}
    ${deed === 'promote' && html`<${Promotion} member=${chosen[0]} context=${context} close=${close} done=${done} />`}
    ${deed && deed !== 'promote' && html`<${Deed} deed=${deed} members=${chosen} context=${context} close=${close} done=${done} />`}</${Screen}>`;
}

function empty({next}, filter) {
  if (next) return 'members.none_here';
  return Object.values(filter).some(Boolean) ? 'members.none_such' : 'members.none';
}

function Table({items, context, picked, pick}) {
  const toggle = (id) => pick(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  return html`<table role="table"><caption class="unseen">${t('console.members')}</caption>
    <thead role="rowgroup"><tr role="row">
      ${context.admin && html`<th role="columnheader" scope="col"><span class="unseen">${t('list.selection')}</span></th>`}
      ${columns.map((name) => html`<th role="columnheader" scope="col">${t(`column.${name}`)}</th>`)}</tr></thead>
    <tbody role="rowgroup">${items.map((item) => html`<${Row} key=${item.id} item=${item} context=${context}
      picked=${picked.includes(item.id)} toggle=${() => toggle(item.id)} />`)}</tbody></table>`;
}

function Row({item, context, picked, toggle}) {
  const {address, name, access = [], more} = item;
  const [first] = access;
  const cells = {
    to: html`${access.map((one) => html`<span class="lines"><a href=${`#/account/${one.account}`}>${soft(one.account_name)}</a>
        <span class="soft">${called(one.portal, context.portals)} · ${called(one.role, context.roles)}
          ${one.state !== 'active' && html` <${Mark} of=${one.state} area="grantstate" />`}</span></span>`)}
      ${more && html`<span class="soft">${t('members.more')}</span>`}`,
    last: item.last_sign_in_at ? day(item.last_sign_in_at) : t('list.never'),
    state: html`<${Mark} of=${item.deactivated ? 'deactivated' : 'active'} area="memberstate" />`,
  };
  return html`<tr role="row">
    ${context.admin && html`<td role="cell" class="pick"><input type="checkbox" checked=${picked}
      aria-label=${t('list.select', {address})} onChange=${toggle} /></td>`}
    <td role="cell" class="first">${first ? html`<a href=${`#/contact/${first.contact}`}>${soft(address)}</a>` : soft(address)}
      <${Tested} of=${item} />${name && html`<span class="soft">${name}</span>`}</td>
    ${columns.slice(1).map((column) => html`<td role="cell" data-label=${t(`column.${column}`)}><div>${cells[column]}</div></td>`)}</tr>`;
}

/** The day of a sign-in, which is noted to the day. */
const day = (instant) => new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeZone: 'UTC'}).format(new Date(instant));
