// What comes after a yes, to an invitation or a join link: the mailed code, the welcome, home. Each survives a reload.

import {html} from '../lib/preact.js';
import {language, speak, t} from './i18n.js';
import {Screen, homeOf} from './page.js';
import {recall, remember} from './store.js';

/** The steps of the page of this name. `at` gives the firm and workspace, `go` shows a screen, `begin` starts over, `waiting`
 *  shows that the firm decides. */
export function steps(name, {at, go, begin, waiting}) {
  const keep = (step) => remember(`${name}.step`, step ? JSON.stringify(step) : '');
  const kept = () => JSON.parse(recall(`${name}.step`) || '{}');

  async function code(step, address) {
    const {Code} = await import('./code.js');
    keep({code: step, address});
    const again = () => { keep(null); return begin(); };
    const {firm} = at();
    go(() => html`<${Screen} key=code title=${t('code.title')} firm=${firm}>
      <${Code} step=${step} address=${address} done=${answered} over=${again} /></${Screen}>`);
  }

  async function welcome(home) {
    const [{Welcome, arrived}] = await Promise.all([import('./welcome.js'), speak(language, 'places')]);
    const leave = () => { keep(null); location.assign(home); };
    const {workspace, firm} = at();
    const person = await arrived(workspace).catch(() => null);
    if (!person) return leave();
    return go(() => html`<${Screen} key=welcome title=${t('welcome.title', {firm})} firm=${firm}>
      <${Welcome} workspace=${workspace} person=${person} done=${leave} /></${Screen}>`);
  }

  /** The yes counts, but its dates or switches let nobody in yet. */
  function later() {
    keep(null);
    const {firm} = at();
    return go(() => html`<${Screen} key=later title=${t('welcome.later')} firm=${firm}><p>${t('welcome.later_about', {firm})}</p></${Screen}>`);
  }

  /** Goes where the answer to a yes or to its code leads. */
  function answered(answer, address) {
    if (answer.state === 'code_sent') return code(answer, address);
    if (answer.state === 'waiting') {
      keep({waiting: true});
      return waiting();
    }
    if (!answer.session) return later();
    const home = homeOf(answer, at().workspace);
    keep({welcome: home});
    return welcome(home);
  }

  /** Goes on with what a reload interrupted; false if that is nothing. */
  function resume() {
    const step = kept();
    if (step.waiting) return waiting();
    if (step.welcome) return welcome(step.welcome);
    if (step.code && Date.parse(step.code.expires_at) > Date.now()) return code(step.code, step.address);
    return false;
  }
  return {answered, kept, resume};
}
