/** What the message list shows, and how every event changes it. Pure functions over immutable values. */
import type { HistoryPage, Message, SendReceipt } from "./chat-events.ts";

export type Entry =
  | { readonly kind: "message"; readonly key: string; readonly message: Message }
  /** The room lost its past here, for the nth time; messages may be missing. */
  | { readonly kind: "gap"; readonly key: string; readonly life: number };

/** A message of this user on its way; the key stays when the message arrives, so that the view keeps its place. */
export interface Outgoing {
  readonly key: string;
  readonly text: string;
  /** `queued` was never written; `in-flight` was, and nobody knows yet what became of it. */
  readonly status: "queued" | "in-flight" | "failed";
  /** How often it was written. */
  readonly tries: number;
  /** Why it failed. */
  readonly words?: string;
}

export interface Timeline {
  readonly entries: readonly Entry[];
  readonly outgoing: readonly Outgoing[];
  /** Leads to older messages; null when there are none, or none that this window can show. */
  readonly cursor: string | null;
  /** Whether older messages were let go to keep this window light. */
  readonly trimmed: boolean;
}

export const EMPTY: Timeline = { entries: [], outgoing: [], cursor: null, trimmed: false };

/** The most entries that a window keeps. */
export const MOST_ENTRIES = 1000;
export const MOST_OUTGOING = 50;

/** What ids of a lost past begin with. */
const PAST = "past-";

/**
 * Takes in the newest page after joining or coming back. Where it overlaps what is known, the two become one without doubles.
 * Where it does not, the server's own history decides: if it reaches further back, it replaces what is known; if it does not, the
 * room has lost its past, and what this window still knows stays above a gap.
 */
export function withHistory(timeline: Timeline, page: HistoryPage, me: string): Timeline {
  const known = new Map(messagesOf(timeline).map((message) => [message.id, message]));
  const shared = page.messages.filter((message) => isSame(known.get(message.id), message));
  const contradicted = page.messages.some((message) => known.has(message.id) && !shared.includes(message));
  const fresh = page.messages.filter((message) => !known.has(message.id) || contradicted);
  const merged = shared.length > 0 && !contradicted
    ? overlapped(timeline, page)
    : apart(timeline, page);
  return bounded({ ...merged, outgoing: withoutArrived(timeline.outgoing, fresh, me) });
}

/** Puts an older page above everything else. */
export function withOlder(timeline: Timeline, page: HistoryPage): Timeline {
  const known = new Set(messagesOf(timeline).map((message) => message.id));
  const older = page.messages.filter((message) => !known.has(message.id)).map(toEntry);
  return bounded({ ...timeline, entries: [...older, ...timeline.entries], cursor: page.cursor });
}

/** Takes in a live message. One of this user's own takes the place of the first like it that is on its way. */
export function withMessage(timeline: Timeline, message: Message, me: string): Timeline {
  const at = indexOf(timeline, message.id);
  if (at >= 0) {
    return replaced(timeline, at, message);
  }
  const arrived = message.username === me
    ? timeline.outgoing.find((one) => one.status === "in-flight" && one.text === message.text)
    : undefined;
  return bounded({
    ...timeline,
    entries: [...timeline.entries, { kind: "message", key: arrived?.key ?? message.id, message }],
    outgoing: timeline.outgoing.filter((one) => one !== arrived),
  });
}

/** The server confirmed what was sent under this key. */
export function withReceipt(timeline: Timeline, sent: Outgoing, receipt: SendReceipt, me: string): Timeline {
  const outgoing = timeline.outgoing.filter((one) => one.key !== sent.key);
  if (indexOf(timeline, receipt.id) >= 0) {
    return { ...timeline, outgoing };
  }
  const message = { id: receipt.id, username: me, text: sent.text, timestamp: receipt.timestamp };
  const taken = timeline.entries.some((entry) => entry.key === sent.key);
  const entry: Entry = { kind: "message", key: taken ? receipt.id : sent.key, message };
  return bounded({ ...timeline, entries: [...timeline.entries, entry], outgoing });
}

/** Puts a text at the end of what is on its way; undefined when too much is waiting already. */
export function withQueued(timeline: Timeline, key: string, text: string): Timeline | undefined {
  if (timeline.outgoing.length >= MOST_OUTGOING) {
    return undefined;
  }
  return { ...timeline, outgoing: [...timeline.outgoing, { key, text, status: "queued", tries: 0 }] };
}

/** The message is being written once more. */
export function withTry(timeline: Timeline, key: string): Timeline {
  return withOutgoing(timeline, key, ({ text, tries }) => ({ key, text, status: "in-flight", tries: tries + 1 }));
}

