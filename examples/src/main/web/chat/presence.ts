/** Who is in the room, in the order shown: this user first, then by name. Pure functions. */

/** The most names that are kept; a bigger room only shows how many there are. */
export const MOST_NAMES = 500;

export interface Presence {
  readonly names: readonly string[];
  /** People beyond {@link MOST_NAMES}. */
  readonly more: number;
}

export const NOBODY: Presence = { names: [], more: 0 };

export function everybody(names: readonly string[], me: string): Presence {
  const distinct = [...new Set(names)].sort((a, b) => order(a, b, me));
  return { names: distinct.slice(0, MOST_NAMES), more: Math.max(0, distinct.length - MOST_NAMES) };
}

export function withPerson(presence: Presence, name: string, me: string): Presence {
  const all = everybody([...presence.names, name], me);
  return { names: all.names, more: presence.more + all.more };
}

export function withoutPerson(presence: Presence, name: string): Presence {
  if (presence.names.includes(name)) {
    return { ...presence, names: presence.names.filter((other) => other !== name) };
  }
  return { ...presence, more: Math.max(0, presence.more - 1) };
}

/** Who came and who went between two lists, in words; empty when nobody did. */
export function changeWords(before: Presence, now: Presence): string {
  const came = now.names.filter((name) => !before.names.includes(name)).map((name) => `${name} joined`);
  const went = before.names.filter((name) => !now.names.includes(name)).map((name) => `${name} left`);
  return [...came, ...went].join(", ");
}

function order(a: string, b: string, me: string): number {
  if (a === me || b === me) {
    return a === b ? 0 : a === me ? -1 : 1;
  }
  return a.localeCompare(b, undefined, { sensitivity: "base" }) || (a < b ? -1 : a > b ? 1 : 0);
}
