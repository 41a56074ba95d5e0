// Parts of a view that come after its first load: what is below, what few people have, what a press asks for.

import {html, useEffect, useState} from '../lib/preact.js';
import {also, t} from './i18n.js';
import {say} from './page.js';

/** The component `name` of the module that `from` imports, with the areas of texts it needs beside its view's: it is loaded
 *  when it is first shown, and from then on is there at once. */
export function later(from, name, ...areas) {
  let loaded = null;
  const load = async () => {
    const [module] = await Promise.all([from(), also(...areas)]);
    loaded = module[name];
  };
  return (props) => {
    const [Part, setPart] = useState(() => loaded);
    useEffect(() => { if (!Part) load().then(() => setPart(() => loaded), () => say(t('error.offline'))); }, []);
    return Part && html`<${Part} ...${props} />`;
  };
}
