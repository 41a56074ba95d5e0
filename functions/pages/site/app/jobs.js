// Bulk work: how far a job is, its report, and the earlier ones.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, part, post} from './api.js';
import {number, t, when} from './i18n.js';
import {Press, Screen, say} from './page.js';
import {explain} from './problem.js';
import {save} from './save.js';
import {stuck} from './stuck.js';
import {Counts} from './verdicts.js';

const every = 2000; // milliseconds between two looks at a job; chosen, no evidence

export function Progress({context, id}) {
  const [job, setJob] = useState(null);
  const [problem, setProblem] = useState(null);
  const [resumed, setResumed] = useState(0); // how often
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
  }, [resumed]);
  const resume = async () => { await post(`${path}/resume`); setResumed(resumed + 1); };
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
      ${stuck(job) && context.admin && html`<p class="hint">${t('job.resume_about')}</p>`}
      <div class="actions">${stuck(job) && context.admin && html`<${Press} act=${resume} label=${t('job.resume')} />`}<${Press} kind="main" act=${report} label=${t('import.report')} /><a href="#/import">${t('import.more')}</a></div>
      ${job.kept_until && html`<p class="hint">${t('import.kept', {when: when(job.kept_until, true)})}</p>`}`}</${Screen}>`;
}

const over = ({state}) => state === 'done' || state === 'stopped';

export function Jobs({context}) {
  const [jobs, setJobs] = useState([]);
  useEffect(() => { get(`${context.base}/jobs`).then(({items}) => setJobs(items.slice(0, 10)), () => {}); }, []);
  if (!jobs.length) return null;
  return html`<h2>${t('import.jobs')}</h2><ul class="rows">${jobs.map((job) => html`<li>
    <a href=${`#/import/${job.id}`}>${when(job.created_at, true)}</a><span class="soft">${t(`jobstate.${job.state}`)}${job.by_name && ` · ${job.by_name}`}</span></li>`)}</ul>`;
}
