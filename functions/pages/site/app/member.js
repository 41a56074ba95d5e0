// Accepting as somebody who already has a password here: by that password. It is never changed by it.

import {html, useState} from '../lib/preact.js';
import {Form, Password, Text, useForm} from './form.js';
import {language, speak, t} from './i18n.js';

export function Member({invitation, accept}) {
  const [Forgot, setForgot] = useState(null);
  const {address, workspace} = invitation;
  const form = useForm({address, password: ''}, ({password}) => accept({password, sign_in: true}), {needs: ['password']});
  const forgot = async () => {
    const [module] = await Promise.all([import('./signin.js'), speak(language, 'signin')]);
    setForgot(() => module.Forgot);
  };
  if (Forgot) return html`<h2>${t('forgot.title')}</h2><${Forgot} workspace=${workspace} address=${address} back=${() => setForgot(null)} />`;
  return html`<h2>${t('offer.member')}</h2><p>${t('offer.member_about', {address})}</p>
    <${Form} form=${form} label=${t('offer.accept')} busy=${t('offer.busy')}
        second=${html`<button type="button" class="link" onClick=${forgot}>${t('signin.forgot')}</button>`}>
      <${Text} form=${form} name="address" label=${t('field.address')} type="email" readonly autocomplete="username" />
      <${Password} form=${form} label=${t('field.password')} />
    </${Form}>`;
}
