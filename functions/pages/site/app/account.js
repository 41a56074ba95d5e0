// One account in the console: its people, what each may enter, and to whom that belongs.

import {html, useEffect, useState} from '../lib/preact.js';
import {Grants} from './grant.js';
import {t} from './i18n.js';
import {people, useStaff} from './people.js';
import {Screen, soft} from './page.js';
import {explain} from './problem.js';
import {Mark, Tested} from './staffparts.js';

const few = 5; // grants whose owners are asked for without a press; chosen, no evidence

export function View({context, id}) {
  const [account, setAccount] = useState(null);
  const [problem, setProblem] = useState(null);
  const staff = useStaff(context);
  useEffect(() => { people(context, id).then(setAccount, setProblem); }, []);
  if (problem) return html`<${Screen} key=problem title=${t('accounts.account')} firm=${context.firm}><p class="summary">${explain(problem)}</p>
    <a href="#/accounts">${t('accounts.back')}</a></${Screen}>`;
  if (!account) return null;
  const open = account.grants.length <= few;
  return html`<${Screen} key=there title=${account.name} firm=${context.firm}>
      <p><a href="#/accounts">${t('accounts.back')}</a>${context.admin && html` · <a href=${`#/audit/${id}`}>${t('accounts.trail')}</a>`}</p>
      <p><${Mark} of=${account.state} area="accountstate" />${account.personal && html` <span class="soft">${t('accounts.personal')}</span>`}</p>
      ${!account.people.length && html`<p class="notice">${t('accounts.nobody')}</p>`}
    </${Screen}>
    ${account.people.map((one) => html`<section class="card" key=${one.id}><h2>${soft(one.name || one.address || t('accounts.former'))}</h2>
      <${Tested} of=${one} />
      ${one.name && one.address && html`<p class="soft">${soft(one.address)}</p>`}
      <${Grants} person=${one} account=${id} context=${context} staff=${staff} open=${open} />
      ${!one.grants.length && html`<p>${t('accounts.no_grants')}</p>`}</section>`)}`;
}
