// What else lists are narrowed by: the role, who invited, the beginning of an address or a name.

import {html, useEffect, useRef, useState} from '../lib/preact.js';
import {t} from './i18n.js';
import {Search, useTyped} from './picker.js';
import {person, roleNames} from './staffparts.js';
import {whole} from './whole.js';

/** Choices of a role and of a colleague, to stand among a list's filters. `filter` gets a name and its value;
 *  one of the two may be left out. */
export function Through({context, query, filter, without}) {
  const [staff, setStaff] = useState([]);
  useEffect(() => { whole(`${context.base}/staff`).then(setStaff, () => {}); }, []);
  const choices = {role: roleNames(context), inviter: staff.map((one) => [one.id, person(one, context)])};
  return Object.entries(choices).filter(([name]) => name !== without).map(([name, options]) => html`<div key=${name}><label for=${`by-${name}`}>${t(`narrow.${name}`)}</label>
    <select id=${`by-${name}`} onChange=${(event) => filter(name, event.currentTarget.value)}>
      ${[['', t('list.all')], ...options].map(([value, text]) => html`<option value=${value} selected=${value === query[name]}>${text}</option>`)}</select></div>`);
}

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
