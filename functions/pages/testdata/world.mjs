// What the page tests need to exist, by name: made by real.mjs in the running system. Each secret is
// used by one test only, but for `look`.
//
//   base        the address of the system, e.g. http://localhost:8080
//   workspace   its identifier;  portal  the name of its first portal
//   inbox       where mails are read: GET {inbox}/store answers {emails: [{destination: {to: […]}, body: {text}}]}
//   admin, member   {address, password}: the only admin of the staff; a client with access to two accounts of that portal
//   invitations[language][name], joinlinks[language][name], resets[language], stops[language]   the secrets of links:
//               what stands behind # in the mails (behind ?u= for stops)

const after = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

/** Invitations by name: their state, and what sets them apart. `member` has a password already, and `barred` a switch that lets
 *  them in nowhere; `later` is an access that begins on another day. */
export const invitations = {
  look: {}, bare: {note: '', source: ''}, newer: {newer: true}, accept: {}, keys: {}, weak: {}, twice: {}, decline: {}, optout: {}, copied: {copied: true},
  member: {member: true}, barred: {member: true, barred: true}, later: {later: true}, swap: {}, staff: {kind: 'staff', level: 'member'},
  accepted: {state: 'accepted'}, declined: {state: 'declined'}, cancelled: {state: 'cancelled'}, expired: {state: 'expired', expires_at: after(-1)},
};

/** Join links by name. `domains` takes only addresses at sol.example. */
export const joinlinks = {
  open: {}, keys: {}, approval: {approval: true}, domains: {domains: ['sol.example']}, not_yet: {state: 'not_yet'}, over: {state: 'over'}, full: {state: 'full'}, off: {state: 'off'},
};

export const password = 'correct horse battery staple';
export const note = 'Hola:\naquí verá sus <b>facturas</b> y podrá subir documentos.';
