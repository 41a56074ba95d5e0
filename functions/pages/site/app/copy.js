// A link to pass on: it is copied at once where the browser allows, and always stands there to be selected.

import {html, useEffect, useRef, useState} from '../lib/preact.js';
import {t} from './i18n.js';
import {Press} from './page.js';

export function Copy({url, label, hint}) {
  const [copied, setCopied] = useState(null);
  const field = useRef();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      field.current.select();
      setCopied(false);
    }
  };
  useEffect(() => { copy(); }, [url]);
  return html`<div class="notice"><div class="field"><label for="copied">${label}</label><p class="hint" id="copied-hint">${hint}</p>
    <div class="joined"><input id="copied" readonly value=${url} ref=${field} aria-describedby="copied-hint"
      onFocus=${(event) => event.currentTarget.select()} /><${Press} act=${copy} label=${t('copy.again')} /></div></div>
    <p role="status">${copied !== null && t(copied ? 'copy.done' : 'copy.by_hand')}</p></div>`;
}
