// The people the firm knows, by name, with a search by the beginning of name or address, by account or by role, or the
// test clients of them; leads become contacts together.

import {html, useEffect, useState} from '../lib/preact.js';
import {get} from './api.js';
import {t} from './i18n.js';
import {later} from './later.js';
import {Press, Screen, say, soft} from './page.js';
import {Accounts} from './picker.js';
import {explain} from './problem.js';
import {Search, useTyped} from './search.js';
import {Tested, roleNames} from './staffparts.js';
import {Pages} from './turn.js';

const Leads = later(() => import('./leads.js'), 'Leads');

export function View({context}) {
  const [typed, type, term] = useTyped();
  const [by, setBy] = useState('name');
  const [account, setAccount] = useState([]);
  const [role, setRole] = useState(context.roles[0]?.id || '');
  const [picked, setPicked] = useState([]);
  const [converting, setConverting] = useState(false);
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState(null);
  const filter = {account: {account: account[0]?.id}, role: {role}, test: {test: 'true'}}[by] || {[term.includes('@') ? 'address' : by]: term};
  const asked = JSON.stringify(filter);
  useEffect(() => { setCursors(['']); }, [asked]);
  useEffect(() => {
    let current = true;
    const query = new URLSearchParams(Object.entries({...filter, cursor: cursors.at(-1)}).filter(([, value]) => value));
    get(`${context.base}/contacts?${query}`).then((answer) => {
      if (!current) return;
      setList(answer);
      setPicked([]);
    }, (problem) => {
      if (/^cursor_/.test(problem.code)) setCursors(['']);
      else if (current) setList({items: [], problem});
    });
    return () => { current = false; };
  }, [asked, cursors]);
  const leads = context.admin && list ? list.items.filter(({lead}) => lead).map(({id}) => id) : [];
  const all = picked.length === leads.length;
  const toggle = (id) => setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  return html`<${Screen} title=${t('console.contacts')} firm=${context.firm}>
    <p>${t('contacts.about')}</p>
    ${context.admin && html`<p><a class="main" href="#/contact/new">${t('contacts.new')}</a> <a href="#/contact/test">${t('contacts.test_new')}</a></p>`}
    <div class="field"><label for="by">${t('contacts.by')}</label><select id="by" onChange=${(event) => setBy(event.currentTarget.value)}>
      ${['name', 'address', 'account', 'role', 'test'].map((one) => html`<option value=${one} selected=${one === by}>${t(one === 'test' ? 'contacts.tests'
        : `column.${one}`)}</option>`)}</select></div>
    ${by === 'account' && html`<${Accounts} id="search" label=${t('search.account')} context=${context} chosen=${account} change=${setAccount} />`}
    ${by === 'role' && html`<div class="field"><label for="role">${t('column.role')}</label><p class="hint" id="role-hint">${t('contacts.role_hint')}</p>
      <select id="role" aria-describedby="role-hint" onChange=${(event) => setRole(event.currentTarget.value)}>${roleNames(context).map(([id, name]) => html`<option
        value=${id} selected=${id === role}>${name}</option>`)}</select></div>`}
    ${(by === 'name' || by === 'address') && html`<${Search} id="search" label=${t(`contactsby.${by}`)} hint=${t('contacts.by_hint')} typed=${typed} type=${type} />`}
    ${leads.length > 0 && html`<div class="actions bulk" role="group" aria-label=${t('list.selection')}>
      <span class="tick"><input type="checkbox" id="all" checked=${all} onChange=${() => setPicked(all ? [] : leads)} /><label for="all">${t('contacts.all_leads')}</label></span>
      <span class="soft">${t('contacts.leads', {count: picked.length})}</span>
      <${Press} act=${() => (picked.length ? setConverting(true) : say(t('contacts.select_first')))} label=${t('contacts.convert')} /></div>`}
    ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
    <div role="status">${list && !list.problem && !list.items.length && html`<p class="notice">${t(empty(by, filter))}</p>`}</div>
    <ul class="rows">${list?.items.map((one) => html`<li key=${one.id} class=${one.lead && context.admin ? 'picked' : ''}>${one.lead && context.admin && html`<input type="checkbox" checked=${picked.includes(one.id)}
        aria-label=${t('list.select', {address: one.name || one.address || one.id})} onChange=${() => toggle(one.id)} />`}<span>
      <a href=${`#/contact/${one.id}`}>${one.name || soft(one.address || one.id)}</a>
      ${one.name && one.address && html`<span class="soft">${soft(one.address)}</span>`}
      ${one.external_id && html`<span class="soft">${one.external_id}</span>`}</span>
      <${Tested} of=${one} />
      ${one.lead && html`<span class="badge plain">${t('contacts.lead')}</span>`}</li>`)}</ul>
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}
    ${converting && html`<${Leads} ids=${picked} whose=${list.items} context=${context} close=${() => setConverting(false)}
      done=${() => setCursors([...cursors])} />`}</${Screen}>`;
}

function empty(by, filter) {
  if (by === 'role') return 'contacts.none_in_role';
  if (by === 'test') return 'contacts.no_tests';
  return Object.values(filter)[0] ? 'search.nothing' : 'contacts.none';
}
