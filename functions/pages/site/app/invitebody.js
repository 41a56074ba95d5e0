// The wire form of what the invite view holds, and the checks that need no server.

import {t} from './i18n.js';

/** The verdicts that mean somebody gets a mail. */
export const goes = ['invited', 'added_to_open', 'offered'];

/** Validity as amount and unit, from "P14D" or "PT8H". */
export const split = (validity) => {
  const [, hours, amount] = validity?.match(/^P(T?)(\d+)[DH]$/) || [null, '', '14'];
  return {amount, unit: hours ? 'H' : 'D'};
};
export const joined = ({amount, unit}) => (unit === 'H' ? `PT${Number(amount)}H` : `P${Number(amount)}D`);

/** The values of a new invite: the workspace's own settings. */
export const start = ({portals, settings}) => ({
  paste: '', override: false, portal: portals[0]?.id || '', role: '', language: '', account: '', note: '', source: '', ...split(settings.validity),
  days: (settings.reminders?.days || []).join(', '), at: settings.reminders?.at || '09:00',
});

/** What can be seen to be wrong before anything is sent. */
export function wrong(values, lines) {
  const found = [];
  if (!lines.length && !values.paste.trim()) found.push({name: 'paste', text: t('invite.nobody')});
  return [...found, ...wrongValidity(values), ...wrongDays(values)];
}

/** The days of a reminder plan as typed: "3, 7, 12". */
export const daysOf = ({days}) => (days.match(/\d+/g) || []).map(Number);

export const wrongDays = ({days}) => (/[^\d,; ]/.test(days) ? [{name: 'days', text: t('invite.days_wrong')}] : []);

// 1 hour to 365 days: issue 2.
export function wrongValidity({amount, unit}) {
  const whole = Number.isInteger(Number(amount)) && Number(amount) >= 1 && Number(amount) <= (unit === 'H' ? 8760 : 365);
  return whole ? [] : [{name: 'amount', text: t('invite.validity_wrong')}];
}

export function bodyOf(values, lines, {settings}) {
  const {portal, role, language, account, note, source, at} = values;
  const days = daysOf(values);
  const validity = joined(values);
  const {reminders} = settings;
  const own = days.join() !== (reminders?.days || []).join() || at !== reminders?.at;
  return filled({
    portal, role, language, note: note.trim(), source: source.trim(), validity: validity === settings.validity ? '' : validity,
    reminders: own ? {days, at} : '', override_pause: values.override || '',
    lines: lines.map((line) => filled({address: line.address, name: line.name.trim(), role: line.role, language: line.language, account})),
  });
}

const filled = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined));
