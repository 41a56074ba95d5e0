// Choosing accounts by searching as one types, without loading them all.

import {html, useEffect, useState} from '../lib/preact.js';
import {get} from './api.js';
import {t} from './i18n.js';
import {explain} from './problem.js';
import {Search, useTyped} from './search.js';

const few = 8; // accounts offered at once; chosen, no evidence

/** Chooses one account, or with `many` several, among those whose names begin with what is typed. `chosen` are accounts
 *  with id and name, `change` gets the new ones. */
export function Accounts({id, label, hint, context, chosen, change, many}) {
  const [typed, type, term] = useTyped();
  const [found, setFound] = useState(null);
  useEffect(() => {
    let current = true;
    const show = (answer) => { if (current) setFound(answer); };
    if (!term) setFound(null);
    else get(`${context.base}/accounts?name=${encodeURIComponent(term)}`).then(show, (problem) => show({items: [], problem}));
    return () => { current = false; };
  }, [term]);
  const offered = (found?.items || []).filter((one) => !one.personal && !chosen.some((other) => other.id === one.id)).slice(0, few);
  const choose = (account) => {
    change(many ? [...chosen, account] : [account]);
    type('');
    document.getElementById(id).focus();
  };
  return html`<${Search} id=${id} label=${label} hint=${hint} typed=${typed} type=${type} />
    ${chosen.length > 0 && html`<ul class="rows">${chosen.map((one) => html`<li key=${one.id}><span>${one.name}</span>
      <button type="button" class="quiet" aria-label=${t('search.drop_one', {name: one.name})}
        onClick=${() => change(chosen.filter((other) => other !== one))}>${t('search.drop')}</button></li>`)}</ul>`}
    <div role="status">${found?.problem && explain(found.problem)}${found && !found.problem && t('search.found', {count: offered.length})}</div>
    ${offered.length > 0 && html`<ul class="rows">${offered.map((one) => html`<li key=${one.id}><span>${one.name}</span>
      <button type="button" class="quiet" aria-label=${t('search.choose_one', {name: one.name})}
        onClick=${() => choose(one)}>${t('search.choose')}</button></li>`)}</ul>`}`;
}
