// On an invitation's page: what it offers, where, and to whom that belongs.

import {html, useEffect, useState} from '../lib/preact.js';
import {Grants} from './grant.js';
import {t} from './i18n.js';
import {soft} from './page.js';
import {people, useStaff} from './people.js';
import {explain} from './problem.js';

export function Access({item, context}) {
  const [accounts, setAccounts] = useState([]);
  const [problem, setProblem] = useState(null);
  const staff = useStaff(context);
  const load = () => Promise.all((item.accounts || []).map(({id}) => people(context, id))).then(setAccounts, setProblem);
  useEffect(() => { load(); }, [item]);
  return html`<section class="card"><h2>${t('grant.title')}</h2>
    ${problem && html`<p class="summary" role="alert">${explain(problem)}</p>`}
    ${accounts.map((account) => html`<h3><a href=${`#/account/${account.id}`}>${soft(account.name)}</a></h3>
      ${offered(account, item).map((one) => html`<${Grants} key=${`${one.id}${item.state}`} person=${one} account=${account.id} context=${context} staff=${staff} open />`)}`)}
  </section>`;
}

/** The invited person at an account, with the grant that the invitation is about. */
const offered = ({people: all}, {address, portal}) => all.filter((one) => one.address?.toLowerCase() === address.toLowerCase())
  .map((one) => ({...one, grants: one.grants.filter((grant) => grant.portal === portal)}));
