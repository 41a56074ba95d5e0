// Putting an invitation right that was not answered.

import {html} from '../lib/preact.js';
import {patch} from './api.js';
import {Area, Choice} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {languages, t} from './i18n.js';
import {joined, split, wrongValidity} from './invitebody.js';
import {say} from './page.js';

/** Sends only what was changed; a new address ends the old links and mails the new one. */
export function Correct({item, path, context, reload}) {
  const role = item.roles?.[0]?.id || item.roles?.[0] || '';
  const portal = item.portal?.id || item.portal;
  const before = {address: item.address, role, language: item.language, note: item.note || '', ...split(item.validity || context.settings.validity)};
  const form = useForm(before, async (values) => {
    const body = {};
    for (const name of ['address', 'role', 'language', 'note']) if (values[name] !== before[name]) body[name] = values[name].trim();
    if (joined(values) !== joined(before)) body.validity = joined(values);
    if (Object.keys(body).length) await patch(path, body);
    await reload();
    say(t(body.address ? 'detail.moved' : 'form.saved'));
  }, {needs: ['address'], check: wrongValidity});
  const roles = context.roles.filter((one) => one.portal === portal);
  return html`<section class="card"><h2>${t('detail.correct')}</h2><${Form} form=${form} label=${t('form.save')}>
    <${Text} form=${form} name="address" label=${t('field.address')} hint=${t('detail.address_hint')} inputmode="email"
      autocapitalize="none" spellcheck="false" />
    <div class="columns">
      ${item.kind !== 'staff' && (item.roles || []).length < 2 && html`<${Choice} form=${form} name="role" label=${t('column.role')}
        options=${roles.map((one) => [one.id, one.name])} />`}
      <${Choice} form=${form} name="language" label=${t('column.language')}
        options=${Object.entries(languages).map(([code, name]) => [code, name, code])} />
      <${Text} form=${form} name="amount" label=${t('invite.validity')} type="number" min="1" max="8760" inputmode="numeric" />
      <${Choice} form=${form} name="unit" label=${t('invite.unit')} options=${[['D', t('invite.days')], ['H', t('invite.hours')]]} />
    </div>
    <${Area} form=${form} name="note" label=${t('invite.note')} optional rows="3" maxlength="1000" /></${Form}></section>`;
}
