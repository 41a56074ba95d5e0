// The modules of the pages that compute something, without a browser.

import {test} from 'node:test';
import assert from 'node:assert/strict';
import {parse} from '../site/app/parse.js';
import {changes, fieldOf, valuesOf} from '../site/app/settingsbody.js';
import {dayStart} from '../site/app/wall.js';

test('addresses are read out of what people paste', () => {
  for (const [text, ...wanted] of [
    ['a@b.es', 'a@b.es|'],
    ['Ana Ruiz <ana@b.es>', 'ana@b.es|Ana Ruiz'],
    ['"Ruiz, Ana" <ana@b.es>', 'ana@b.es|Ruiz Ana'],
    ['  <ana@b.es>  ', 'ana@b.es|'],
    ['ana@b.es Ana Ruiz', 'ana@b.es|Ana Ruiz'],
    ['Ana Ruiz\tana@b.es', 'ana@b.es|Ana Ruiz'],
    ['Ana Ruiz;ana@b.es', 'ana@b.es|Ana Ruiz'],
    ['a@b.es\r\n\n b@c.es ', 'a@b.es|', 'b@c.es|'],
    ['a@b.es, Luis <l@c.es>; d@e.es', 'a@b.es|', 'l@c.es|Luis', 'd@e.es|'],
    ['mailto:a@b.es', 'a@b.es|'],
    ['ñandú@b.es', 'ñandú@b.es|'],
    ['no address here', 'no address here|'],
    ['', ...[]],
  ]) assert.deepEqual(parse(text).map(({address, name}) => `${address}|${name}`), wanted, text);
});

test('no line is lost and nothing throws, whatever is pasted', () => {
  const pieces = ['a@b.es', '@', '<', '>', ',', ';', '"', ' ', '\n', '\t', 'Ana', 'ñ', '\u{1F600}', '\\', '@@', '.'];
  let seed = 7;
  const next = (most) => { seed = (seed * 48_271) % 2_147_483_647; return seed % most; };
  for (let trial = 0; trial < 20_000; trial++) {
    const text = Array.from({length: next(14)}, () => pieces[next(pieces.length)]).join('');
    const found = parse(text);
    for (const {address, name} of found) assert.ok(address && address === address.trim() && name === name.trim(), JSON.stringify(text));
    const filled = text.split('\n').filter((line) => line.trim()).length;
    assert.ok(found.length >= Math.min(filled, 1), JSON.stringify(text));
  }
});

test('a local day begins where the zone says, over both clock changes', () => {
  for (const [day, zone, later, wanted] of [
    ['2026-11-22', 'Europe/Madrid', 0, '2026-11-21T23:00:00Z'],
    ['2026-06-30', 'Europe/Madrid', 1, '2026-06-30T22:00:00Z'],
    ['2026-03-29', 'Europe/Madrid', 0, '2026-03-28T23:00:00Z'],
    ['2026-03-29', 'Europe/Madrid', 1, '2026-03-29T22:00:00Z'],
    ['2026-10-25', 'Europe/Madrid', 0, '2026-10-24T22:00:00Z'],
    ['2026-10-25', 'Europe/Madrid', 1, '2026-10-25T23:00:00Z'],
    ['2026-12-31', 'America/Bogota', 1, '2027-01-01T05:00:00Z'],
    ['2026-02-28', 'UTC', 1, '2026-03-01T00:00:00Z'],
    ['2026-09-06', 'America/Santiago', 0, '2026-09-06T04:00:00Z'], // midnight is skipped: the first instant after
    ['2026-03-29', 'America/Nuuk', 0, '2026-03-29T01:00:00Z'], // 23:00 of the day before becomes midnight
  ]) assert.equal(dayStart(day, zone, later), wanted, `${day} ${zone} +${later}`);
});

const settings = {language: 'es', zone: 'Europe/Madrid', country: 'ES', time_format: '24h', validity: '', reminders: {days: [3, 7], at: '09:00'},
  policy: {workdays: 'mon,fri', quiet_from: '20:00', quiet_to: '08:00'}, daily_mails: 2000, first_week_mails: 200, address_mails: 5, members_invite: true,
  default_owner: 'idn_1', staff_idle_min: 60, staff_life_min: 720, member_idle_min: 1440, member_life_min: 43_200, min_password: 15};

test('of the settings only what changed is sent, as the API takes it', () => {
  const before = valuesOf({firm: 'Vega', settings, roles: []});
  for (const [change, wanted] of [
    [{}, {}],
    [{daily_mails: '2000', amount: '14'}, {}],
    [{name: ' Vega & Co '}, {name: 'Vega & Co'}],
    [{zone: 'UTC', members_invite: false}, {settings: {zone: 'UTC', members_invite: false}}],
    [{min_password: '20'}, {settings: {min_password: 20}}],
    [{unit: 'H', amount: '48'}, {settings: {validity: 'PT48H'}}],
    [{days: ''}, {settings: {reminders: {days: [], at: '09:00'}}}],
    [{tue: true}, {settings: {policy: {workdays: 'mon,tue,fri', quiet_from: '20:00', quiet_to: '08:00'}}}],
  ]) assert.deepEqual(changes(before, {...before, ...change}), wanted, JSON.stringify(change));
});

test('a fault of a setting is shown at its field', () => {
  for (const [name, wanted] of [['name', 'name'], ['settings.zone', 'zone'], ['settings.validity', 'amount'], ['settings.reminders', 'days'],
    ['settings.reminders.at', 'at'], ['settings.reminders.days[3]', 'days'], ['settings.policy', 'mon'], ['settings.policy.quiet_to', 'quiet_to'],
    ['settings.policy.workdays', 'mon']]) assert.equal(fieldOf(name), wanted, name);
});
