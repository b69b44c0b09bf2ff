/** Times and days as this reader writes them. */

const TIME = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const DAY_MS = 24 * 60 * 60_000;

export function timeOf(timestamp: string): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? "" : TIME.format(date);
}

/** The day of a time stamp, for a divider; empty when the time stamp cannot be read. */
export function dayOf(timestamp: string, now: number): string {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) {
    return "";
  }
  const day = date.toDateString();
  if (day === new Date(now).toDateString()) {
    return "Today";
  }
  return day === new Date(now - DAY_MS).toDateString() ? "Yesterday" : DAY.format(date);
}

/** A length of time as a clock shows it: `0:07`, `12:30`, `1:02:03`. */
export function elapsedWords(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}
