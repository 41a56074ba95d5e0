// Signing in at a portal or a console, and asking for a new password; other ways in are loaded when they are needed.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Form, Password, Text, useForm} from './form.js';
import {also, t} from './i18n.js';

// What goes on from a right password that does not do, by the code that says so.
const further = {
  second_factor_needed: (first) => ['Second', {first}], recovery_code_needed: (first) => ['Second', {first, lost: true}],
  password_temporary: (first) => ['Own', {first}],
};

/** `codes` says whether members may sign in by a mailed code here, `least` how long a password is. */
export function SignIn({workspace, portal, codes, least, done}) {
  const [forgot, setForgot] = useState(false);
  const [address, setAddress] = useState('');
  const [way, setWay] = useState(null);
  const other = async (name, more) => {
    const [ways] = await Promise.all([import('./signinways.js'), also('ways', 'visit', 'password')]);
    setWay({Way: ways[name], ...more});
  };
  if (way) return html`<${way.Way} workspace=${workspace} portal=${portal} least=${least} done=${done} back=${() => setWay(null)} ...${way} />`;
  if (forgot) return html`<${Forgot} workspace=${workspace} address=${address} back=${() => setForgot(false)} />`;
  return html`<${Credentials} workspace=${workspace} portal=${portal} done=${done} address=${address}
    other=${other} byMail=${codes && ((typed) => other('ByMail', {address: typed}))}
    forgot=${(typed) => { setAddress(typed); setForgot(true); }} />`;
}

function Credentials({workspace, portal, address, done, forgot, other, byMail}) {
  const form = useForm({address, password: ''}, async ({address, password}) => {
    const first = {address: address.trim(), password, portal, cookie: true};
    let on;
    const answer = await post(`/workspaces/${workspace}/sessions`, first).catch((problem) => {
      on = further[problem.code]?.(first);
      if (!on) throw problem;
    });
    await (on ? other(...on) : done(answer));
  }, {needs: ['address', 'password']});
  return html`<${Form} form=${form} label=${t('signin.submit')} busy=${t('signin.busy')}
      second=${html`<button type="button" class="link" onClick=${() => forgot(form.values.address)}>${t('signin.forgot')}</button>
        ${byMail && html`<button type="button" class="link" onClick=${() => byMail(form.values.address)}>${t('signin.by_mail')}</button>`}`}>
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
