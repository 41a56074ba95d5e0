// Lists that come a page at a time, read to their end.

import {get} from './api.js';

/** Every page of a list whose whole length is bounded. */
export async function whole(path) {
  const items = [];
  let cursor = '';
  do {
    const answer = await get(`${path}${cursor && `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`}`);
    items.push(...answer.items);
    cursor = answer.next;
  } while (cursor);
  return items;
}
