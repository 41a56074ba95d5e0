// The further filters of invitations: the role, who invited, the beginning of an address or a name.

import {html, useEffect, useRef, useState} from '../lib/preact.js';
import {t} from './i18n.js';
import {Through} from './narrow.js';
import {Search, useTyped} from './search.js';

/** The further filters of invitations. */
export function More({context, query, filter}) {
  const [typed, type, term] = useTyped(query.address || query.name);
  const [by, setBy] = useState(query.name ? 'name' : 'address');
  const fresh = useRef(true);
  useEffect(() => {
    if (!fresh.current) filter({address: '', name: '', [by]: term});
    fresh.current = false;
  }, [by, term]);
  return html`<div class="filters"><${Through} context=${context} query=${query} filter=${(name, value) => filter({[name]: value})} />
      <div><label for="by">${t('contacts.by')}</label><select id="by" onChange=${(event) => setBy(event.currentTarget.value)}>
        ${['address', 'name'].map((one) => html`<option value=${one} selected=${one === by}>${t(`column.${one}`)}</option>`)}</select></div></div>
    <${Search} id="search" label=${t(`contactsby.${by}`)} typed=${typed} type=${type} />`;
}
