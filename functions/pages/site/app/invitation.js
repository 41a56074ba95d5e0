// One invitation in the console: what it is, what happened, and correcting, resending, cancelling, copying its link.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, post} from './api.js';
import {has, number, t, when} from './i18n.js';
import {Copy} from './copy.js';
import {later} from './later.js';
import {Facts, Press, Screen, say} from './page.js';
import {explain} from './problem.js';
import {Mark, Tested, called, languageName, person, word} from './staffparts.js';

const Cancel = later(() => import('./cancel.js'), 'Cancel');
const Correct = later(() => import('./correct.js'), 'Correct', 'sending');
const Access = later(() => import('./access.js'), 'Access', 'grants', 'grantstates', 'accounts');

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
      <p><${Tested} of=${item} /> <${Mark} of=${item.state} area="state" /> <${Mark} of=${item.delivery} area="delivery" />
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
