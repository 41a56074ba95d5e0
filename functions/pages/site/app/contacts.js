// The people the firm knows, by name, with a search by the beginning of name or address, or by account.

import {html, useEffect, useState} from '../lib/preact.js';
import {get} from './api.js';
import {t} from './i18n.js';
import {Screen, soft} from './page.js';
import {Accounts, Search, useTyped} from './picker.js';
import {explain} from './problem.js';
import {Pages} from './turn.js';

export function View({context}) {
  const [typed, type, term] = useTyped();
  const [by, setBy] = useState('name');
  const [account, setAccount] = useState([]);
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState(null);
  const filter = by === 'account' ? {account: account[0]?.id} : {[term.includes('@') ? 'address' : by]: term};
  const asked = JSON.stringify(filter);
  useEffect(() => { setCursors(['']); }, [asked]);
  useEffect(() => {
    let current = true;
    const query = new URLSearchParams(Object.entries({...filter, cursor: cursors.at(-1)}).filter(([, value]) => value));
    get(`${context.base}/contacts?${query}`).then((answer) => { if (current) setList(answer); }, (problem) => {
      if (/^cursor_/.test(problem.code)) setCursors(['']);
      else if (current) setList({items: [], problem});
    });
    return () => { current = false; };
  }, [asked, cursors]);
  return html`<${Screen} title=${t('console.contacts')} firm=${context.firm}>
    <p>${t('contacts.about')}</p>
    ${context.admin && html`<p><a class="main" href="#/contact/new">${t('contacts.new')}</a></p>`}
    <div class="field"><label for="by">${t('contacts.by')}</label><select id="by" onChange=${(event) => setBy(event.currentTarget.value)}>
      ${['name', 'address', 'account'].map((one) => html`<option value=${one} selected=${one === by}>${t(`column.${one}`)}</option>`)}</select></div>
    ${by === 'account'
      ? html`<${Accounts} id="search" label=${t('search.account')} context=${context} chosen=${account} change=${setAccount} />`
      : html`<${Search} id="search" label=${t(`contactsby.${by}`)} hint=${t('contacts.by_hint')} typed=${typed} type=${type} />`}
    ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
    <div role="status">${list && !list.problem && !list.items.length && html`<p class="notice">${t(Object.values(filter)[0] ? 'search.nothing' : 'contacts.none')}</p>`}</div>
    <ul class="rows">${list?.items.map((one) => html`<li key=${one.id}><span>
      <a href=${`#/contact/${one.id}`}>${one.name || soft(one.address || one.id)}</a>
      ${one.name && one.address && html`<span class="soft">${soft(one.address)}</span>`}
      ${one.external_id && html`<span class="soft">${one.external_id}</span>`}</span>
      ${one.lead && html`<span class="badge plain">${t('contacts.lead')}</span>`}</li>`)}</ul>
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}</${Screen}>`;
}
