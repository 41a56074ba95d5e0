// One deed for many invitations: it is asked first, and then said what became of each.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Tick} from './fields.js';
import {Dialog} from './dialog.js';
import {Form, useForm} from './form.js';
import {t} from './i18n.js';
import {Press, say} from './page.js';
import {explain} from './problem.js';

export function Deed({deed, ids, context, close, done}) {
  const [refused, setRefused] = useState(null);
  const form = useForm({withdraw: false}, async ({withdraw}) => {
    const body = deed === 'cancel' ? {action: deed, ids, withdraw} : {action: deed, ids};
    const {lines} = await post(`${context.base}/invitations/batch`, body);
    const bad = lines.filter((line) => line.verdict !== 'done');
    await done();
    say(t(`deed.${deed}_done`, {count: lines.length - bad.length}));
    if (bad.length) setRefused(bad);
    else close();
  });
  if (refused) return html`<${Dialog} key=refused title=${t('deed.refused', {count: refused.length})} close=${close}>
    <ul>${refused.map((line) => html`<li>${explain({code: line.code, message: line.detail, body: line})}</li>`)}</ul>
    <${Press} kind="main" act=${close} label=${t('deed.close')} /></${Dialog}>`;
  return html`<${Dialog} title=${t(`deed.${deed}`, {count: ids.length})} close=${close}><p>${t(`deed.${deed}_about`)}</p>
    <${Form} form=${form} label=${t(`list.${deed}`)} second=${html`<button type="button" class="quiet" onClick=${close}>${t('deed.back')}</button>`}>
      ${deed === 'cancel' && html`<${Tick} form=${form} name="withdraw" label=${t('deed.withdraw')} hint=${t('deed.withdraw_hint')} />`}
    </${Form}></${Dialog}>`;
}
