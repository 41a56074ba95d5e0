// What this tab remembers over a reload. Where the browser refuses, it is remembered until the page is left.

const memory = new Map();

export function recall(name) {
  try {
    return sessionStorage.getItem(`portero.${name}`) ?? memory.get(name) ?? '';
  } catch {
    return memory.get(name) ?? '';
  }
}

export function remember(name, value) {
  memory.set(name, value);
  try {
    if (value) sessionStorage.setItem(`portero.${name}`, value);
    else sessionStorage.removeItem(`portero.${name}`);
  } catch { /* the memory has it */ }
}

/** The language of the mail a link came from, if the link says it (?lang=). */
export function mailed() {
  const found = new URLSearchParams(location.search).get('lang');
  if (found) remember('mailed', found);
  return recall('mailed');
}

/** Takes the secret out of the address bar, and keeps it for reload and back. What is new drops what was done with the old. */
export function takeSecret(name, found = location.hash.slice(1)) {
  if (found) history.replaceState(history.state, '', location.pathname);
  if (found && found !== recall(name)) {
    remember(name, found);
    remember(`${name}.step`, '');
  }
  return recall(name);
}
