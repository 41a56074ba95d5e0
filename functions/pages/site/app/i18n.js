// The language of the page, its texts, and dates and numbers as this person reads them.

import {recall, remember} from './store.js';

export const languages = {es: 'Español', en: 'English'};
export let language = '';
let meant = '';
let texts = {};
let areas = [];
let place = {};
let changed = () => {};

/** Loads the texts of these areas, in the language chosen here, else the known one, else the browser's. */
export async function speak(known, ...wanted) {
  const chosen = [recall('language'), known, ...browser(), 'en'].find((code) => languages[code]);
  await load(chosen, wanted);
}

/** Loads more areas in the language that is spoken, or is about to be. */
export const also = (...more) => load(meant, more);

// Several loads may be under way: each adds to what is known, and only the language that was asked for last is spoken.
async function load(chosen, wanted) {
  meant = chosen;
  areas = [...new Set([...areas, ...wanted])];
  const loaded = await Promise.all(areas.map((area) => import(`./texts/${chosen}/${area}.js`)));
  if (chosen !== meant) return;
  texts = Object.assign(chosen === language ? texts : {}, ...loaded.map((module) => module.default));
  language = document.documentElement.lang = chosen;
  changed();
}

/** Switches the language because the person asked for it; '' forgets that they did. */
export function choose(code, known) {
  remember('language', code);
  return speak(known);
}

/** What to tell the API of a new person: the language, if they asked for it in this tab. */
export const asked = () => (recall('language') ? {profile: {language}} : {});
export const onLanguage = (then) => { changed = then; };
const browser = () => navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());

/** The text of a key with its {values}; with a `count`, the plural form of that number if there is one. */
export function t(key, values = {}) {
  const form = 'count' in values ? `${key}.${new Intl.PluralRules(language).select(values.count)}` : key;
  const text = texts[form] ?? texts[`${key}.other`] ?? texts[key] ?? key;
  return text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
}
export const has = (key) => key in texts;

/** Says in which zone and time format ("24h" or "12h") dates are shown. */
export const settle = (zone, timeFormat) => { place = {zone, timeFormat}; };

/** A whole date with hour and named zone; or with `short`, one for tables. */
export function when(instant, short) {
  const shape = short
    ? {day: 'numeric', month: 'short', year: 'numeric'}
    : {weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZoneName: 'long'};
  const options = {...shape, hour: 'numeric', minute: '2-digit', hourCycle: place.timeFormat === '12h' ? 'h12' : 'h23'};
  try {
    return new Intl.DateTimeFormat(language, {...options, timeZone: place.zone || 'UTC'}).format(new Date(instant));
  } catch { // a zone this browser does not know
    return new Intl.DateTimeFormat(language, {...options, timeZone: 'UTC'}).format(new Date(instant));
  }
}
export const number = (value) => new Intl.NumberFormat(language).format(value);
export const nameOf = (type, code) => new Intl.DisplayNames(language, {type}).of(code);
