// What else lists are narrowed by: the role, and who invited.

import {html} from '../lib/preact.js';
import {t} from './i18n.js';
import {useEverybody} from './people.js';
import {person, roleNames} from './staffparts.js';

/** Choices of a role and of a colleague, to stand among a list's filters. `filter` gets a name and its value;
 *  one of the two may be left out. */
export function Through({context, query, filter, without}) {
  const staff = useEverybody(context);
  const choices = {role: roleNames(context), inviter: staff.map((one) => [one.id, person(one, context)])};
  return Object.entries(choices).filter(([name]) => name !== without).map(([name, options]) => html`<div key=${name}><label for=${`by-${name}`}>${t(`narrow.${name}`)}</label>
    <select id=${`by-${name}`} onChange=${(event) => filter(name, event.currentTarget.value)}>
      ${[['', t('list.all')], ...options].map(([value, text]) => html`<option value=${value} selected=${value === query[name]}>${text}</option>`)}</select></div>`);
}
