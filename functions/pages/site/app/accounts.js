// The accounts of the firm by name: companies and households, each with a page of its own.

import {html, useEffect, useState} from '../lib/preact.js';
import {get} from './api.js';
import {t} from './i18n.js';
import {Screen} from './page.js';
import {explain} from './problem.js';
import {Pages} from './turn.js';

export function View({context}) {
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState(null);
  const load = async () => {
    const cursor = cursors.at(-1);
    try {
      setList(await get(`${context.base}/accounts${cursor && `?cursor=${encodeURIComponent(cursor)}`}`));
    } catch (problem) {
      if (/^cursor_/.test(problem.code)) setCursors(['']);
      else setList({items: [], problem});
    }
  };
  useEffect(() => { load(); }, [cursors]);
  return html`<${Screen} title=${t('console.accounts')} firm=${context.firm}><p>${t('accounts.about')}</p>
    ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
    ${list && !list.problem && !list.items.length && html`<p class="notice">${t('accounts.none')}</p>`}
    <ul class="rows">${list?.items.map((account) => html`<li key=${account.id}><span><a href=${`#/account/${account.id}`}>${account.name}</a>
      ${account.personal && html`<span class="soft">${t('accounts.personal')}</span>`}</span></li>`)}</ul>
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}</${Screen}>`;
}
