// The question before a deed.

import {html, useLayoutEffect, useRef} from '../lib/preact.js';

/** A dialog that holds the focus until it is answered; Escape closes it. */
export function Dialog({title, close, children}) {
  const box = useRef();
  useLayoutEffect(() => { box.current.showModal(); }, []);
  return html`<dialog ref=${box} aria-labelledby="dialog" onClose=${close}><h2 id="dialog">${title}</h2>${children}</dialog>`;
}
