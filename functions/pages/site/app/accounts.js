// The accounts of the firm: by name, or by state and last sign-in; each with a page of its own, and deeds for a selection.

import {html, useEffect, useState} from '../lib/preact.js';
import {choice, setChoice} from './choice.js';
import {get} from './api.js';
import {language, t} from './i18n.js';
import {later} from './later.js';
import {Press, Screen, say, soft} from './page.js';
import {explain} from './problem.js';
import {Search, useTyped} from './search.js';
import {Mark} from './staffparts.js';
import {Pages} from './turn.js';

const Switches = later(() => import('./switches.js'), 'Switches', 'grants', 'reasons');
const NewAccount = later(() => import('./newaccount.js'), 'NewAccount');

const most = 1000; // accounts that one request names: functions/bulk holds it too
const columns = ['name', 'state', 'last'];
const none = {state: '', last: '', before: ''};
let kept = none; // while other views are looked at

/** What the API is asked for: a name, or what the filters say. */
function asked(term, {state, last, before}) {
  const all = term ? {name: term} : {state, signed_in: last === 'never' ? last : '', last_sign_in_before: last === 'before' ? before : ''};
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value)).toString();
}

export function View({context}) {
  const [typed, type, term] = useTyped();
  const [filter, setFilter] = useState(kept);
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState(null);
  const [picked, setPicked] = useState(choice());
  const [switching, setSwitching] = useState(false);
  const query = asked(term, filter);
  const path = (cursor) => `${context.base}/accounts?${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
  useEffect(() => { setCursors(['']); }, [query]);
  useEffect(() => {
    let current = true;
    get(path(cursors.at(-1))).then((answer) => { if (current) setList(answer); }, (problem) => {
      if (/^cursor_/.test(problem.code)) setCursors(['']);
      else if (current) setList({items: [], problem});
    });
    return () => { current = false; };
  }, [query, cursors]);
  const pick = (accounts) => {
    setChoice(accounts);
    setPicked(accounts);
  };
  const narrow = (name, value) => {
    kept = {...filter, [name]: value};
    setFilter(kept);
    type('');
  };
  const search = (value) => {
    if (value && filter !== none) {
      kept = none;
      setFilter(none);
    }
    type(value);
  };
  const everything = async () => {
    const found = new Map(picked.map((one) => [one.id, one]));
    let next = '';
    do {
      const answer = await get(path(next));
      for (const {id, name} of answer.items) if (found.size < most) found.set(id, {id, name});
      ({next} = answer);
    } while (next && found.size < most);
    pick([...found.values()]);
    say(t('accounts.selected', {count: found.size}));
  };
  const ask = (deed) => (picked.length ? deed() : say(t('accounts.select_first')));
  return html`<${Screen} title=${t('console.accounts')} firm=${context.firm} kind="list"><p>${t('accounts.about')}</p>
    <${Search} id="search" label=${t('search.account')} typed=${typed} type=${search} />
    <${Filters} filter=${filter} narrow=${narrow} />
    ${context.admin && html`<${Selection} items=${list?.items || []} picked=${picked} pick=${pick} everything=${everything}
      reach=${() => ask(() => { location.hash = '#/everybody'; })} change=${() => ask(() => setSwitching(true))} />`}
    ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
    <div role="status">${list && !list.problem && !list.items.length && html`<p class="notice">${t(empty(term, query))}</p>`}</div>
    ${list?.items.length > 0 && html`<${Table} items=${list.items} context=${context} picked=${picked} pick=${pick} />`}
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}
    ${switching && html`<${Switches} title=${t('switches.accounts', {count: picked.length})} lines=${picked.map(({id}) => ({account: id}))} context=${context}
      close=${() => setSwitching(false)} done=${() => setCursors([...cursors])} />`}</${Screen}>
    ${context.admin && html`<${NewAccount} context=${context} />`}`;
}

const empty = (term, query) => {
  if (term) return 'search.nothing';
  return query ? 'accounts.none_such' : 'accounts.none';
};

function Filters({filter, narrow}) {
  const choices = {
    state: ['active', 'pending', 'offline'].map((state) => [state, t(`accountstate.${state}`)]),
    last: ['never', 'before'].map((last) => [last, t(`accountlast.${last}`)]),
  };
  return html`<div class="filters">${Object.entries(choices).map(([name, options]) => html`<div>
      <label for=${`by-${name}`}>${t(`column.${name}`)}</label><select id=${`by-${name}`} onChange=${(event) => narrow(name, event.currentTarget.value)}>
        ${[['', t('list.all')], ...options].map(([value, text]) => html`<option value=${value} selected=${value === filter[name]}>${text}</option>`)}
      </select></div>`)}
    ${filter.last === 'before' && html`<div><label for="by-before">${t('accounts.before')}</label>
      <input type="date" id="by-before" value=${filter.before} onChange=${(event) => narrow('before', event.currentTarget.value)} /></div>`}</div>`;
}

function Selection({items, picked, pick, everything, reach, change}) {
  const here = items.filter(({id}) => picked.some((one) => one.id === id));
  const all = items.length > 0 && here.length === items.length;
  const rest = picked.filter((one) => !here.some(({id}) => id === one.id));
  return html`<div class="actions bulk" role="group" aria-label=${t('list.selection')}>
    <span class="tick"><input type="checkbox" id="all" checked=${all}
      onChange=${() => pick(all ? rest : [...rest, ...items.map(({id, name}) => ({id, name}))])} /><label for="all">${t('list.select_all')}</label></span>
    <span class="soft">${t('accounts.selected', {count: picked.length})}</span>
    <${Press} act=${everything} label=${t('accounts.everything')} busy=${t('form.busy')} />
    ${picked.length > 0 && html`<${Press} act=${() => pick([])} label=${t('accounts.nothing')} />`}
    <${Press} act=${reach} label=${t('accounts.reach')} />
    <${Press} act=${change} label=${t('switches.change')} /></div>`;
}

function Table({items, context, picked, pick}) {
  const toggle = ({id, name}) => pick(picked.some((one) => one.id === id) ? picked.filter((one) => one.id !== id) : [...picked, {id, name}]);
  return html`<table role="table"><caption class="unseen">${t('console.accounts')}</caption>
    <thead role="rowgroup"><tr role="row">
      ${context.admin && html`<th role="columnheader" scope="col"><span class="unseen">${t('list.selection')}</span></th>`}
      ${columns.map((name) => html`<th role="columnheader" scope="col">${t(`column.${name}`)}</th>`)}</tr></thead>
    <tbody role="rowgroup">${items.map((account) => html`<tr role="row" key=${account.id}>
      ${context.admin && html`<td role="cell" class="pick"><input type="checkbox" checked=${picked.some(({id}) => id === account.id)}
        aria-label=${t('list.select', {address: account.name})} onChange=${() => toggle(account)} /></td>`}
      <td role="cell" class="first"><a href=${`#/account/${account.id}`}>${soft(account.name)}</a>
        ${account.personal && html`<span class="soft">${t('accounts.personal')}</span>`}
        ${account.external_id && html`<span class="soft">${account.external_id}</span>`}</td>
      <td role="cell" data-label=${t('column.state')}><div><${Mark} of=${account.state} area="accountstate" /></div></td>
      <td role="cell" data-label=${t('column.last')}><div>${account.last_sign_in_at ? day(account.last_sign_in_at) : t('list.never')}</div></td></tr>`)}</tbody></table>`;
}

/** The day of a sign-in, which is noted to the day. */
const day = (instant) => new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeZone: 'UTC'}).format(new Date(instant));
