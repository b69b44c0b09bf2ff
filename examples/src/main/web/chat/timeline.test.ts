import { deepEqual, equal, ok } from "node:assert/strict";
import type { Message } from "./chat-events.ts";
import {
  EMPTY, MOST_ENTRIES, MOST_OUTGOING, withFailure, withHistory, withMessage, withOlder, withQueued, withReceipt, withRetry, withTry,
  type Outgoing, type Timeline,
} from "./timeline.ts";

const ME = "alice";

function message(id: string, text = `text ${id}`, username = "bob"): Message {
  return { id, username, text, timestamp: "2026-01-01T10:00:00Z" };
}

function page(ids: string[], cursor: string | null = null): { messages: Message[]; cursor: string | null } {
  return { messages: ids.map((id) => message(id)), cursor };
}

/** The ids in order; a gap is a bar. */
function ids(timeline: Timeline): string {
  return timeline.entries.map((entry) => (entry.kind === "gap" ? "|" : entry.message.id)).join(" ");
}

function sending(timeline: Timeline, key: string, text: string): { timeline: Timeline; one: Outgoing } {
  const queued = withQueued(timeline, key, text);
  ok(queued);
  const written = withTry(queued, key);
  const one = written.outgoing.find((other) => other.key === key);
  ok(one);
  return { timeline: written, one };
}

function keysAreUnique(timeline: Timeline): void {
  const keys = [...timeline.entries, ...timeline.outgoing].map(({ key }) => key);
  equal(new Set(keys).size, keys.length, keys.join(" "));
}

Deno.test("history after a reconnect continues what is known, without doubles", () => {
  const before = withHistory(EMPTY, page(["1", "2", "3"], "c1"), ME);
  const after = withHistory(before, page(["2", "3", "4", "5"], "c2"), ME);
  equal(ids(after), "1 2 3 4 5");
  equal(after.cursor, "c1", "what is above message 1 is still reached by the first cursor");
  keysAreUnique(after);
});

Deno.test("history that begins no later than what is known brings its own cursor", () => {
  const before = withHistory(EMPTY, page(["2", "3"], "old"), ME);
  const after = withHistory(before, page(["1", "2", "3"], "new"), ME);
  equal(ids(after), "1 2 3");
  equal(after.cursor, "new");
});

Deno.test("history that moved on too far replaces what is known, and leads back to it", () => {
  const before = withHistory(EMPTY, page(["1", "2"]), ME);
  const after = withHistory(before, page(["200", "201"], "c200"), ME);
  equal(ids(after), "200 201");
  equal(after.cursor, "c200");
});

Deno.test("a room that lost its past keeps what this window saw, above a gap", () => {
  const before = withHistory(EMPTY, page(["1", "2"], "c1"), ME);
  const after = withHistory(before, page(["9"]), ME);
  equal(ids(after), "past-1-1 past-1-2 | 9");
  equal(after.cursor, null);
});

Deno.test("a room that numbers its messages from one again is seen through", () => {
  const before = withHistory(EMPTY, { messages: [message("1", "good morning")], cursor: null }, ME);
  const second = withHistory(before, { messages: [message("1", "is anybody here?")], cursor: null }, ME);
  equal(ids(second), "past-1-1 | 1");
  const third = withHistory(second, { messages: [message("1", "third life")], cursor: null }, ME);
  equal(ids(third), "past-1-1 | past-2-1 | 1");
  keysAreUnique(third);
});

Deno.test("one contradicted message is enough to know a new life by", () => {
  const before = withHistory(EMPTY, { messages: [message("1", "hi"), message("2", "old")], cursor: null }, ME);
  const after = withHistory(before, { messages: [message("1", "hi"), message("2", "new")], cursor: null }, ME);
  equal(ids(after), "past-1-1 past-1-2 | 1 2");
});

Deno.test("losing the past again with nothing said in between makes no second gap", () => {
  const before = withHistory(EMPTY, page(["1"]), ME);
  const once = withHistory(before, page([]), ME);
  equal(ids(withHistory(once, page([]), ME)), "past-1-1 |");
});

