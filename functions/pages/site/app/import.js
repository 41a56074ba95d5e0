// Importing a list in the console: a CSV file, what its columns are, a dry run, then a job with its progress and report.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, part, post} from './api.js';
import {save} from './download.js';
import {Area, Choice} from './fields.js';
import {Form, Labelled, Text, useForm} from './form.js';
import {languages, number, t, when} from './i18n.js';
import {Press, Screen, say} from './page.js';
import {explain} from './problem.js';
import {word} from './staffparts.js';
import {Counts, good, why} from './verdicts.js';

const columns = ['address', 'name', 'family', 'account', 'role', 'language', 'zone', 'source'];
const shown = 200; // rows of a dry run that are listed; all are counted; chosen, no evidence
const every = 2000; // milliseconds between two looks at a job; chosen, no evidence

export function View({context, id}) {
  if (!context.admin) return html`<${Screen} title=${t('console.import')} firm=${context.firm}><p>${t('error.not_allowed')}</p></${Screen}>`;
  return id ? html`<${Progress} key=${id} context=${context} id=${id} />` : html`<${Start} context=${context} />`;
}

function Start({context}) {
  const [tried, setTried] = useState(null);
  const path = `${context.base}/imports`;
  const form = useForm({body: '', access: 'none', portal: context.portals[0]?.id || '', role: '', language: '', source: '', mapping: {}}, async (values) => {
    const query = queryOf(values);
    if (!tried) return setTried(await post(`${path}/preview?${query}`, values.body));
    const {id} = await post(`${path}?${query}`, values.body);
    location.hash = `#/import/${id}`;
  }, {needs: ['body']});
  const {values} = form;
  if (tried) return html`<${Screen} key=tried title=${t('import.preview')} firm=${context.firm}>
    <${Counts} counts=${tried.counts} />
    ${tried.accounts > 0 && html`<p>${t('import.accounts', {count: tried.accounts})}</p>`}
    <${Rows} rows=${tried.rows} />
    <${Form} form=${form} label=${t(`importstart.${values.access}`)}
      second=${html`<button type="button" class="quiet" onClick=${() => form.busy || setTried(null)}>${t('invite.back')}</button>`} /></${Screen}>`;
  const roles = context.roles.filter(({portal}) => portal === values.portal);
  const header = headerOf(values.body);
  const read = async ({currentTarget: {files: [file]}}) => {
    if (!file) return;
    form.set('body', await file.text());
    form.set('mapping', {});
  };
  return html`<${Screen} key=edit title=${t('console.import')} firm=${context.firm}><p>${t('import.about')}</p>
    <${Form} form=${form} label=${t('import.look')} busy=${t('form.busy')}>
      <div class="field"><label for="file">${t('import.file')}</label>
        <input type="file" id="file" accept=".csv,text/csv,text/plain" onChange=${read} /></div>
      <${Area} form=${form} name="body" label=${t('import.paste')} hint=${t('import.paste_hint')} rows="6" optional="unsaid" spellcheck="false" autocapitalize="none" />
      ${header.length > 0 && html`<details><summary>${t('import.columns')}</summary><p class="hint">${t('import.columns_hint')}</p><div class="columns">
        ${columns.map((column) => html`<${Column} form=${form} column=${column} header=${header} />`)}</div></details>`}
      <${Choice} form=${form} name="access" label=${t('import.access')} options=${['none', 'grant', 'invite'].map((one) => [one, t(`importaccess.${one}`)])} />
      ${values.access !== 'none' && html`<div class="columns">
        <${Choice} form=${form} name="portal" label=${t('column.portal')} options=${context.portals.map((portal) => [portal.id, portal.title])} />
        <${Choice} form=${form} name="role" label=${t('column.role')} options=${[['', t('invite.default_role')], ...roles.map((role) => [role.id, role.name])]} /></div>`}
      <${Choice} form=${form} name="language" label=${t('column.language')}
        options=${[['', t('invite.default_language')], ...Object.entries(languages).map(([code, name]) => [code, name, code])]} />
      <${Text} form=${form} name="source" label=${t('invite.source')} hint=${t('invite.source_hint')} optional maxlength="200" />
    </${Form}><${Jobs} context=${context} /></${Screen}>`;
}

