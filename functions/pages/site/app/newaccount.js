// Making an account.

import {html} from '../lib/preact.js';
import {post} from './api.js';
import {Form, Text, useForm} from './form.js';
import {t} from './i18n.js';
import {say} from './page.js';

export function NewAccount({context}) {
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
