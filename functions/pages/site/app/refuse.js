// Saying no: to this invitation, or to every further mail from the firm. Both are confirmed first.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Area} from './fields.js';
import {Form, useForm} from './form.js';
import {t} from './i18n.js';
import {Screen} from './page.js';

export function Refuse({how, invitation, token, back, over}) {
  const {firm, inviter_name: inviter = invitation.firm} = invitation;
  const [done, setDone] = useState(false);
  const form = useForm({reason: ''}, async ({reason}) => {
    try {
      await post(`/invitations/${how}`, how === 'decline' && reason.trim() ? {token, reason: reason.trim()} : {token});
      setDone(true);
    } catch (problem) {
      if (!/^(invitation_|link_unknown)/.test(problem.code)) throw problem;
      await over();
    }
  });
  if (done) return html`<${Screen} key=done title=${t(`refuse.${how}_done`)} firm=${firm}>
    <p>${t(`refuse.${how}_done_about`, {firm, inviter})}</p></${Screen}>`;
  return html`<${Screen} key=ask title=${t(`refuse.${how}_title`, {firm})} firm=${firm}>
    <p>${t(`refuse.${how}_about`, {firm, inviter})}</p>
    <${Form} form=${form} label=${t(`refuse.${how}_submit`)}
        second=${html`<button type="button" class="link" onClick=${back}>${t('refuse.back')}</button>`}>
      ${how === 'decline' && html`<${Area} form=${form} name="reason" label=${t('refuse.reason')} optional
        hint=${t('refuse.reason_hint', {inviter})} maxlength="300" rows="3" />`}
    </${Form}></${Screen}>`;
}
