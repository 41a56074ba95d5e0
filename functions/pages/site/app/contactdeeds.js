// What is done about one contact beside its card: a lead becomes a contact, a test client goes.

import {html, useState} from '../lib/preact.js';
import {post, remove} from './api.js';
import {Dialog} from './dialog.js';
import {t} from './i18n.js';
import {Press, say} from './page.js';

/** A test client goes, after a question. */
export function Removal({contact, context, reload}) {
  const [asking, ask] = useState(false);
  const confirmed = async () => {
    await remove(`${context.base}/contacts/${contact.id}`);
    ask(false);
    await reload();
    say(t('contacts.test_removed'));
  };
  return html`<section class="card"><h2>${t('contacts.test_remove')}</h2><p>${t('contacts.test_remove_about')}</p>
    <p><${Press} act=${() => ask(true)} label=${t('contacts.test_remove')} /></p>
    ${asking && html`<${Dialog} title=${t('contacts.test_remove_title', {name: contact.name || contact.address})} close=${() => ask(false)}>
      <p>${t('contacts.test_remove_about')}</p><div class="actions"><${Press} kind="main" act=${confirmed} label=${t('contacts.test_remove')}
        busy=${t('form.busy')} /><${Press} act=${() => ask(false)} label=${t('deed.back')} /></div></${Dialog}>`}</section>`;
}

/** A lead becomes a contact. */
export function Conversion({contact, context, reload}) {
  const [role, setRole] = useState('');
  const roles = context.roles.filter((one) => one.for === 'contacts');
  const convert = async () => {
    await post(`${context.base}/contacts/${contact.id}/convert`, role ? {role} : {});
    await reload();
    say(t('contacts.converted'));
  };
  return html`<section class="card"><h2>${t('contacts.convert')}</h2><p>${t('contacts.convert_about')}</p>
    <div class="field"><label for="role">${t('column.role')}</label><select id="role" onChange=${(event) => setRole(event.currentTarget.value)}>
      ${[['', t('contacts.as_mapped')], ...roles.map((one) => [one.id, one.name])].map(([value, name]) => html`<option value=${value}
        selected=${value === role}>${name}</option>`)}</select></div>
    <p><${Press} kind="main" act=${convert} label=${t('contacts.convert')} busy=${t('form.busy')} /></p></section>`;
}
