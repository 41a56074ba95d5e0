// The lines of an invite: with `change` they can be edited, without they show their verdicts.

import {html} from '../lib/preact.js';
import {languages, t, when} from './i18n.js';
import {called, languageName, word} from './staffparts.js';
import {goes} from './invitebody.js';

export function Lines({lines, change, context, portal}) {
  if (!lines.length) return null;
  const columns = change ? ['address', 'name', 'role', 'language'] : ['address', 'role', 'verdict', 'when'];
  const set = (key, name, value) => change(lines.map((line) => (line.key === key ? {...line, [name]: value} : line)));
  return html`<table role="table" class="lines"><caption>${t('lines.caption', {count: lines.length})}</caption>
    <thead role="rowgroup"><tr role="row">${columns.map((name) => html`<th role="columnheader" scope="col">${t(`column.${name}`)}</th>`)}
      ${change && html`<th role="columnheader" scope="col"><span class="unseen">${t('lines.remove')}</span></th>`}</tr></thead>
    <tbody role="rowgroup">${lines.map((line, place) => (change
      ? html`<${Editable} key=${line.key} line=${line} place=${place + 1} roles=${context.roles.filter((role) => role.portal === portal)}
          set=${(name, value) => set(line.key, name, value)} remove=${() => change(lines.filter((one) => one !== line))} />`
      : html`<${Judged} key=${line.key} line=${line} context=${context} />`))}</tbody></table>`;
}

function Editable({line, place, roles, set, remove}) {
  const labelled = (name) => t('lines.cell', {column: t(`column.${name}`), line: place});
  const cell = (name, control) => html`<td role="cell" data-label=${t(`column.${name}`)}>${control}</td>`;
  const input = (name) => cell(name, html`<input aria-label=${labelled(name)} value=${line[name]} autocapitalize="none" spellcheck="false"
    onInput=${(event) => set(name, event.currentTarget.value)} />`);
  const choice = (name, options) => cell(name, html`<select aria-label=${labelled(name)} onChange=${(event) => set(name, event.currentTarget.value)}>
    ${[['', t('lines.as_below')], ...options].map(([value, text]) => html`<option value=${value} selected=${value === line[name]}>${text}</option>`)}
  </select>`);
  return html`<tr role="row">${input('address')}${input('name')}${choice('role', roles.map((role) => [role.id, role.name]))}
    ${choice('language', Object.entries(languages))}
    <td role="cell"><button type="button" class="quiet" onClick=${remove}
      aria-label=${t('lines.remove_line', {address: line.address})}>${t('lines.remove')}</button></td></tr>`;
}

function Judged({line, context}) {
  const good = goes.includes(line.verdict);
  const {verdict, code, detail, warnings = []} = line;
  return html`<tr role="row">
    <td role="cell" class="first">${line.invitation ? html`<a href=${`#/invitation/${line.invitation?.id || line.invitation}`}>${line.address}</a>`
      : line.address}${line.name && html`<span class="soft">${line.name}</span>`}</td>
    <td role="cell" data-label=${t('column.role')}><div>${called(line.role, context.roles)}${line.language
      && html`<span class="soft">${languageName(line.language)}</span>`}</div></td>
    <td role="cell" data-label=${t('column.verdict')}><div><span class="badge ${good ? 'good' : 'bad'}">${word('verdict', verdict)}</span>
      ${!good && html`<span class="soft">${word('reason', code || verdict) === (code || verdict) ? detail : word('reason', code || verdict)}</span>`}
      ${warnings.map((warning) => html`<span class="soft">${t(warning.startsWith('like_line') ? 'lines.like_line' : 'lines.like', {other: warning.replace(/^\w+:/, '')})}</span>`)}</div></td>
    <td role="cell" data-label=${t('column.when')}><div>${good && line.sends_at && html`${t('lines.sent', {when: when(line.sends_at, true)})}
      <span class="soft">${t('lines.until', {when: when(line.expires_at, true)})}</span>
      <span class="soft">${t('lines.reminders', {count: line.reminders?.length || 0})}</span>`}</div></td></tr>`;
}
