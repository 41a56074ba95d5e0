// Somebody leaves the staff: to whom everything goes is asked first. And what staff choose about themselves.

import {html, useEffect, useState} from '../lib/preact.js';
import {patch, post} from './api.js';
import {Dialog} from './dialog.js';
import {Choice} from './fields.js';
import {Form, useForm} from './form.js';
import {t} from './i18n.js';
import {Press, say} from './page.js';
import {whole} from './whole.js';

/** `people` are those who may go on, `start` the one who does unless another is chosen. */
export function HandOver({title, about, label, people, start = '', act, close}) {
  const form = useForm({successor: start}, ({successor}) => act(successor), {needs: ['successor']});
  const all = people.map(({id, name, address}) => [id, name || address]);
  return html`<${Dialog} title=${title} close=${close}><p>${about}</p>
    <${Form} form=${form} label=${label} second=${html`<button type="button" class="quiet" onClick=${close}>${t('leave.back')}</button>`}>
      <${Choice} form=${form} name="successor" label=${t('leave.successor')} options=${start ? all : [['', t('leave.choose')], ...all]} />
    </${Form}></${Dialog}>`;
}

/** Of a person's own page: how they hear of answers, and leaving. */
export const Service = (all) => html`<${Notices} ...${all} /><${Leave} ...${all} />`;

function Notices({person: {identity}, base, reload}) {
  const form = useForm({notices: identity.profile.notices || 'each'}, async (profile) => {
    await patch(`${base}/me`, {profile});
    await reload();
    say(t('form.saved'));
  });
  return html`<section class="card"><h2>${t('notices.title')}</h2><${Form} form=${form} label=${t('form.save')}>
    <${Choice} form=${form} name="notices" label=${t('notices.how')} hint=${t('notices.hint')}
      options=${['each', 'digest', 'none'].map((one) => [one, t(`notices.${one}`)])} /></${Form}></section>`;
}

function Leave({person: {identity}, base}) {
  const [staff, setStaff] = useState([]);
  const [asked, setAsked] = useState(false);
  useEffect(() => { if (asked) whole(`${base}/staff`).then(setStaff); }, [asked]);
  const leave = async (successor) => {
    await post(`${base}/staff/leave`, {successor});
    location.reload();
  };
  return html`<section class="card"><h2>${t('leave.self')}</h2><p>${t('leave.ask')}</p>
    <${Press} act=${() => setAsked(true)} label=${t('leave.self')} />
    ${asked && html`<${HandOver} title=${t('leave.self')} about=${t('leave.mine')} label=${t('leave.go')} act=${leave} close=${() => setAsked(false)}
      people=${staff.filter(({id}) => id !== identity.id)} />`}</section>`;
}
