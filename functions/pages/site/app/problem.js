// From the codes of the API to sentences.

import {has, t} from './i18n.js';

/** What went wrong, as a sentence in the person's language that says what to do. */
export function explain({code, message, body, wait}) {
  if (has(`error.${code}`)) return t(`error.${code}`, {minutes: Math.max(1, Math.ceil((wait || 60) / 60))});
  return [message && body?.code ? message : t('error.unknown'), body?.request_id].filter(Boolean).join(' ');
}
