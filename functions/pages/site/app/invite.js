// The console's invite view: addresses pasted or typed, a line each; a preview; then sending, with a verdict per line.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Area, Choice, Tick} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {languages, t} from './i18n.js';
import {bodyOf, goes, start, wrong} from './invitebody.js';
import {later} from './later.js';
import {Press, Screen, say} from './page.js';
import {parse} from './parse.js';

const Accounts = later(() => import('./picker.js'), 'Accounts', 'search');
const Lines = later(() => import('./lines.js'), 'Lines', 'lines', 'verdicts', 'reasons');

const most = 1000; // lines in one invite: issue 2
const step = 100; // lines in one request, so that progress shows; chosen, no evidence

export function View({context}) {
  const [lines, setLines] = useState([]);
  const [stage, setStage] = useState('edit');
  const [sent, setSent] = useState(null);
  const [accounts, setAccounts] = useState([]);
  const path = `${context.base}/invitations`;

  const add = (values) => {
    const all = merged(lines, parse(values.paste));
    form.set('paste', '');
    setLines(all);
    return all;
  };
  const preview = async (values) => {
    const all = add(values);
    if (all.length > most) throw {errors: [{name: 'paste', code: 'too_many_lines'}]};
    const answer = await post(`${path}/preview`, bodyOf(values, all, context));
    setLines(judged(all, answer.lines));
    setStage('preview');
  };
  const send = async (values) => {
    const good = lines.filter((line) => goes.includes(line.verdict) && !line.sent);
    const results = new Map();
    try {
      for (let from = 0; from < good.length; from += step) {
        setSent({count: from, of: good.length});
        const part = good.slice(from, from + step);
        const answer = await post(path, bodyOf(values, part, context));
        judged(part, answer.lines).forEach((line) => results.set(line.key, {...line, sent: true}));
      }
      setStage('done');
      const count = [...results.values()].filter((line) => goes.includes(line.verdict)).length;
      say(t('invite.sent', {count}));
    } finally {
      setSent(null);
      setLines(lines.map((line) => results.get(line.key) || line));
    }
  };
  const form = useForm(start(context), (values) => (stage === 'edit' ? preview(values) : send(values)),
    {check: (values) => wrong(values, lines)});
  const good = lines.filter((line) => goes.includes(line.verdict) && !line.sent).length;

  if (!context.mayInvite) return html`<${Screen} title=${t('console.invite')} firm=${context.firm}><p>${t('error.not_allowed')}</p></${Screen}>`;
  if (stage === 'done') return html`<${Done} lines=${lines} context=${context} again=${(rest) => { setLines(rest); setStage('edit'); }} />`;
  return html`<${Screen} key=${stage} title=${t(stage === 'edit' ? 'console.invite' : 'invite.preview')} firm=${context.firm}>
    ${stage === 'edit' ? html`
      <${Form} form=${form} label=${t('invite.look')} busy=${t('form.busy')}>
        <${Area} form=${form} name="paste" label=${t('invite.paste')} hint=${t('invite.paste_hint')} rows="4" optional="unsaid"
          autocapitalize="none" spellcheck="false" />
        <p><${Press} act=${() => add(form.values)} label=${t('invite.add')} /></p>
        <${Lines} lines=${lines} change=${setLines} context=${context} portal=${form.values.portal} />
        <${Settings} form=${form} context=${context} accounts=${accounts} pick=${setAccounts} />
      </${Form}>` : html`
      <p>${t('invite.preview_about', {count: good, all: lines.length})}</p>
      <${Lines} lines=${lines} context=${context} />
      ${sent && html`<p role="status">${t('invite.progress', sent)}</p><progress max=${sent.of} value=${sent.count}
        aria-label=${t('invite.sending')}></progress>`}
      <${Form} form=${form} label=${t('invite.send', {count: good})} busy=${t('invite.sending')}
        second=${html`<button type="button" class="quiet" onClick=${() => form.busy || setStage('edit')}>${t('invite.back')}</button>`} />`}
  </${Screen}>`;
}

/** What holds for every line. */
function Settings({form, context, accounts, pick}) {
  const {portals} = context;
  const roles = context.roles.filter((role) => role.portal === form.values.portal);
  return html`${context.paused && html`<${Tick} form=${form} name="override" label=${t('invite.override')} hint=${t('invite.override_hint')} />`}
    <fieldset><legend>${t('invite.all')}</legend><div class="columns">
      ${portals.length > 1 && html`<${Choice} form=${form} name="portal" label=${t('column.portal')}
        options=${portals.map((portal) => [portal.id, portal.title])} />`}
      <${Choice} form=${form} name="role" label=${t('column.role')}
        options=${[['', t('invite.default_role')], ...roles.map((role) => [role.id, role.name])]} />
      <${Choice} form=${form} name="language" label=${t('column.language')}
        options=${[['', t('invite.default_language')], ...Object.entries(languages).map(([code, name]) => [code, name, code])]} />
    </div>
    <${Accounts} id="account" label=${t('search.account')} hint=${t('invite.no_account')} context=${context} chosen=${accounts}
      change=${(all) => { pick(all); form.set('account', all[0]?.id || ''); }} />
    <${Area} form=${form} name="note" label=${t('invite.note')} hint=${t('invite.note_hint')} optional rows="3" maxlength="1000" />
    <${Text} form=${form} name="source" label=${t('invite.source')} hint=${t('invite.source_hint')} optional maxlength="200" />
    <div class="columns">
      <${Text} form=${form} name="amount" label=${t('invite.validity')} type="number" min="1" max="8760" inputmode="numeric" />
      <${Choice} form=${form} name="unit" label=${t('invite.unit')} options=${[['D', t('invite.days')], ['H', t('invite.hours')]]} />
    </div>
    <div class="columns">
      <${Text} form=${form} name="days" label=${t('invite.reminders')} hint=${t('invite.reminders_hint')} optional inputmode="numeric" />
      <${Text} form=${form} name="at" label=${t('invite.at')} type="time" />
    </div></fieldset>`;
}

function Done({lines, context, again}) {
  const refused = lines.filter((line) => !goes.includes(line.verdict));
  return html`<${Screen} key=done title=${t('invite.done')} firm=${context.firm}>
    <p>${t('invite.sent', {count: lines.length - refused.length})} ${refused.length > 0 && t('invite.refused', {count: refused.length})}</p>
    <${Lines} lines=${lines} context=${context} />
    <div class="actions"><a class="main" href="#/invitations">${t('invite.to_list')}</a>
      <${Press} act=${() => again([])} label=${t('invite.more')} />
      ${refused.length > 0 && html`<${Press} act=${() => again(refused)} label=${t('invite.correct')} />`}</div></${Screen}>`;
}


let keys = 0;
const same = (address) => address.toLowerCase();

/** The lines with those added that are not among them yet. */
function merged(lines, added) {
  const known = new Set(lines.map((line) => same(line.address)));
  const fresh = added.filter(({address}) => !known.has(same(address)) && known.add(same(address)));
  if (fresh.length < added.length) say(t('invite.twice', {count: added.length - fresh.length}));
  return [...lines, ...fresh.map((line) => ({role: '', language: '', ...line, key: ++keys}))];
}

const judged = (lines, verdicts) => lines.map((line, place) => ({...line, sent: false, ...verdicts.find((one) => one.line === place)}));
