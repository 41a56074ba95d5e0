// Leads become contacts, together: the role that their access moves to is chosen, or the settings say it for each.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Dialog} from './dialog.js';
import {Choice} from './fields.js';
import {Form, useForm} from './form.js';
import {t} from './i18n.js';
import {Press, say} from './page.js';
import {explain} from './problem.js';
import {roleNames} from './staffparts.js';

/** `ids` are the leads, `whose` those of the list, by whose names is said what became of them. */
export function Leads({ids, whose, context, close, done}) {
  const [refused, setRefused] = useState(null);
  const form = useForm({role: ''}, async ({role}) => {
    const {lines} = await post(`${context.base}/contacts/convert`, {contacts: ids, ...(role ? {role} : {})});
    const bad = lines.filter(({verdict}) => verdict === 'refused');
    done();
    say(t('contacts.converted_many', {count: lines.length - bad.length}));
    if (bad.length) setRefused(bad);
    else close();
  });
  const nameOf = (id) => {
    const {name, address} = whose.find((one) => one.id === id) || {};
    return name || address || id;
  };
  if (refused) return html`<${Dialog} key=refused title=${t('deed.refused', {count: refused.length})} close=${close}>
    <ul>${refused.map((line) => html`<li><b>${nameOf(line.contact)}</b>: ${explain({code: line.code, message: line.detail, body: line})}</li>`)}</ul>
    <${Press} kind="main" act=${close} label=${t('deed.close')} /></${Dialog}>`;
  const roles = roleNames({...context, roles: context.roles.filter((one) => one.for === 'contacts')});
  return html`<${Dialog} title=${t('contacts.convert_many', {count: ids.length})} close=${close}><p>${t('contacts.convert_about')}</p>
    <${Form} form=${form} label=${t('contacts.convert')} second=${html`<button type="button" class="quiet" onClick=${close}>${t('deed.back')}</button>`}>
      <${Choice} form=${form} name="role" label=${t('column.role')} options=${[['', t('contacts.as_mapped')], ...roles]} />
    </${Form}></${Dialog}>`;
}