/** The message waits for the user's decision; the words say why. */
export function withFailure(timeline: Timeline, key: string, words: string): Timeline {
  return withOutgoing(timeline, key, (one) => ({ ...one, status: "failed", words }));
}

/** The user wants a failed message sent after all. */
export function withRetry(timeline: Timeline, key: string): Timeline {
  return withOutgoing(timeline, key, ({ text }) => ({ key, text, status: "queued", tries: 0 }));
}

export function withoutOutgoing(timeline: Timeline, key: string): Timeline {
  return { ...timeline, outgoing: timeline.outgoing.filter((one) => one.key !== key) };
}

/** Nothing is on its way any more: the connection is over. */
export function withAllFailed(timeline: Timeline, words: string): Timeline {
  return { ...timeline, outgoing: timeline.outgoing.map((one) => ({ ...one, status: "failed" as const, words })) };
}

function withOutgoing(timeline: Timeline, key: string, change: (one: Outgoing) => Outgoing): Timeline {
  return { ...timeline, outgoing: timeline.outgoing.map((one) => (one.key === key ? change(one) : one)) };
}

function overlapped(timeline: Timeline, page: HistoryPage): Timeline {
  const inPage = new Set(page.messages.map((message) => message.id));
  const keys = new Map(timeline.entries.map((entry) => [entry.kind === "message" ? entry.message.id : "", entry.key]));
  const first = timeline.entries.findIndex((entry) => entry.kind === "message" && inPage.has(entry.message.id));
  const before = timeline.entries.slice(0, first);
  const after = timeline.entries.slice(first).filter((entry) => entry.kind === "message" && !inPage.has(entry.message.id));
  const middle = page.messages.map((message): Entry => ({ kind: "message", key: keys.get(message.id) ?? message.id, message }));
  return { ...timeline, entries: [...before, ...middle, ...after], cursor: before.length > 0 ? timeline.cursor : page.cursor };
}

function apart(timeline: Timeline, page: HistoryPage): Timeline {
  const entries = page.messages.map(toEntry);
  if (timeline.entries.length === 0 || page.cursor !== null) {
    return { ...timeline, entries, cursor: page.cursor, trimmed: false };
  }
  const life = livesOf(timeline) + 1;
  const past = timeline.entries.map((entry) => asPast(entry, life));
  const gap: Entry[] = past.at(-1)?.kind === "gap" ? [] : [{ kind: "gap", life, key: `gap-${life}` }];
  return { ...timeline, entries: [...past, ...gap, ...entries], cursor: null };
}

/** A room that lost its past may give the same ids again, so that those of the past must not meet new ones. */
function asPast(entry: Entry, life: number): Entry {
  if (entry.kind === "gap" || entry.message.id.startsWith(PAST)) {
    return entry;
  }
  const id = `${PAST}${life}-${entry.message.id}`;
  return { kind: "message", key: `${PAST}${life}-${entry.key}`, message: { ...entry.message, id } };
}

function livesOf(timeline: Timeline): number {
  return timeline.entries.findLast((entry) => entry.kind === "gap")?.life ?? 0;
}

/** Drops what the page shows to have arrived although its confirmation was lost. */
function withoutArrived(outgoing: readonly Outgoing[], fresh: readonly Message[], me: string): Outgoing[] {
  const arrived = fresh.filter((message) => message.username === me).map((message) => message.text);
  return outgoing.filter((one) => {
    const at = one.status === "in-flight" ? arrived.indexOf(one.text) : -1;
    if (at >= 0) {
      arrived.splice(at, 1);
    }
    return at < 0;
  });
}

function bounded(timeline: Timeline): Timeline {
  const excess = timeline.entries.length - MOST_ENTRIES;
  return excess <= 0 ? timeline : { ...timeline, entries: timeline.entries.slice(excess), cursor: null, trimmed: true };
}

function replaced(timeline: Timeline, at: number, message: Message): Timeline {
  const entries = timeline.entries.map((entry, index): Entry =>
    index === at ? { kind: "message", key: entry.key, message } : entry);
  return { ...timeline, entries };
}

function indexOf(timeline: Timeline, id: string): number {
  return timeline.entries.findLastIndex((entry) => entry.kind === "message" && entry.message.id === id);
}

function messagesOf(timeline: Timeline): Message[] {
  return timeline.entries.flatMap((entry) => (entry.kind === "message" ? [entry.message] : []));
}

function isSame(known: Message | undefined, message: Message): boolean {
  return known !== undefined && known.username === message.username && known.text === message.text;
}

function toEntry(message: Message): Entry {
  return { kind: "message", key: message.id, message };
}
