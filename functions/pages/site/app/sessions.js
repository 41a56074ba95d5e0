// Where this person is signed in, with a way to end one or all.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, remove} from './api.js';
import {t, when} from './i18n.js';
import {Press, say} from './page.js';
import {explain} from './problem.js';

const browsers = {Edg: 'Edge', OPR: 'Opera', Firefox: 'Firefox', Chrome: 'Chrome', Safari: 'Safari'}; // in this order: each says those after it too
const systems = {iPhone: 'iPhone', iPad: 'iPad', Android: 'Android', Windows: 'Windows', Macintosh: 'Mac', CrOS: 'ChromeOS', Linux: 'Linux'};

/** Browser and system of what a browser says of itself; of what is none, what it says. */
function called(device) {
  if (!device?.startsWith('Mozilla/')) return device || t('me.device');
  const first = (known) => Object.entries(known).find(([word]) => device.includes(word))?.[1];
  return [first(browsers), first(systems)].filter(Boolean).join(' · ') || t('me.device');
}

/** `ended` is called when this very session is over. */
export function Sessions({base, ended}) {
  const [items, setItems] = useState([]);
  const load = async () => {
    try {
      setItems((await get(`${base}/sessions`)).items);
    } catch (problem) {
      say(explain(problem));
    }
  };
  useEffect(() => { load(); }, []);
  const end = async (session) => {
    await remove(`${base}/sessions${session ? `/${session.id}` : ''}`);
    if (!session || session.current) return ended();
    await load();
    return say(t('me.session_ended'));
  };
  return html`<section class="card"><h2>${t('me.sessions')}</h2><ul class="rows">
    ${items.map((session) => html`<li key=${session.id}><span>${called(session.device)}
        ${session.current && html` <span class="badge good">${t('me.this_one')}</span>`}
        <span class="soft">${t('me.seen', {when: when(session.seen_at, true), from: session.from || '–'})}</span></span>
      <${Press} act=${() => end(session)} label=${t('me.end')} busy=${t('form.busy')}
        aria-label=${t('me.end_session', {device: called(session.device), when: when(session.seen_at, true)})} /></li>`)}
  </ul><${Press} act=${() => end(null)} label=${t('me.end_all')} busy=${t('form.busy')} /></section>`;
}