/** Which column of the file holds something; left alone, the usual names are known. */
function Column({form, column, header}) {
  const choose = (event) => form.set('mapping', {...form.values.mapping, [column]: event.currentTarget.value});
  return html`<${Labelled} form=${form} name=${`column-${column}`} label=${t(`importcolumn.${column}`)} optional="unsaid" control=${(ties) => html`
    <select ...${ties} onChange=${choose}><option value="">${t('import.by_name')}</option>
      ${header.map((name) => html`<option value=${name} selected=${form.values.mapping[column] === name}>${name}</option>`)}</select>`} />`;
}

function queryOf({access, portal, role, language, source, mapping}) {
  const said = Object.fromEntries(Object.entries(mapping).filter(([, name]) => name));
  const all = {access, portal: access === 'none' ? '' : portal, role: access === 'none' ? '' : role, language, source: source.trim(),
    mapping: Object.keys(said).length ? JSON.stringify(said) : ''};
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value));
}

/** The header's cells, to choose from; what counts is how the API reads the file. */
function headerOf(text) {
  const line = text.split(/\r?\n/).find((one) => one.trim() && !/^sep=.$/i.test(one)) || '';
  const delimiter = line.split(';').length > line.split(',').length ? ';' : ',';
  return line.split(delimiter).slice(0, 100).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')).filter(Boolean);
}

/** The rows that need somebody's eyes. */
function Rows({rows}) {
  const bad = rows.filter(({verdict}) => !good.includes(verdict));
  if (!bad.length) return html`<p class="notice">${t('import.all_good')}</p>`;
  return html`<h2>${t('import.look_at', {count: bad.length})}</h2><ul class="rows">${bad.slice(0, shown).map((row) => html`<li><span>
    <strong>${t('import.row', {row: row.row})}</strong> ${row.address} <span class="badge bad">${word('verdict', row.verdict)}</span>
    <span class="soft">${why(row)}</span></span></li>`)}</ul>${bad.length > shown && html`<p>${t('import.first', {number: number(shown)})}</p>`}`;
}

function Progress({context, id}) {
  const [job, setJob] = useState(null);
  const [problem, setProblem] = useState(null);
  const path = `${context.base}/jobs/${encodeURIComponent(id)}`;
  useEffect(() => {
    let timer;
    let gone = false;
    const look = async () => {
      try {
        const now = await get(path);
        if (gone) return;
        setJob(now);
        if (over(now)) say(t(`jobstate.${now.state}`));
        else timer = setTimeout(look, every);
      } catch (failed) {
        if (!gone) setProblem(failed);
      }
    };
    look();
    return () => { gone = true; clearTimeout(timer); };
  }, []);
  const report = async () => {
    const parts = [];
    for (let next = `/v1${path}/report`; next;) {
      const {text, next: following} = await part(next);
      parts.push(parts.length ? text.slice(text.indexOf('\n') + 1) : text);
      next = following;
    }
    save(parts, `report-${id}.csv`, 'text/csv');
  };
  return html`<${Screen} title=${t('import.job')} firm=${context.firm}>
    ${problem && html`<p class="summary" role="alert">${explain(problem)}</p>`}
    ${job && html`<p><span class="badge ${job.state === 'done' ? 'good' : ''}">${t(`jobstate.${job.state}`)}</span>
        ${job.reason && html` ${t(`jobreason.${job.reason}`)}`}${job.goes_on_at && html` ${t('import.goes_on', {when: when(job.goes_on_at, true)})}`}</p>
      <p>${t('import.done_of', {done: number(job.done), of: number(job.lines)})}</p>
      ${!over(job) && html`<progress max=${job.lines || 1} value=${job.done} aria-label=${t('import.job')}></progress>`}
      <${Counts} counts=${job.counts} />
      <div class="actions"><${Press} kind="main" act=${report} label=${t('import.report')} /><a href="#/import">${t('import.more')}</a></div>
      ${job.kept_until && html`<p class="hint">${t('import.kept', {when: when(job.kept_until, true)})}</p>`}`}</${Screen}>`;
}

const over = ({state}) => state === 'done' || state === 'stopped';

function Jobs({context}) {
  const [jobs, setJobs] = useState([]);
  useEffect(() => { get(`${context.base}/jobs`).then(({items}) => setJobs(items.slice(0, 10)), () => {}); }, []);
  if (!jobs.length) return null;
  return html`<h2>${t('import.jobs')}</h2><ul class="rows">${jobs.map((job) => html`<li>
    <a href=${`#/import/${job.id}`}>${when(job.created_at, true)}</a><span class="soft">${t(`jobstate.${job.state}`)}${job.by_name && ` · ${job.by_name}`}</span></li>`)}</ul>`;
}
