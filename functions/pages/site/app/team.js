// Staff in the console: who is there with which level, and inviting more.

import {html, useEffect, useState} from '../lib/preact.js';
import {patch, post} from './api.js';
import {Area, Choice} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {languages, t} from './i18n.js';
import {joined, split, wrongValidity} from './invitebody.js';
import {later} from './later.js';
import {Press, Screen, say} from './page.js';
import {explain} from './problem.js';
import {word} from './staffparts.js';
import {whole} from './whole.js';

const HandOver = later(() => import('./leave.js'), 'HandOver');

export function View({context}) {
  const [staff, setStaff] = useState([]);
  const [problem, setProblem] = useState(null);
  const load = () => whole(`${context.base}/staff`).then(setStaff, setProblem);
  useEffect(() => { load(); }, []);
  return html`<${Screen} title=${t('console.team')} firm=${context.firm}>
      ${problem && html`<p class="summary" role="alert">${explain(problem)}</p>`}
      <ul class="rows">${staff.map((person) => html`<${Person} key=${person.id} person=${person} staff=${staff} context=${context} reload=${load} />`)}</ul>
    </${Screen}>
    ${context.admin && html`<${InviteStaff} context=${context} />`}`;
}

function Person({person, staff, context, reload}) {
  const [leaving, setLeaving] = useState(false);
  const [level, setLevel] = useState(person.level || 'none');
  const self = person.id === context.identity.id;
  const remove = async (successor) => {
    await patch(`${context.base}/staff/${person.id}`, {level, successor});
    if (self) location.reload();
    await reload();
    say(t('leave.done', {name}));
  };
  const change = async () => {
    if (level === 'none') {
      setLeaving(true);
      return;
    }
    try {
      await patch(`${context.base}/staff/${person.id}`, {level});
      await reload();
      say(t('team.changed', {name: person.name || person.address}));
    } catch (problem) {
      setLevel(person.level);
      throw problem;
    }
  };
  const name = person.name || person.address;
  const reset = async () => {
    await post(`${context.base}/staff/${person.id}/second-factor/reset`);
    say(t('team.was_reset', {name}));
  };
  return html`<li><span>${name} ${person.deactivated && html`<span class="badge warn">${t('team.deactivated')}</span>`}
      <span class="soft">${[person.name && person.address, !context.admin && word('level', person.level)].filter(Boolean).join(' · ')}</span></span>
    ${context.admin && html`<select aria-label=${t('team.level_of', {name})} onChange=${(event) => setLevel(event.currentTarget.value)}>
        ${['admin', 'member', 'none'].map((one) => html`<option value=${one} selected=${one === level}>${word('level', one)}</option>`)}</select>
      ${!self && html`<${Press} act=${reset} label=${t('team.reset')} aria-label=${t('team.reset_of', {name})} />`}
      <${Press} act=${change} label=${t('team.change')} aria-label=${t('team.change_of', {name})} busy=${t('form.busy')} />`}
    ${leaving && html`<${HandOver} title=${t('leave.title', {name})} about=${t(self ? 'leave.mine' : 'leave.about')} label=${t('leave.remove')} act=${remove}
      close=${() => setLeaving(false)} people=${staff.filter(({id}) => id !== person.id)} start=${self ? '' : context.identity.id} />`}</li>`;
}

function InviteStaff({context}) {
  const blank = {address: '', name: '', level: 'member', language: '', note: '', ...split(context.settings.validity)};
  const form = useForm(blank, async (values) => {
    const {address, name, level, language, note} = values;
    const body = {address: address.trim(), level};
    for (const [key, value] of Object.entries({name: name.trim(), language, note: note.trim()})) if (value) body[key] = value;
    if (joined(values) !== context.settings.validity) body.validity = joined(values);
    await post(`${context.base}/staff/invitations`, body);
    for (const [key, value] of Object.entries(blank)) form.set(key, value);
    say(t('team.invited', {address: address.trim()}));
  }, {needs: ['address'], check: wrongValidity});
  return html`<section class="card"><h2>${t('team.invite')}</h2><${Form} form=${form} label=${t('team.send')}>
    <${Text} form=${form} name="address" label=${t('field.address')} inputmode="email" autocapitalize="none" spellcheck="false" />
    <div class="columns">
      <${Text} form=${form} name="name" label=${t('column.name')} optional maxlength="80" />
      <${Choice} form=${form} name="level" label=${t('team.level')} options=${['member', 'admin'].map((one) => [one, word('level', one)])} />
      <${Choice} form=${form} name="language" label=${t('column.language')}
        options=${[['', t('invite.default_language')], ...Object.entries(languages).map(([code, name]) => [code, name, code])]} />
      <${Text} form=${form} name="amount" label=${t('invite.validity')} type="number" min="1" max="8760" inputmode="numeric" />
      <${Choice} form=${form} name="unit" label=${t('invite.unit')} options=${[['D', t('invite.days')], ['H', t('invite.hours')]]} />
    </div>
    <${Area} form=${form} name="note" label=${t('invite.note')} hint=${t('invite.note_hint')} optional rows="3" maxlength="1000" />
  </${Form}></section>`;
}
