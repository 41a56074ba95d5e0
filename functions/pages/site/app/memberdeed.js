// What staff do about members: it is asked first, and then said what became of each.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Dialog} from './dialog.js';
import {Choice, Tick} from './fields.js';
import {Form, useForm} from './form.js';
import {t} from './i18n.js';
import {Press, say} from './page.js';
import {explain} from './problem.js';
import {word} from './staffparts.js';

/** Deactivating members, or reactivating them. */
export function Deed({deed, members, context, close, done}) {
  const [refused, setRefused] = useState(null);
  const form = useForm({}, async () => {
    const {lines} = await post(`${context.base}/members/batch`, {action: deed, ids: members.map(({id}) => id)});
    const bad = lines.map((line, place) => ({...line, address: members[place].address})).filter(({verdict}) => verdict === 'refused');
    done();
    say(t(`members.${deed}_done`, {count: lines.length - bad.length}));
    if (bad.length) setRefused(bad);
    else close();
  });
  if (refused) return html`<${Dialog} key=refused title=${t('deed.refused', {count: refused.length})} close=${close}>
    <ul>${refused.map((line) => html`<li><b>${line.address}</b>: ${explain({code: line.code, message: line.detail, body: line})}</li>`)}</ul>
    <${Press} kind="main" act=${close} label=${t('deed.close')} /></${Dialog}>`;
  return html`<${Dialog} title=${t(`members.${deed}_ask`, {count: members.length})} close=${close}><p>${t(`members.${deed}_about`)}</p>
    <${Form} form=${form} label=${t(`members.${deed}`)} second=${html`<button type="button" class="quiet" onClick=${close}>${t('deed.back')}</button>`} />
  </${Dialog}>`;
}

/** Making a member one of the staff. */
export function Promotion({member, context, close, done}) {
  const name = member.name || member.address;
  const form = useForm({level: 'member', keep_access: false}, async (values) => {
    await post(`${context.base}/members/${member.id}/promote`, values);
    done();
    close();
    say(t('members.promote_done', {name}));
  });
  return html`<${Dialog} title=${t('members.promote_ask', {name})} close=${close}><p>${t('members.promote_about')}</p>
    <${Form} form=${form} label=${t('members.promote')} second=${html`<button type="button" class="quiet" onClick=${close}>${t('deed.back')}</button>`}>
      <${Choice} form=${form} name="level" label=${t('members.level')} options=${['member', 'admin'].map((one) => [one, word('level', one)])} />
      <${Tick} form=${form} name="keep_access" label=${t('members.keep_access')} hint=${t('members.keep_access_hint')} />
    </${Form}></${Dialog}>`;
}
