// Join links in the console: create, copy, reset, switch off, count of uses; and who asked to join and waits.

import {html, useEffect, useState} from '../lib/preact.js';
import {patch, post} from './api.js';
import {Copy} from './copy.js';
import {Dialog} from './dialog.js';
import {Form, useForm} from './form.js';
import {number, t, when} from './i18n.js';
import {NewLink} from './newlink.js';
import {Facts, Press, Screen, say} from './page.js';
import {explain} from './problem.js';
import {Requests} from './requests.js';
import {Mark, called} from './staffparts.js';
import {whole} from './whole.js';

const every = 15_000; // milliseconds between two counts of uses while the page is looked at; chosen, no evidence

export function View({context}) {
  const [links, setLinks] = useState(null);
  const [fresh, setFresh] = useState(null);
  const [creating, setCreating] = useState(false);
  const [problem, setProblem] = useState(null);
  const load = () => whole(`${context.base}/joinlinks`).then(setLinks, setProblem);
  useEffect(() => {
    load();
    const look = () => { if (!document.hidden) load(); };
    const timer = setInterval(look, every);
    document.addEventListener('visibilitychange', look);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', look); };
  }, []);
  const made = async (answer) => { setCreating(false); setFresh(answer); await load(); };
  if (creating) return html`<${NewLink} context=${context} made=${made} back=${() => setCreating(false)} />`;
  return html`<${Screen} key=list title=${t('console.links')} firm=${context.firm}>
      <p>${t('links.about')}</p>
      ${problem && html`<p class="summary" role="alert">${explain(problem)}</p>`}
      ${fresh && html`<${Copy} url=${fresh.url} label=${t('links.fresh')} hint=${t('links.fresh_hint')} />`}
      ${context.admin && html`<${Press} kind="main" act=${() => setCreating(true)} label=${t('links.create')} />`}
    </${Screen}>
    <${Requests} context=${context} />
    ${links?.map((link) => html`<${Link} key=${link.id} link=${link} context=${context} reset=${made} reload=${load} />`)}
    ${links?.length === 0 && html`<p class="card">${t('links.none')}</p>`}`;
}

function Link({link, context, reset, reload}) {
  const [asking, setAsking] = useState(false);
  const path = `${context.base}/joinlinks/${link.id}`;
  const form = useForm({}, async () => {
    const answer = await post(`${path}/reset`);
    setAsking(false);
    await reset(answer);
  });
  const toggle = async () => {
    await patch(path, {off: !link.off});
    await reload();
    say(t(link.off ? 'links.on_done' : 'links.off_done'));
  };
  const name = link.label || called(link.portal, context.portals);
  return html`<section class="card"><h2>${name} <${Mark} of=${link.state} area="linkstate" /></h2>
    <${Facts} rows=${[
      [t('links.uses'), link.max_uses ? t('links.uses_of', {uses: number(link.uses), most: number(link.max_uses)}) : number(link.uses)],
      [t('column.to'), [called(link.portal, context.portals), called(link.role, context.roles)].filter(Boolean).join(' · ')],
      [t('links.from'), link.from && when(link.from, true)],
      [t('links.until'), link.until && when(link.until, true)],
      [t('links.domains'), link.domains?.join(', ')],
      [t('links.approval'), link.approval && t('links.approval_yes')],
    ]} />
    ${context.admin && html`<div class="actions"><${Press} act=${() => setAsking(true)} label=${t('links.reset')} aria-label=${t('links.reset_of', {name})} />
      <${Press} act=${toggle} busy=${t('form.busy')} label=${t(link.off ? 'links.on' : 'links.off')}
        aria-label=${t(link.off ? 'links.on_of' : 'links.off_of', {name})} /></div>`}
    ${asking && html`<${Dialog} title=${t('links.reset_title')} close=${() => setAsking(false)}><p>${t('links.reset_about')}</p>
      <${Form} form=${form} label=${t('links.reset')} second=${html`<button type="button" class="quiet"
        onClick=${() => setAsking(false)}>${t('deed.back')}</button>`} /></${Dialog}>`}</section>`;
}
