// What follows in the firm's settings: how invitations go out, when and how much is mailed, sessions.

import {html} from '../lib/preact.js';
import {Choice, Tick} from './fields.js';
import {Text} from './form.js';
import {language, t} from './i18n.js';
import {Facts} from './page.js';
import {Hold} from './paused.js';
import {useStaff} from './people.js';
import {leadField, limits, range, workdays} from './settingsbody.js';
import {roleNames} from './staffparts.js';

export function Rest({form, context, reload}) {
  const staff = useStaff(context);
  return html`
    <${Part} title=${t('console.invitations')}><${Inviting} form=${form} staff=${staff} /></${Part}>
    ${context.roles.some((one) => one.for === 'leads') && html`<${Part} title=${t('settings.leads')} about=${t('settings.leads_about')}>
      <${LeadRoles} form=${form} context=${context} /></${Part}>`}
    <${Part} title=${t('settings.hours')}><${Hours} form=${form} /></${Part}>
    <${Part} title=${t('settings.mail')} about=${t('settings.mail_about')}>
      <${Numbers} form=${form} names=${['daily_mails', 'first_week_mails', 'address_mails']} />
      <${Facts} rows=${[[t('settings.sender'), context.settings.sender || t('settings.sender_usual')],
        [t('settings.reply_to'), context.settings.reply_to || t('settings.reply_to_usual')]]} />
      <p class="hint">${t('settings.sender_hint')}</p></${Part}>
    ${!context.paused && html`<${Part} title=${t('paused.hold')}><${Hold} context=${context} reload=${reload} /></${Part}>`}
    <${Part} title=${t('settings.sessions')} about=${t('settings.sessions_about')}>
      <${Numbers} form=${form} names=${['staff_idle_min', 'staff_life_min', 'member_idle_min', 'member_life_min', 'min_password', 'min_password_second']} />
      <${Tick} form=${form} name="second_factor" label=${t('settings.second_factor')} hint=${t('settings.second_factor_hint')} />
      <${Tick} form=${form} name="code_sign_in" label=${t('settings.code_sign_in')} hint=${t('settings.code_sign_in_hint')} /></${Part}>`;
}

const Part = ({title, about, children}) => html`<section class="part"><h2>${title}</h2>${about && html`<p>${about}</p>`}${children}</section>`;

function Inviting({form, staff}) {
  const {default_owner: owner} = form.values;
  const known = staff.some(({id}) => id === owner) ? [] : [[owner, owner ? t('list.colleague') : t('settings.no_owner')]];
  return html`<div class="columns">
      <${Text} form=${form} name="amount" label=${t('invite.validity')} type="number" min="1" max="8760" inputmode="numeric" />
      <${Choice} form=${form} name="unit" label=${t('invite.unit')} options=${[['D', t('invite.days')], ['H', t('invite.hours')]]} />
      <${Text} form=${form} name="days" label=${t('invite.reminders')} hint=${t('invite.reminders_hint')} optional />
      <${Text} form=${form} name="at" label=${t('invite.at')} type="time" />
    </div>
    <${Choice} form=${form} name="default_owner" label=${t('settings.default_owner')} hint=${t('settings.default_owner_hint')}
      options=${[...known, ...staff.map(({id, name, address}) => [id, name || address])]} />
    <${Choice} form=${form} name="access_by" label=${t('settings.access_by')} hint=${t('settings.access_by_hint')}
      options=${['link', 'credentials'].map((one) => [one, t(`settings.access_by.${one}`)])} />
    <${Tick} form=${form} name="switch_sends" label=${t('settings.switch_sends')} hint=${t('settings.switch_sends_hint')} />
    <${Tick} form=${form} name="colleagues" label=${t('settings.colleagues')} hint=${t('settings.colleagues_hint')} />
    <${Tick} form=${form} name="members_invite" label=${t('settings.members_invite')} hint=${t('settings.members_invite_hint')} />
    <${Tick} form=${form} name="support_dates" label=${t('settings.support_dates')} hint=${t('settings.support_dates_hint')} />`;
}

/** What each role for leads becomes when a lead becomes a contact. */
function LeadRoles({form, context}) {
  const {roles} = context;
  const leads = roles.filter((one) => one.for === 'leads');
  const becomes = (id) => roles.filter((one) => one.for === 'contacts' && one.portal === leads.find((lead) => lead.id === id).portal);
  return html`<div class="columns">${roleNames({...context, roles: leads}).map(([id, role]) => html`<${Choice} form=${form} name=${leadField(id)}
    label=${t('settings.lead_role', {role})} options=${[['', t('settings.lead_none')], ...becomes(id).map((one) => [one.id, one.name])]} />`)}</div>`;
}

function Hours({form}) {
  // 1 January 2024 was a Monday.
  const called = (place) => new Intl.DateTimeFormat(language, {weekday: 'long', timeZone: 'UTC'}).format(new Date(Date.UTC(2024, 0, 1 + place)));
  return html`<fieldset class="days"><legend>${t('settings.workdays')}</legend><p class="hint">${t('settings.workdays_hint')}</p>
      ${form.errorOf('mon') && html`<p class="wrong">${form.errorOf('mon')}</p>`}
      <div class="columns">${workdays.map((day, place) => html`<${Tick} form=${form} name=${day} label=${called(place)} />`)}</div></fieldset>
    <p class="hint">${t('settings.quiet_hint')}</p><div class="columns">
      <${Text} form=${form} name="quiet_from" label=${t('settings.quiet_from')} type="time" />
      <${Text} form=${form} name="quiet_to" label=${t('settings.quiet_to')} type="time" /></div>`;
}

const Numbers = ({form, names}) => html`<div class="columns">${names.map((name) => html`<${Text} form=${form} name=${name}
  label=${t(`settings.${name}`)} hint=${t('settings.range', range(name))} type="number" min=${limits[name][0]} max=${limits[name][1]}
  inputmode="numeric" />`)}</div>`;
