// The settings of the firm as its form holds them, and back: only what was changed is sent.

import {number, t} from './i18n.js';
import {daysOf, joined, split, wrongDays, wrongValidity} from './invitebody.js';

export const workdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The smallest and greatest of each number: shared/domain/workspace/new.go holds them too. */
export const limits = {
  daily_mails: [1, 1_000_000], first_week_mails: [1, 1_000_000], address_mails: [1, 100], staff_idle_min: [1, 1440],
  staff_life_min: [5, 1440], member_idle_min: [5, 43_200], member_life_min: [5, 129_600], min_password: [15, 64], min_password_second: [0, 64],
};
const plain = ['language', 'time_format', 'zone', 'country', 'members_invite', 'support_dates', 'default_owner', 'second_factor', 'code_sign_in', 'access_by', 'switch_sends', 'colleagues'];

/** The name of the field that says what a role for leads becomes. */
export const leadField = (role) => `lead-${role}`;

const leadRoles = ({roles}) => roles.filter((one) => one.for === 'leads').map(({id}) => id);

export function valuesOf({firm, settings, roles}) {
  const {reminders, policy} = settings;
  const kept = Object.fromEntries([...plain, ...Object.keys(limits)].map((name) => [name, settings[name]]));
  return {
    ...kept, name: firm, ...split(settings.validity), days: (reminders.days || []).join(', '), at: reminders.at,
    ...Object.fromEntries(workdays.map((day) => [day, policy.workdays.split(',').includes(day)])),
    quiet_from: policy.quiet_from, quiet_to: policy.quiet_to,
    ...Object.fromEntries(leadRoles({roles}).map((id) => [leadField(id), settings.lead_roles?.[id] || ''])),
  };
}

/** The body of the change from one form's values to another's; empty if there is none. */
export function changes(before, after) {
  const settings = {};
  const differ = (...names) => names.some((name) => String(before[name]) !== String(after[name]));
  for (const name of plain) if (differ(name)) settings[name] = after[name];
  for (const name of Object.keys(limits)) if (differ(name)) settings[name] = Number(after[name]);
  if (differ('amount', 'unit')) settings.validity = joined(after);
  if (differ('days', 'at')) settings.reminders = {days: daysOf(after), at: after.at};
  if (differ(...workdays, 'quiet_from', 'quiet_to')) {
    const {quiet_from, quiet_to} = after;
    settings.policy = {workdays: workdays.filter((day) => after[day]).join(), quiet_from, quiet_to};
  }
  const leads = Object.keys(after).filter((name) => name.startsWith(leadField('')));
  if (differ(...leads)) settings.lead_roles = Object.fromEntries(leads.filter((name) => after[name]).map((name) => [name.slice(leadField('').length), after[name]]));
  return {...(differ('name') ? {name: after.name.trim()} : {}), ...(Object.keys(settings).length ? {settings} : {})};
}

/** What can be seen to be wrong before anything is sent. */
export function wrong(values) {
  const found = [...wrongValidity(values), ...wrongDays(values)];
  if (!workdays.some((day) => values[day])) found.push({name: 'mon', text: t('settings.no_workday')});
  for (const [name, [least, most]] of Object.entries(limits)) {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < least || value > most) found.push({name, text: t('settings.outside', range(name))});
  }
  return found;
}

/** The limits of a number, for people. */
export const range = (name) => Object.fromEntries(['least', 'most'].map((end, place) => [end, number(limits[name][place])]));

/** The field of the form that a name of the API means. */
export function fieldOf(name) {
  const own = name.replace(/^settings\./, '');
  if (own.startsWith('validity')) return 'amount';
  if (own.startsWith('reminders')) return own.endsWith('.at') ? 'at' : 'days';
  if (own.startsWith('lead_roles.')) return leadField(own.slice('lead_roles.'.length));
  if (own.startsWith('policy')) return own.match(/quiet_\w+$/)?.[0] || 'mon';
  return own;
}
