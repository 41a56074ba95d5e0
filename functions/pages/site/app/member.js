// Accepting as somebody who already has a password here: by signing in. The password is never changed by it.

import {html, useState} from '../lib/preact.js';
import {t} from './i18n.js';
import {Credentials, Forgot} from './signin.js';

export function Member({invitation, accept}) {
  const [forgot, setForgot] = useState(false);
  const {address, workspace} = invitation;
  if (forgot) return html`<h2>${t('forgot.title')}</h2>
    <${Forgot} workspace=${workspace} address=${address} back=${() => setForgot(false)} />`;
  return html`<h2>${t('offer.member')}</h2><p>${t('offer.member_about', {address})}</p>
    <${Credentials} workspace=${workspace} address=${address} fixed done=${() => accept({})} label=${t('offer.accept')}
      forgot=${() => setForgot(true)} />`;
}
