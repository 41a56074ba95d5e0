// The three switches of access: their names, and what came of one that was switched on.

import {has, t} from './i18n.js';
import {explain} from './problem.js';

export const switches = ['sign_in', 'notify', 'email_sync'];

/** Whether somebody who was let in was sent their way in, and why not; nothing where the firm sends nothing. */
export const sent = ({sent: became}) => became && (became.code ? t('switches.not_sent', {why: reason(became)}) : t('switches.sent'));

export const reason = ({code, detail}) => (has(`reason.${code}`) ? t(`reason.${code}`) : explain({code, message: detail, body: {code}}));
