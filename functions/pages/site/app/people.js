// Who belongs to an account with what was granted there, and the staff who may own it.

import {useEffect, useState} from '../lib/preact.js';
import {get} from './api.js';
import {whole} from './whole.js';

/** An account with `people`: its contacts, each with its `grants`. Somebody who has left and still has a grant is one of them. */
export async function people({base}, id) {
  const path = `${base}/accounts/${id}`;
  const account = await get(path);
  const {contacts, grants} = account;
  for (let {next} = account; next;) {
    const more = await get(`${path}?cursor=${encodeURIComponent(next)}`);
    contacts.push(...more.contacts);
    grants.push(...more.grants);
    ({next} = more);
  }
  const known = new Set(contacts.map((one) => one.id));
  const former = [...new Set(grants.map(({contact}) => contact))].filter((one) => !known.has(one)).map((one) => ({id: one}));
  return {...account, people: [...contacts, ...former].map((one) => ({...one, grants: grants.filter(({contact}) => contact === one.id)}))};
}

/** All staff, whatever their level; none until they are read. */
export function useEverybody({base}) {
  const [staff, setStaff] = useState([]);
  useEffect(() => { whole(`${base}/staff`).then(setStaff, () => {}); }, []);
  return staff;
}

/** The staff somebody may hand things over to; none for who may not. */
export function useStaff({base, admin}) {
  const [staff, setStaff] = useState([]);
  useEffect(() => {
    if (admin) whole(`${base}/staff`).then((all) => setStaff(all.filter(({level, deactivated}) => level && level !== 'none' && !deactivated)), () => {});
  }, []);
  return staff;
}
