// Language, time format, zone and country of a person: the welcome step after joining, and the profile of the home page.

import {html} from '../lib/preact.js';
import {Choice} from './fields.js';
import {language, languages, nameOf, t} from './i18n.js';

// ISO 3166-1 alpha-2, the officially assigned codes.
const countries = 'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY '
  + 'BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB '
  + 'GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI '
  + 'KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ '
  + 'NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI '
  + 'SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN '
  + 'VU WF WS YE YT ZA ZM ZW';

/** The profile's values, with the workspace's where the person has none. */
export const startOf = (own = {}, firm = {}) => Object.fromEntries(['language', 'time_format', 'zone', 'country']
  .map((name) => [name, own[name] || firm[name] || '']));

export function Places({form}) {
  return html`
    <${Choice} form=${form} name="language" label=${t('profile.language')}
      options=${Object.entries(languages).map(([code, name]) => [code, name, code])} />
    <${Choice} form=${form} name="time_format" label=${t('profile.time_format')}
      options=${[['24h', t('profile.24h')], ['12h', t('profile.12h')]]} />
    <${Choice} form=${form} name="zone" label=${t('profile.zone')} options=${zones(form.values.zone)} />
    <${Choice} form=${form} name="country" label=${t('profile.country')} options=${lands(form.values.country)} />`;
}

function zones(own) {
  const all = new Set(Intl.supportedValuesOf('timeZone'));
  return [...all.add('UTC').add(own || 'UTC')].sort().map((zone) => [zone, zone.replaceAll('_', ' ')]);
}

function lands(own) {
  const named = countries.split(' ').map((code) => [code, nameOf('region', code)]);
  named.sort((a, b) => a[1].localeCompare(b[1], language));
  return own ? named : [['', t('profile.none')], ...named];
}
