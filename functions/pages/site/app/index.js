// /: what runs here and where to go. Nobody is known here, so the browser's language counts.

import {html} from '../lib/preact.js';
import {speak, t} from './i18n.js';
import {Frame, Screen, show} from './page.js';

const Index = () => html`<${Frame}><${Screen} title=${t('index.title')}>
  <p>${t('index.about')}</p>
  <h2>${t('index.client')}</h2><p>${t('index.client_about')}</p>
  <h2>${t('index.staff')}</h2><p>${t('index.staff_about')}</p>
</${Screen}></${Frame}>`;

await speak('', 'shared', 'entry');
show(Index);
