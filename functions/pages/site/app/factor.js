// A member of staff's second factor: setting it up with an app, its recovery codes, taking it away.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Form, Password, Text, useForm} from './form.js';
import {number, t, when} from './i18n.js';
import {Facts, Press, say} from './page.js';

export function Factor({person: {identity, workspace}, base, reload}) {
  const [view, setView] = useState('');
  const [codes, setCodes] = useState(null);
  const factor = identity.second_factor;
  const path = `${base}/me/second-factor`;
  const back = () => setView('');
  const part = (body) => html`<section class="card"><h2>${t('factor.title')}</h2>${body}</section>`;
  if (codes) return part(html`<${Codes} codes=${codes} done=${() => { setCodes(null); back(); return reload(); }} />`);
  if (view === 'set up') return part(html`<${SetUp} path=${path} done=${() => { back(); return reload(); }} />`);
  if (view === 'renew') return part(html`<${Shown} about=${t('factor.renew_about')} label=${t('factor.renew')} back=${back}
    send=${async (body) => setCodes((await post(`${path}/recovery-codes`, body)).recovery_codes)} />`);
  if (view === 'remove') return part(html`<${Shown} about=${t('factor.remove_about')} label=${t('factor.remove')} back=${back}
    send=${async (body) => { await post(`${path}/remove`, body); back(); await reload(); say(t('factor.removed')); }} />`);
  if (!factor) return part(html`<p>${t(workspace.second_factor ? 'factor.asked' : 'factor.about')}</p>
    <${Press} act=${() => setView('set up')} label=${t('factor.set_up')} />`);
  return part(html`${!factor.app && html`<p class="notice">${t('factor.lost')}</p>`}
    <${Facts} rows=${[[t('factor.since'), when(factor.since, true)], [t('factor.left'), number(factor.recovery_codes)]]} />
    <div class="actions"><${Press} act=${() => setView('renew')} label=${t('factor.renew')} />
      <${Press} act=${() => setView('remove')} label=${t('factor.remove')} /></div>`);
}

/** From a fresh secret to the recovery codes. */
export function SetUp({path, done}) {
  const [drawn, setDrawn] = useState(null);
  const [codes, setCodes] = useState(null);
  const form = useForm({code: '', password: ''}, async ({code, password}) => {
    const answer = await post(path, {secret: drawn.secret, code: code.trim(), password});
    setCodes(answer.recovery_codes);
  }, {needs: ['code', 'password']});
  if (codes) return html`<${Codes} codes=${codes} done=${done} />`;
  if (!drawn) return html`<p>${t('factor.begin_about')}</p>
    <${Press} kind="main" act=${async () => setDrawn(await post(`${path}/begin`))} label=${t('factor.begin')} />`;
  const {secret, link, qr} = drawn;
  return html`<p>${t('factor.photograph')}</p>
    <svg class="qr" viewBox=${`-4 -4 ${qr.size + 8} ${qr.size + 8}`} role="img" aria-label=${t('factor.qr')} shape-rendering="crispEdges">
      <rect x="-4" y="-4" width="100%" height="100%" fill="#fff" /><path d=${qr.path} fill="#000" /></svg>
    <p><a href=${link}>${t('factor.here')}</a></p>
    <p>${t('factor.type')} <code class="secret">${secret.match(/.{1,4}/g).join(' ')}</code></p>
    <${Form} form=${form} label=${t('factor.confirm')}>
      <${Text} form=${form} name="code" label=${t('ways.second')} hint=${t('factor.code_hint')} inputmode="numeric" autocomplete="one-time-code" class="code" />
      <${Password} form=${form} label=${t('field.password')} hint=${t('factor.password_hint')} />
    </${Form}>`;
}

/** Recovery codes, now and never again. */
const Codes = ({codes, done}) => html`<div role="status"><p>${t('factor.codes_about')}</p>
  <ul class="codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul></div>
  <${Press} kind="main" act=${done} label=${t('factor.kept')} />`;

/** Something that takes both factors. */
function Shown({about, label, send, back}) {
  const form = useForm({password: '', code: ''}, ({password, code}) => send({password, code: code.trim()}), {needs: ['password', 'code']});
  return html`<p>${about}</p><${Form} form=${form} label=${label}
      second=${html`<button type="button" class="quiet" onClick=${back}>${t('factor.back')}</button>`}>
    <${Password} form=${form} label=${t('field.password')} />
    <${Text} form=${form} name="code" label=${t('ways.second')} hint=${t('ways.second_hint')} autocomplete="one-time-code"
      autocapitalize="none" spellcheck="false" class="code" /></${Form}>`;
}
