// Answers that are not a yes, and whose the invitation is.
export default {
  'refuse.back': 'Back',
  'refuse.decline_title': 'Decline the invitation?',
  'refuse.decline_about': '{inviter} will be told. You get no more reminders, and this link ends.',
  'refuse.decline_submit': 'Decline the invitation',
  'refuse.reason': 'Reason',
  'refuse.reason_hint': '{inviter} will read it.',
  'refuse.decline_done': 'You have declined',
  'refuse.decline_done_about': '{firm} knows. There is nothing more to do; you can close this page.',
  'refuse.optout_title': 'No more mail from {firm}?',
  'refuse.optout_about': 'This declines the invitation. {firm} can no longer invite or mail this address through Portero, until you allow it again.',
  'refuse.optout_submit': 'Do not invite me again',
  'refuse.optout_done': 'You will not be invited again',
  'refuse.optout_done_about': '{firm} can no longer mail you through Portero. You can close this page.',

  'other.title': 'This invitation is for another address',
  'other.about': 'You are signed in as {mine}. The invitation is for {theirs}.',
  'other.switch': 'Sign out and go on as {address}',
  'other.stay': 'Stay signed in as {address}',
  'other.safe': 'Whatever you choose, the invitation stays open.',
};
