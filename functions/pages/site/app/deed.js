// One deed for many invitations, or for lines of who has not come yet: it is asked first, and then said what became of each.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Tick} from './fields.js';
import {Dialog} from './dialog.js';
import {Form, useForm} from './form.js';
import {has, t} from './i18n.js';
import {Press, say} from './page.js';
import {explain} from './problem.js';

/** `area` are the deed's own texts, `ids` or `lines` what it is about, `whose` each line is, `count` how many that is to a person. */
export function Deed({area = 'deed', deed, ids, lines, whose = [], count = ids.length, label = t(`list.${deed}`), context, close, done}) {
  const [refused, setRefused] = useState(null);
  const form = useForm({withdraw: false}, async ({withdraw}) => {
    const about = lines ? {action: deed, lines} : {action: deed, ids};
    const {lines: became} = await post(`${context.base}/${lines ? 'pending' : 'invitations'}/batch`, deed === 'cancel' ? {...about, withdraw} : about);
    const bad = became.filter((line) => line.verdict === 'refused');
    await done();
    say(t(`${area}.${deed}_done`, {count: became.length - bad.length}));
    if (bad.length) setRefused(bad);
    else close();
  });
  if (refused) return html`<${Dialog} key=refused title=${t('deed.refused', {count: refused.length})} close=${close}>
    <ul>${refused.map((line) => html`<li>${whose[line.line] && html`<b>${whose[line.line]}</b>: `}${!has(`error.${line.code}`) && has(`reason.${line.code}`) ? t(`reason.${line.code}`)
      : explain({code: line.code, message: line.detail, body: line})}</li>`)}</ul>
    <${Press} kind="main" act=${close} label=${t('deed.close')} /></${Dialog}>`;
  return html`<${Dialog} title=${t(`${area}.${deed}`, {count})} close=${close}><p>${t(`${area}.${deed}_about`)}</p>
    <${Form} form=${form} label=${label} second=${html`<button type="button" class="quiet" onClick=${close}>${t('deed.back')}</button>`}>
      ${deed === 'cancel' && html`<${Tick} form=${form} name="withdraw" label=${t('deed.withdraw')} hint=${t('deed.withdraw_hint')} />`}
    </${Form}></${Dialog}>`;
}
