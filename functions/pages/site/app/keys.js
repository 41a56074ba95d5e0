// API keys in the console: make one, which is shown once, see when each was used, revoke.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, post} from './api.js';
import {Copy} from './copy.js';
import {Dialog} from './dialog.js';
import {Tick} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {t, when} from './i18n.js';
import {Facts, Press, Screen, say} from './page.js';
import {explain} from './problem.js';
import {Mark, word} from './staffparts.js';
import {dayStart} from './wall.js';

export function View({context}) {
  const [list, setList] = useState(null);
  const [fresh, setFresh] = useState(null);
  const [creating, setCreating] = useState(false);
  const load = async () => {
    try {
      const all = await get(`${context.base}/apikeys`);
      for (let {next} = all; next;) {
        const more = await get(`${context.base}/apikeys?cursor=${encodeURIComponent(next)}`);
        all.items.push(...more.items);
        ({next} = more);
      }
      setList(all);
    } catch (problem) {
      setList({items: [], problem});
    }
  };
  useEffect(() => { load(); }, []);
  const made = async (answer) => { setCreating(false); setFresh(answer); await load(); };
  if (creating) return html`<${NewKey} context=${context} grantable=${list.grantable} made=${made} back=${() => setCreating(false)} />`;
  return html`<${Screen} key=list title=${t('console.keys')} firm=${context.firm}><p>${t('keys.about')}</p>
      ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
      ${fresh && html`<${Copy} url=${fresh.key} label=${t('keys.fresh')} hint=${t('keys.fresh_hint')} />`}
      ${list?.grantable && html`<${Press} kind="main" act=${() => setCreating(true)} label=${t('keys.create')} />`}
    </${Screen}>
    ${list?.items.map((key) => html`<${Key} key=${key.id} of=${key} context=${context} reload=${load} />`)}
    ${list && !list.problem && !list.items.length && html`<p class="card">${t('keys.none')}</p>`}`;
}

function Key({of, context, reload}) {
  const [asking, setAsking] = useState(false);
  const form = useForm({}, async () => {
    await post(`${context.base}/apikeys/${of.id}/revoke`);
    setAsking(false);
    await reload();
    say(t('keys.revoked_done'));
  });
  return html`<section class="card"><h2>${of.name} <${Mark} of=${of.state} area="keystate" /></h2>
    <${Facts} rows=${[
      [t('keys.scopes'), of.scopes.map(scope).join(' · ')],
      [t('keys.used'), of.used_at ? when(of.used_at, true) : t('keys.never')],
      [t('keys.ends'), when(of.expires_at, true)],
    ]} />
    ${of.state === 'active' && html`<div class="actions"><${Press} act=${() => setAsking(true)} label=${t('keys.revoke')}
      aria-label=${t('keys.revoke_of', {name: of.name})} /></div>`}
    ${asking && html`<${Dialog} title=${t('keys.revoke_title')} close=${() => setAsking(false)}><p>${t('keys.revoke_about')}</p>
      <${Form} form=${form} label=${t('keys.revoke')} second=${html`<button type="button" class="quiet"
        onClick=${() => setAsking(false)}>${t('deed.back')}</button>`} /></${Dialog}>`}</section>`;
}

const scope = (permission) => word('scope', permission.replace('.', '_'));
const field = (permission) => `scope.${permission}`;

function NewKey({context, grantable, made, back}) {
  const inAQuarter = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const form = useForm({name: '', last: inAQuarter, ...Object.fromEntries(grantable.map((one) => [field(one), false]))}, async (values) => {
    const scopes = grantable.filter((one) => values[field(one)]);
    await made(await post(`${context.base}/apikeys`, {name: values.name, scopes, expires_at: dayStart(values.last, context.settings.zone, 1)})
      .catch((problem) => { throw named(problem); }));
  }, {needs: ['name', 'last'], check: (values) => (grantable.some((one) => values[field(one)]) ? [] : [{name: field(grantable[0]), text: t('error.scope_unknown')}])});
  return html`<${Screen} key=new title=${t('keys.create')} firm=${context.firm}>
    <${Form} form=${form} label=${t('keys.save')} second=${html`<button type="button" class="quiet" onClick=${back}>${t('deed.back')}</button>`}>
      <${Text} form=${form} name="name" label=${t('keys.name')} hint=${t('keys.name_hint')} maxlength="80" />
      <${Text} form=${form} name="last" label=${t('keys.last')} hint=${t('keys.last_hint')} type="date" />
      <fieldset class="days"><legend>${t('keys.scopes')}</legend><p class="hint">${t('keys.scopes_hint')}</p>
        <div class="columns">${grantable.map((one) => html`<${Tick} form=${form} name=${field(one)} label=${scope(one)} />`)}</div></fieldset>
    </${Form}></${Screen}>`;
}

/** A problem whose fields are called as the form's are. */
const named = (problem) => Object.assign(problem, {errors: problem.errors?.map((error) => ({...error, name: error.name === 'expires_at' ? 'last' : error.name}))});
