// The accounts of the firm by name, all or those that begin like what is typed: companies and households, each with a page
// of its own.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, post} from './api.js';
import {Form, Text, useForm} from './form.js';
import {t} from './i18n.js';
import {Screen, say} from './page.js';
import {Search, useTyped} from './picker.js';
import {explain} from './problem.js';
import {Mark} from './staffparts.js';
import {Pages} from './turn.js';

export function View({context}) {
  const [typed, type, term] = useTyped();
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState(null);
  useEffect(() => { setCursors(['']); }, [term]);
  useEffect(() => {
    let current = true;
    const query = new URLSearchParams(Object.entries({name: term, cursor: cursors.at(-1)}).filter(([, value]) => value));
    get(`${context.base}/accounts?${query}`).then((answer) => { if (current) setList(answer); }, (problem) => {
      if (/^cursor_/.test(problem.code)) setCursors(['']);
      else if (current) setList({items: [], problem});
    });
    return () => { current = false; };
  }, [term, cursors]);
  return html`<${Screen} title=${t('console.accounts')} firm=${context.firm}><p>${t('accounts.about')}</p>
    <${Search} id="search" label=${t('search.account')} typed=${typed} type=${type} />
    ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
    <div role="status">${list && !list.problem && !list.items.length && html`<p class="notice">${t(term ? 'search.nothing' : 'accounts.none')}</p>`}</div>
    <ul class="rows">${list?.items.map((account) => html`<li key=${account.id}><span><a href=${`#/account/${account.id}`}>${account.name}</a>
      ${account.personal && html`<span class="soft">${t('accounts.personal')}</span>`}
      ${account.external_id && html`<span class="soft">${account.external_id}</span>`}</span>
      ${account.state && html`<${Mark} of=${account.state} area="accountstate" />`}</li>`)}</ul>
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}</${Screen}>
    ${context.admin && html`<${NewAccount} context=${context} />`}`;
}

function NewAccount({context}) {
  const form = useForm({name: '', external_id: ''}, async ({name, external_id: external}) => {
    const made = await post(`${context.base}/accounts`, {name, ...(external.trim() ? {external_id: external.trim()} : {})});
    say(t('accounts.made', {name: made.name}));
    location.hash = `#/account/${made.id}`;
  }, {needs: ['name']});
  return html`<section class="card"><h2>${t('accounts.new')}</h2><${Form} form=${form} label=${t('accounts.make')}>
    <${Text} form=${form} name="name" label=${t('column.name')} maxlength="80" />
    <${Text} form=${form} name="external_id" label=${t('search.external')} hint=${t('search.external_hint')} optional maxlength="128"
      autocapitalize="none" spellcheck="false" /></${Form}></section>`;
}