Deno.test("older messages go above, without doubles", () => {
  const before = withHistory(EMPTY, page(["3", "4"], "c3"), ME);
  const after = withOlder(before, page(["1", "2", "3"], null));
  equal(ids(after), "1 2 3 4");
  equal(after.cursor, null);
});

Deno.test("a live message comes once, however often it is told", () => {
  const once = withMessage(EMPTY, message("1"), ME);
  equal(ids(withMessage(once, message("1"), ME)), "1");
});

Deno.test("a confirmed message appears once, whichever comes first: reply or broadcast", () => {
  for (const order of ["reply first", "broadcast first"]) {
    const { timeline, one } = sending(EMPTY, "k1", "hello");
    const reply = (to: Timeline): Timeline => withReceipt(to, one, { id: "m1", timestamp: "2026-01-01T10:00:00Z" }, ME);
    const broadcast = (to: Timeline): Timeline => withMessage(to, message("m1", "hello", ME), ME);
    const after = order === "reply first" ? broadcast(reply(timeline)) : reply(broadcast(timeline));
    equal(ids(after), "m1", order);
    equal(after.entries[0]?.key, "k1", "the view keeps its place");
    deepEqual(after.outgoing, []);
  }
});

Deno.test("the same text from another window of this user is not lost for ours", () => {
  const { timeline, one } = sending(EMPTY, "k1", "hello");
  const other = withMessage(timeline, message("m1", "hello", ME), ME);
  const after = withReceipt(other, one, { id: "m2", timestamp: "2026-01-01T10:00:00Z" }, ME);
  equal(ids(after), "m1 m2");
  keysAreUnique(after);
});

Deno.test("somebody else's equal text confirms nothing", () => {
  const { timeline } = sending(EMPTY, "k1", "hello");
  equal(withMessage(timeline, message("m1", "hello", "bob"), ME).outgoing.length, 1);
});

Deno.test("a message whose confirmation was lost is found in the history, one for one", () => {
  const known = withHistory(EMPTY, { messages: [message("m0", "hi", ME)], cursor: null }, ME);
  const first = sending(known, "k1", "hi");
  const second = sending(first.timeline, "k2", "hi");
  const after = withHistory(second.timeline, { messages: [message("m0", "hi", ME), message("m1", "hi", ME)], cursor: null }, ME);
  equal(ids(after), "m0 m1");
  deepEqual(after.outgoing.map(({ key }) => key), ["k2"], "m1 was the first; m0 had been there before");
});

Deno.test("what was never written is not taken for arrived", () => {
  const queued = withQueued(EMPTY, "k1", "hi");
  ok(queued);
  const after = withHistory(queued, { messages: [message("m1", "hi", ME)], cursor: null }, ME);
  equal(after.outgoing.length, 1);
});

Deno.test("a failure says why, and trying again forgets it", () => {
  const failed = withFailure(sending(EMPTY, "k1", "hi").timeline, "k1", "too fast");
  deepEqual(failed.outgoing, [{ key: "k1", text: "hi", status: "failed", tries: 1, words: "too fast" }]);
  deepEqual(withRetry(failed, "k1").outgoing, [{ key: "k1", text: "hi", status: "queued", tries: 0 }]);
});

Deno.test("a window keeps a bounded number of messages and says that it let some go", () => {
  const many = Array.from({ length: MOST_ENTRIES }, (_, index) => `${index}`);
  const full = withHistory(EMPTY, page(many, "c"), ME);
  ok(!full.trimmed);
  const after = withMessage(full, message("new"), ME);
  equal(after.entries.length, MOST_ENTRIES);
  equal(after.trimmed, true);
  equal(after.cursor, null);
  equal(ids(after).startsWith("1 2 "), true);
});

Deno.test("what waits to be sent is bounded", () => {
  let timeline = EMPTY;
  for (let index = 0; index < MOST_OUTGOING; index++) {
    const next = withQueued(timeline, `k${index}`, "x");
    ok(next);
    timeline = next;
  }
  equal(withQueued(timeline, "one more", "x"), undefined);
});
