// One invitation in the console: what it is, what happened, and correcting, resending, cancelling, copying its link.

import {html, useEffect, useState} from '../lib/preact.js';
import {Access} from './access.js';
import {get, patch, post} from './api.js';
import {Area, Choice, Tick} from './fields.js';
import {Dialog} from './dialog.js';
import {Form, Text, useForm} from './form.js';
import {has, languages, number, t, when} from './i18n.js';
import {joined, split, wrongValidity} from './invitebody.js';
import {Copy} from './copy.js';
import {Facts, Press, Screen, say} from './page.js';
import {explain} from './problem.js';
import {Mark, called, languageName, person, word} from './staffparts.js';

export function View({context, id}) {
  const path = `${context.base}/invitations/${id}`;
  const [item, setItem] = useState(null);
  const [problem, setProblem] = useState(null);
  const load = () => get(path).then(setItem, setProblem);
  useEffect(() => { load(); }, []);
  if (problem) return html`<${Screen} key=problem title=${t('console.invitation')} firm=${context.firm}><p class="summary">${explain(problem)}</p>
    <a href="#/invitations">${t('detail.back')}</a></${Screen}>`;
  if (!item) return null;
  return html`<${Screen} key=there title=${item.address} firm=${context.firm}>
      <p><a href="#/invitations">${t('detail.back')}</a></p>
      <p><${Mark} of=${item.state} area="state" /> <${Mark} of=${item.delivery} area="delivery" />
        ${item.reason && html` <span class="soft">${word('reason', item.reason)}</span>`}</p>
      <${About} item=${item} context=${context} />
      ${context.mayInvite && html`<${Deeds} item=${item} path=${path} reload=${load} />`}
    </${Screen}>
    ${context.mayInvite && ['pending', 'expired'].includes(item.state)
      && html`<${Correct} key=${JSON.stringify(item)} item=${item} path=${path} context=${context} reload=${load} />`}
    ${item.kind === 'client' && html`<${Access} item=${item} context=${context} />`}
    <section class="card"><h2>${t('detail.history')}</h2><ol class="history">${(item.history || []).map((entry) => html`<${Entry} entry=${entry}
      item=${item} context=${context} />`)}</ol></section>`;
}

function About({item, context}) {
  const at = (instant) => instant && when(instant);
  return html`<${Facts} rows=${[
    [t('column.name'), item.name],
    [t('column.to'), item.kind === 'staff' ? word('level', item.level)
      : [called(item.portal, context.portals), ...(item.roles || []).map((role) => called(role, context.roles))].join(' · ')],
    [t('column.language'), languageName(item.language)],
    [t('column.sent'), at(item.sent_at)],
    [t('detail.sends'), item.sends > 1 && number(item.sends)],
    [t('detail.duplicates'), item.duplicates > 0 && number(item.duplicates)],
    [t('column.until'), at(item.expires_at)],
    [t('detail.next'), item.next?.at && item.state === 'pending' && `${word('job', item.next.job)}: ${when(item.next.at, true)}`],
    [t('column.by'), person(item.inviter, context)],
    [t('invite.note'), item.note],
    [t('detail.ended'), at(item.ended_at)],
  ]} />`;
}

function Deeds({item, path, reload}) {
  const [url, setUrl] = useState('');
  const [asking, setAsking] = useState(false);
  const resend = async () => { await post(`${path}/resend`); await reload(); say(t('deed.resend_done', {count: 1})); };
  const link = async () => { setUrl((await post(`${path}/link`)).url); };
  const open = item.state === 'pending';
  return html`${url && html`<${Copy} url=${url} label=${t('detail.link')} hint=${t('detail.link_hint')} />`}
    <div class="actions">
      ${(open || item.state === 'expired') && html`<${Press} kind="main" act=${resend} label=${t('list.resend')} busy=${t('form.busy')} />`}
      ${open && html`<${Press} act=${link} label=${t('detail.copy')} busy=${t('form.busy')} />
        <${Press} act=${() => setAsking(true)} label=${t('detail.cancel')} />`}
    </div>
    ${asking && html`<${Cancel} path=${path} close=${() => setAsking(false)} reload=${reload} />`}`;
}

