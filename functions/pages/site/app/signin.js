// Signing in at a portal or a console, and asking for a new password.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Form, Password, Text, useForm} from './form.js';
import {t} from './i18n.js';

export function SignIn({workspace, portal, done}) {
  const [forgot, setForgot] = useState(false);
  const [address, setAddress] = useState('');
  if (forgot) return html`<${Forgot} workspace=${workspace} address=${address} back=${() => setForgot(false)} />`;
  return html`<${Credentials} workspace=${workspace} portal=${portal} done=${done} address=${address}
    forgot=${(typed) => { setAddress(typed); setForgot(true); }} />`;
}

function Credentials({workspace, portal, address, done, forgot}) {
  const form = useForm({address, password: ''}, async ({address, password}) => {
    const answer = await post(`/workspaces/${workspace}/sessions`, {address: address.trim(), password, portal, cookie: true});
    await done(answer);
  }, {needs: ['address', 'password']});
  return html`<${Form} form=${form} label=${t('signin.submit')} busy=${t('signin.busy')}
      second=${html`<button type="button" class="link" onClick=${() => forgot(form.values.address)}>${t('signin.forgot')}</button>`}>
    <${Text} form=${form} name="address" label=${t('field.address')} type="email" autocomplete="username"
      inputmode="email" autocapitalize="none" spellcheck="false" />
    <${Password} form=${form} label=${t('field.password')} />
  </${Form}>`;
}

/** The answer is the same whether or not the address is known. */
export function Forgot({workspace, address, back}) {
  const [sent, setSent] = useState(false);
  const form = useForm({address}, async ({address}) => {
    await post(`/workspaces/${workspace}/password-resets`, {address: address.trim()});
    setSent(true);
  }, {needs: ['address']});
  const again = html`<button type="button" class="link" onClick=${back}>${t('signin.back')}</button>`;
  if (sent) return html`<div class="notice" role="status"><p>${t('forgot.sent')}</p></div><p>${again}</p>`;
  return html`<p>${t('forgot.about')}</p>
    <${Form} form=${form} label=${t('forgot.submit')} second=${again}>
      <${Text} form=${form} name="address" label=${t('field.address')} type="email" autocomplete="username" inputmode="email"
        autocapitalize="none" spellcheck="false" />
    </${Form}>`;
}
