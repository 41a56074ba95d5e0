// Addresses out of pasted text: one a line, "Name <a@b>" or "a@b", or a line of several as mail programs write them.

/** Returns {address, name} pairs in their order. A line without an @ comes back as an address, so that it is not lost
 *  and gets its verdict. */
export function parse(text) {
  return text.split(/\r?\n/).flatMap((line) => {
    const parts = line.split('@').length > 2 ? line.split(/[,;](?=[^,;]*@)/) : [line];
    return parts.map(person).filter(Boolean);
  });
}

function person(part) {
  const found = part.match(/[^\s<>(),;:"]+@[^\s<>(),;:"]+/);
  if (!found) return part.trim() ? {address: part.trim(), name: ''} : null;
  const name = part.replace(found[0], ' ').replace(/mailto:|[<>(),;"\t]/g, ' ').replace(/\s+/g, ' ').trim();
  return {address: found[0], name};
}