function Cancel({path, close, reload}) {
  const form = useForm({withdraw: false}, async (body) => {
    await post(`${path}/cancel`, body);
    close();
    await reload();
    say(t('deed.cancel_done', {count: 1}));
  });
  return html`<${Dialog} title=${t('deed.cancel', {count: 1})} close=${close}><p>${t('deed.cancel_about')}</p>
    <${Form} form=${form} label=${t('detail.cancel')} second=${html`<button type="button" class="quiet" onClick=${close}>${t('deed.back')}</button>`}>
      <${Tick} form=${form} name="withdraw" label=${t('deed.withdraw')} hint=${t('deed.withdraw_hint')} /></${Form}></${Dialog}>`;
}

/** Sends only what was changed; a new address ends the old links and mails the new one. */
function Correct({item, path, context, reload}) {
  const role = item.roles?.[0]?.id || item.roles?.[0] || '';
  const portal = item.portal?.id || item.portal;
  const before = {address: item.address, role, language: item.language, note: item.note || '', ...split(item.validity || context.settings.validity)};
  const form = useForm(before, async (values) => {
    const body = {};
    for (const name of ['address', 'role', 'language', 'note']) if (values[name] !== before[name]) body[name] = values[name].trim();
    if (joined(values) !== joined(before)) body.validity = joined(values);
    if (Object.keys(body).length) await patch(path, body);
    await reload();
    say(t(body.address ? 'detail.moved' : 'form.saved'));
  }, {needs: ['address'], check: wrongValidity});
  const roles = context.roles.filter((one) => one.portal === portal);
  return html`<section class="card"><h2>${t('detail.correct')}</h2><${Form} form=${form} label=${t('form.save')}>
    <${Text} form=${form} name="address" label=${t('field.address')} hint=${t('detail.address_hint')} inputmode="email"
      autocapitalize="none" spellcheck="false" />
    <div class="columns">
      ${item.kind !== 'staff' && (item.roles || []).length < 2 && html`<${Choice} form=${form} name="role" label=${t('column.role')}
        options=${roles.map((one) => [one.id, one.name])} />`}
      <${Choice} form=${form} name="language" label=${t('column.language')}
        options=${Object.entries(languages).map(([code, name]) => [code, name, code])} />
      <${Text} form=${form} name="amount" label=${t('invite.validity')} type="number" min="1" max="8760" inputmode="numeric" />
      <${Choice} form=${form} name="unit" label=${t('invite.unit')} options=${[['D', t('invite.days')], ['H', t('invite.hours')]]} />
    </div>
    <${Area} form=${form} name="note" label=${t('invite.note')} optional rows="3" maxlength="1000" /></${Form}></section>`;
}

// What only the invited person does, under an identity of their own once they have one.
const byInvited = /\.(accepted|declined|link_asked)$/;

function Entry({entry, item, context}) {
  const {at, actor, action, before = {}, after = {}} = entry;
  const colleague = [context.identity, item.inviter].find((one) => one?.id === actor);
  const who = colleague ? person(colleague, context) : byInvited.test(action) ? t('actor.link') : /^idn_/.test(actor) ? t('list.colleague') : word('actor', actor);
  // What has a name here is shown; identifiers of other things stand in the audit trail.
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => has(`column.${name}`) && before[name] !== after[name]);
  return html`<li><strong>${word('action', action)}</strong> <span class="soft">${when(at, true)} · ${who}</span>
    ${names.map((name) => html`<span class="soft">${word('column', name)}: ${[before[name], after[name]].filter(Boolean)
      .map((value) => said(name, value, context)).join(' → ')}</span>`)}</li>`;
}

/** A value of the history as people say it. */
function said(name, value, context) {
  if (name === 'role') return called(value, context.roles);
  if (name === 'portal') return called(value, context.portals);
  if (name === 'language') return languageName(value);
  if (name.endsWith('_at')) return when(value, true);
  return word(name, value);
}
