// The roles of a portal: add one, rename it, its seats and permissions, which is the default, delete one with its people moved.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, patch, post} from './api.js';
import {Dialog} from './dialog.js';
import {Choice, Tick} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {number, t} from './i18n.js';
import {Facts, Press, say} from './page.js';
import {called, word} from './staffparts.js';
import {stuck} from './stuck.js';

const every = 2000; // milliseconds between two looks at a job; chosen, no evidence
const mostSeats = 1_000_000; // of one role, as the API has it

const may = (permission) => word('may', permission.replace('.', '_'));
const field = (permission) => `may.${permission}`;

export function Roles({context, all, changed}) {
  const [doing, setDoing] = useState(null); // [Deed, role]
  const [job, setJob] = useState('');
  const close = () => setDoing(null);
  const done = async (sentence, answer) => { close(); setJob(answer?.job || ''); await changed(); say(t(sentence)); };
  const [Deed, role] = doing || [];
  const moves = new Set([...all.roles.flatMap((one) => one.arriving || []), ...(job ? [job] : [])]);
  return html`<section class="card"><h2>${t('roles.title')}</h2>
      ${[...moves].map((one) => html`<${Moving} key=${one} context=${context} job=${one} />`)}
      ${context.admin && html`<div class="actions"><${Press} kind="main" act=${() => setDoing([Edit])} label=${t('roles.add')} /></div>`}</section>
    ${all.roles.map((one) => html`<${Role} key=${one.id} role=${one} context=${context} all=${all} ask=${setDoing} done=${done} />`)}
    ${Deed && html`<${Deed} context=${context} all=${all} role=${role} close=${close} done=${done} />`}`;
}

function Role({role, context, all, ask, done}) {
  const {name} = role;
  const make = async () => {
    await patch(`${context.base}/portals/${all.portal.id}`, {default_role: role.id});
    await done('roles.made_default');
  };
  return html`<section class="card"><h2>${name} ${role.default && html`<span class="badge good">${t('roles.default')}</span>`}
      ${role.for === 'leads' && html`<span class="badge">${t('rolesfor.leads')}</span>`}</h2>
    <${Facts} rows=${[
      [t('roles.seats'), t('roles.seats_of', {used: number(role.seats_used), seats: number(role.seats)})],
      [t('roles.may'), role.may.map(may).join(' · ') || t('roles.may_none')],
      [t('roles.converts'), role.converts_to && called(role.converts_to, all.roles)],
    ]} />
    ${context.admin && html`<div class="actions"><${Press} act=${() => ask([Edit, role])} label=${t('roles.edit')} aria-label=${t('roles.edit_of', {name})} />
      ${!role.default && role.for === 'contacts' && html`<${Press} act=${make} label=${t('roles.make_default')} aria-label=${t('roles.make_default_of', {name})} />`}
      ${!role.default && html`<${Press} act=${() => ask([Delete, role])} label=${t('roles.delete')} aria-label=${t('roles.delete_of', {name})} />`}</div>`}</section>`;
}

const Back = ({close}) => html`<button type="button" class="quiet" onClick=${close}>${t('deed.back')}</button>`;

/** A new role, or another name, number of seats and permissions of one. */
function Edit({context, all, role, close, done}) {
  const has = (permission) => (role ? role.may.includes(permission) : all.roles.find((one) => one.default)?.may.includes(permission) || false);
  const form = useForm({name: role?.name || '', for: 'contacts', seats: String(role?.seats || 10_000),
    ...Object.fromEntries(all.permissions.map((one) => [field(one), has(one)]))}, async (values) => {
    const body = {name: values.name, seats: Number(values.seats), may: all.permissions.filter((one) => values[field(one)])};
    if (role) await patch(`${context.base}/roles/${role.id}`, body);
    else await post(`${context.base}/roles`, {...body, portal: all.portal.id, for: values.for});
    await done('roles.saved');
  }, {needs: ['name'], check: ({seats}) => (/^\d+$/.test(seats) && seats >= 1 && seats <= mostSeats ? [] : [{name: 'seats', text: t('roles.seats_wrong')}])});
  return html`<${Dialog} title=${role ? t('roles.edit_of', {name: role.name}) : t('roles.add')} close=${close}>
    <${Form} form=${form} label=${t(role ? 'roles.save' : 'roles.create')} second=${html`<${Back} close=${close} />`}>
      <${Text} form=${form} name="name" label=${t('roles.name')} maxlength="80" />
      ${!role && html`<${Choice} form=${form} name="for" label=${t('roles.for')} options=${['contacts', 'leads'].map((one) => [one, t(`rolesfor.${one}`)])} />`}
      <${Text} form=${form} name="seats" label=${t('roles.seats')} hint=${t('roles.seats_hint')} type="number" min="1" max=${mostSeats} inputmode="numeric" />
      <fieldset class="days"><legend>${t('roles.may')}</legend>
        ${all.permissions.map((one) => html`<${Tick} form=${form} name=${field(one)} label=${may(one)} />`)}</fieldset>
    </${Form}></${Dialog}>`;
}

function Delete({context, all, role, close, done}) {
  const heirs = all.roles.filter((one) => one.id !== role.id && one.for === role.for).sort((a, b) => Number(b.default) - Number(a.default));
  const form = useForm({move_to: role.seats_used ? heirs[0]?.id || '' : ''}, async ({move_to: heir}) => {
    await done('roles.deleted', await post(`${context.base}/roles/${role.id}/delete`, heir ? {move_to: heir} : {}));
  });
  return html`<${Dialog} title=${t('roles.delete_title', {name: role.name})} close=${close}><p>${t('roles.delete_about')}</p>
    <${Form} form=${form} label=${t('roles.delete')} second=${html`<${Back} close=${close} />`}>
      <${Choice} form=${form} name="move_to" label=${t('roles.move_to')} options=${[['', t('roles.nobody')], ...heirs.map(({id, name}) => [id, name])]} />
    </${Form}></${Dialog}>`;
}

/** How far the lists behind a move are. */
function Moving({context, job}) {
  const path = `${context.base}/jobs/${job}`;
  const [now, setNow] = useState(null);
  const [resumed, setResumed] = useState(0); // how often
  useEffect(() => {
    let timer;
    let gone = false;
    const look = async () => {
      const is = await get(path).catch(() => null);
      if (gone || !is) return;
      setNow(is);
      if (is.state !== 'done' && is.state !== 'stopped') timer = setTimeout(look, every);
    };
    look();
    return () => { gone = true; clearTimeout(timer); };
  }, [resumed]);
  if (!now) return null;
  const resume = async () => { await post(`${path}/resume`); setResumed(resumed + 1); };
  const says = stuck(now) ? 'roles.stopped' : now.state === 'done' ? 'roles.moved' : 'roles.moving';
  return html`<p class="notice" role="status">${t(says, {done: number(now.done)})}</p>
    ${stuck(now) && context.admin && html`<div class="actions"><${Press} act=${resume} label=${t('roles.resume')} /></div>`}`;
}
