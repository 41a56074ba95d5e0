// Ways in beside the password alone: the code of an authenticator app after it, a password of one's own in place of the
// temporary one, and a code by mail instead of either.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Code} from './code.js';
import {Form, Password, Text, longEnough, useForm} from './form.js';
import {t} from './i18n.js';

/** The second step of who has a second factor; `first` is what the first one asked; `lost` says
 *  that the app no longer counts, only recovery codes do. */
export function Second({workspace, first, lost, done, back}) {
  const form = useForm({code: ''}, async ({code}) => done(await post(`/workspaces/${workspace}/sessions`, {...first, code: code.trim()})), {needs: ['code']});
  return html`<p>${t(lost ? 'ways.lost' : 'ways.second_about')}</p>
    <${Form} form=${form} label=${t('signin.submit')} busy=${t('signin.busy')} second=${html`<${Back} back=${back} />`}>
      <${Text} form=${form} name="code" label=${t(lost ? 'ways.recovery' : 'ways.second')} hint=${!lost && t('ways.second_hint')} autocomplete="one-time-code"
        autocapitalize="none" spellcheck="false" class="code" />
    </${Form}>`;
}

/** A password of one's own; the temporary one is over then. */
export function Own({workspace, first: {address, password: temporary}, least, done, back}) {
  const form = useForm({password: ''}, async ({password}) => done(await post(`/workspaces/${workspace}/passwords/first`,
    {address, temporary, password, cookie: true})), {needs: ['password'], check: longEnough('password', least)});
  return html`<p>${t('ways.temporary')}</p>
    <${Form} form=${form} label=${t('ways.own')} second=${html`<${Back} back=${back} />`}>
      <${Password} form=${form} label=${t('field.new_password')} least=${least} /></${Form}>`;
}

/** Asks for a code by mail, then for the code; the first answer is the same whether or not the address is known. */
export function ByMail({workspace, portal, address, done, back}) {
  const [step, setStep] = useState(null);
  const form = useForm({address}, async (values) => {
    const asked = values.address.trim();
    setStep({...await post(`/workspaces/${workspace}/sessions/codes`, {address: asked, portal}), address: asked});
  }, {needs: ['address']});
  if (step) return html`<${Code} step=${step} address=${step.address} done=${done} over=${() => setStep(null)} />`;
  return html`<p>${t('ways.mail_about')}</p>
    <${Form} form=${form} label=${t('ways.mail_submit')} second=${html`<${Back} back=${back} />`}>
      <${Text} form=${form} name="address" label=${t('field.address')} type="email" autocomplete="username" inputmode="email"
        autocapitalize="none" spellcheck="false" />
    </${Form}>`;
}

const Back = ({back}) => html`<button type="button" class="link" onClick=${back}>${t('signin.back')}</button>`;
