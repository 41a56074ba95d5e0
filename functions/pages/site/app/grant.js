// What one person may enter at one account, a portal each, with the owner: to whom what the client makes there belongs.

import {html, useEffect, useRef, useState} from '../lib/preact.js';
import {get, patch} from './api.js';
import {language, t, when} from './i18n.js';
import {Facts, Press, say} from './page.js';
import {explain} from './problem.js';
import {Mark, called} from './staffparts.js';
import {sent, switches} from './switch.js';

/** The grants of a person of an account, as `people` gives them; `open` shows their owners without a press. */
export function Grants({person, account, context, staff, open}) {
  return person.grants.map((grant) => html`<${Grant} key=${grant.portal} grant=${grant} person=${person} context=${context} staff=${staff}
    path=${`${context.base}/accounts/${account}/contacts/${person.id}/grants/${grant.portal}`} open=${open} />`);
}

function Grant({grant, person, context, staff, path, open}) {
  const [full, setFull] = useState(null);
  const now = {...grant, ...(full?.problem ? {} : full)};
  const load = () => get(path).then(setFull, (problem) => setFull({problem}));
  useEffect(() => { if (open) load(); }, []);
  const of = {name: person.name || person.address || t('accounts.former'), portal: called(grant.portal, context.portals)};
  return html`<div class="grant"><p><strong>${of.portal}</strong> · ${called(grant.role, context.roles)} <${Mark} of=${now.state} area="grantstate" /></p>
    <${Three} grant=${now} path=${path} changed=${setFull} of=${of} admin=${context.admin} />
    ${!full && !open && html`<${Press} act=${load} label=${t('grant.show')} aria-label=${t('grant.show_of', of)} busy=${t('form.busy')} />`}
    ${full?.problem && html`<p class="summary" role="alert">${explain(full.problem)}</p>`}
    ${full && !full.problem && html`<${Facts} rows=${[
        [t('grant.owner'), nameOf(full.owner) || t('grant.nobody')],
        [t('grant.from'), day(full.from)],
        [t('grant.until'), day(full.until)],
        [t('grant.accepted'), full.accepted_at && when(full.accepted_at, true)],
      ]} />
      ${context.admin && html`<${Owner} owner=${full.owner} staff=${staff} path=${path} changed=${setFull} of=${of} />`}`}</div>`;
}

/** The three switches; a press sets one at once. */
function Three({grant, path, changed, of, admin}) {
  const guard = useRef(false);
  const turn = async (name, box) => {
    const on = box.checked;
    if (guard.current) { // one after the other; it is not disabled, which would take the focus away
      box.checked = grant[name];
      return;
    }
    guard.current = true;
    try {
      const full = await patch(path, {[name]: on});
      changed(full);
      say([t(on ? 'switches.turned_on' : 'switches.turned_off', {what: t(`switch.${name}`), ...of}), sent(full)].filter(Boolean).join(' '));
    } catch (problem) {
      changed({...grant}); // as it was
      say(explain(problem));
    }
    guard.current = false;
  };
  return html`<ul class="switches" aria-label=${t('switches.of', of)}>${switches.map((name) => {
    const id = `${path.replace(/\W/g, '-')}-${name}`;
    return html`<li class="tick"><input type="checkbox" id=${id} checked=${grant[name]} disabled=${!admin}
      onChange=${(event) => turn(name, event.currentTarget)} /><label for=${id}>${t(`switch.${name}`)}</label></li>`;
  })}</ul>`;
}

/** Hands what the client makes over to somebody else of the staff. */
function Owner({owner, staff, path, changed, of}) {
  const [chosen, setChosen] = useState(owner.id);
  const change = async () => {
    const full = await patch(path, {owner: chosen});
    changed(full);
    say(t('grant.changed', {owner: nameOf(full.owner), ...of}));
  };
  const others = staff.some(({id}) => id === owner.id) ? staff : [owner, ...staff];
  return html`<p class="hint">${t('grant.owner_hint')}</p><div class="joined"><select aria-label=${t('grant.owner_of', of)}
      onChange=${(event) => setChosen(event.currentTarget.value)}>${others.map((one) => html`<option value=${one.id}
        selected=${one.id === chosen}>${nameOf(one) || t('grant.nobody')}</option>`)}</select>
    <${Press} act=${async () => (chosen === owner.id ? say(t('grant.same')) : change())} label=${t('grant.change')}
      aria-label=${t('grant.change_of', of)} busy=${t('form.busy')} /></div>`;
}

const nameOf = ({name, address}) => name || address;

/** A calendar day "2026-12-01" as people write it. */
const day = (date) => date && new Intl.DateTimeFormat(language, {dateStyle: 'long', timeZone: 'UTC'}).format(new Date(date));
