// Wall time in a zone as an instant, which browsers do not offer yet without a library.

/** The first instant of a local day "2026-12-01", `later` days on, as RFC 3339 UTC. Where midnight is skipped by a clock
 *  change, the first instant after the gap. */
export function dayStart(day, zone, later = 0) {
  const [year, month, date] = day.split('-').map(Number);
  const wall = Date.UTC(year, month - 1, date + later);
  // The offset at the wall time read as UTC is right but near a change; the offset at the instant it gives then is. Of
  // two candidates the later one that is not before the wall time holds in a gap, the earlier one otherwise.
  const first = wall - offset(wall, zone);
  const second = wall - offset(first, zone);
  const fits = [Math.min(first, second), Math.max(first, second)].find((instant) => instant + offset(instant, zone) >= wall);
  return new Date(fits).toISOString().replace('.000', '');
}

function offset(instant, zone) {
  const parts = new Intl.DateTimeFormat('en', {timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
    hour: 'numeric', minute: 'numeric', second: 'numeric'}).formatToParts(instant);
  const {year, month, day, hour, minute, second} = Object.fromEntries(parts.map(({type, value}) => [type, Number(value)]));
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
