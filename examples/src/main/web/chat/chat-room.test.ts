import { deepEqual, equal, ok } from "node:assert/strict";
import type { RoomConnectionListener, RoomLink } from "../routing/room-connection.ts";
import { RequestNotSent, RequestRefused, RequestUnanswered } from "../routing/room-session.ts";
import { settled } from "../testing/manual-clock.ts";
import { ChatRoom } from "./chat-room.ts";

interface Request {
  readonly event: string;
  readonly data: unknown;
  readonly answer: (data: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** A chat room whose link is the test. */
class Bench {
  readonly requests: Request[] = [];
  listener: RoomConnectionListener | undefined;
  #keys = 0;
  readonly room = new ChatRoom("alice", () => `k${++this.#keys}`, (listener) => {
    this.listener = listener;
    return this.#link();
  });

  #link(): RoomLink {
    const nothing = (): void => {};
    return {
      start: nothing, retryNow: nothing, reopen: nothing, networkLost: nothing, networkRegained: nothing, leave: nothing,
      request: (event, data) => new Promise((answer, fail) => this.requests.push({ event, data, answer, fail })),
    };
  }

  event(name: string, data: unknown): void {
    this.listener?.event(name, data);
  }

  open(messages: unknown[] = [], cursor: string | null = null): void {
    this.listener?.stateChanged({ phase: "open", host: "localhost:8001", resumed: false });
    this.event("message_history", { messages, cursor });
  }

  resumed(host = "localhost:8001"): void {
    this.listener?.stateChanged({ phase: "open", host, resumed: true });
  }

  lost(): void {
    this.listener?.stateChanged({ phase: "reconnecting", wait: undefined });
    this.requests.splice(0).forEach((request) => request.fail(new RequestUnanswered("lost")));
  }

  get outgoing(): string[] {
    return this.room.snapshot().timeline.outgoing.map((one) => `${one.text}:${one.status}`);
  }

  get texts(): string[] {
    return this.room.snapshot().timeline.entries.map((entry) => (entry.kind === "gap" ? "|" : entry.message.text));
  }
}

const said = (id: string, username: string, text: string): unknown => ({ id, username, text, timestamp: "2026-01-01T10:00:00Z" });
const receipt = (id: string): unknown => ({ id, timestamp: "2026-01-01T10:00:00Z" });

Deno.test("a message is pending until the server's reply confirms it", async () => {
  const bench = new Bench();
  bench.open();
  equal(bench.room.send("hello"), true);
  deepEqual(bench.outgoing, ["hello:in-flight"]);
  deepEqual(bench.requests.map(({ event, data }) => [event, data]), [["send_message", { text: "hello", clientId: "k1" }]]);
  bench.requests[0]?.answer(receipt("m1"));
  await settled();
  deepEqual(bench.outgoing, []);
  deepEqual(bench.texts, ["hello"]);
});

Deno.test("a refused message fails with the reason, and can be sent again or discarded", async () => {
  const bench = new Bench();
  bench.open();
  bench.room.send("hello");
  bench.requests[0]?.fail(new RequestRefused({ code: "RATE_LIMITED", detail: "" }));
  await settled();
  deepEqual(bench.outgoing, ["hello:failed"]);
  equal(bench.room.snapshot().timeline.outgoing[0]?.words, "That was too fast for the server.");

  bench.room.retry("k1");
  deepEqual(bench.outgoing, ["hello:in-flight"]);
  bench.requests[1]?.fail(new RequestRefused({ code: "INVALID_REQUEST", detail: "no such word" }));
  await settled();
  equal(bench.room.snapshot().timeline.outgoing[0]?.words, "no such word");
  bench.room.discard("k1");
  deepEqual(bench.outgoing, []);
});

Deno.test("what is written while away goes out in order once the room is back", () => {
  const bench = new Bench();
  bench.open();
  bench.lost();
  bench.room.send("one");
  bench.room.send("two");
  deepEqual(bench.outgoing, ["one:queued", "two:queued"]);
  equal(bench.requests.length, 0);
  bench.open();
  deepEqual(bench.requests.map(({ data }) => data), [{ text: "one", clientId: "k1" }, { text: "two", clientId: "k2" }]);
});

Deno.test("a message that had arrived although its reply was lost is not sent again", async () => {
  const bench = new Bench();
  bench.open();
  bench.room.send("arrived");
  bench.room.send("lost");
  bench.lost();
  await settled();
  deepEqual(bench.outgoing, ["arrived:in-flight", "lost:in-flight"]);

  bench.open([said("m1", "alice", "arrived")]);
  deepEqual(bench.requests.map(({ data }) => data), [{ text: "lost", clientId: "k2" }]);
  deepEqual(bench.texts, ["arrived"]);
});

Deno.test("a message that breaks the connection every time is left to the user in the end", async () => {
  const bench = new Bench();
  bench.open();
  bench.room.send("poison");
  for (let round = 0; round < 3; round++) {
    equal(bench.requests.length, 1);
    bench.lost();
    await settled();
    bench.open();
  }
  equal(bench.requests.length, 0);
  deepEqual(bench.outgoing, ["poison:failed"]);
});

Deno.test("once the connection is over, what waited has failed and nothing more is taken", () => {
  const bench = new Bench();
  bench.room.send("early");
  bench.listener?.stateChanged({ phase: "closed", closure: { kind: "refused", words: "full" } });
  deepEqual(bench.outgoing, ["early:failed"]);
  equal(bench.room.send("late"), false);
});

Deno.test("older messages are asked for once, with the cursor", async () => {
  const bench = new Bench();
  bench.open([said("m5", "bob", "five")], "before-5");
  const loading = bench.room.loadOlder();
  void bench.room.loadOlder();
  deepEqual(bench.requests.map(({ event, data }) => [event, data]), [["load_history", { before: "before-5" }]]);
  equal(bench.room.snapshot().older, "loading");
  bench.requests[0]?.answer({ messages: [said("m4", "bob", "four")], cursor: null });
  await loading;
  deepEqual(bench.texts, ["four", "five"]);
  equal(bench.room.snapshot().older, "idle");
  await bench.room.loadOlder();
  equal(bench.requests.length, 1, "nothing is older");
});

Deno.test("older messages that cannot be loaded are told and can be asked for again", async () => {
  const bench = new Bench();
  bench.open([said("m5", "bob", "five")], "before-5");
  const loading = bench.room.loadOlder();
  bench.requests[0]?.fail(new RequestRefused({ code: "OVERLOADED", detail: "" }));
  await loading;
  equal(bench.room.snapshot().older, "failed");
  equal(bench.room.snapshot().problem, "The server is busy.");
  void bench.room.loadOlder();
  equal(bench.requests.length, 2);
});

Deno.test("presence follows the room, and others are announced", () => {
  const bench = new Bench();
  bench.open();
  bench.event("online_users", ["bob", "alice"]);
  bench.event("user_joined", { username: "carol" });
  deepEqual(bench.room.snapshot().presence.names, ["alice", "bob", "carol"]);
  equal(bench.room.snapshot().announcement.words, "carol joined");
  bench.event("user_left", { username: "bob" });
  deepEqual(bench.room.snapshot().presence.names, ["alice", "carol"]);
  bench.event("new_message", said("m1", "carol", "hi"));
  equal(bench.room.snapshot().announcement.words, "carol: hi");
});

Deno.test("loading history is silent, and so is one's own message", () => {
  const bench = new Bench();
  bench.open([said("m1", "bob", "hi")]);
  bench.event("new_message", said("m2", "alice", "ho"));
  equal(bench.room.snapshot().announcement.number, 0);
});

Deno.test("an operator's announcement stays above the messages until it is dismissed, and is told aloud", () => {
  const bench = new Bench();
  bench.open();
  bench.event("announcement", { text: "We stop at six.", timestamp: "2026-01-01T10:00:00Z" });
  bench.open([said("m1", "bob", "hi")]);
  const [notice] = bench.room.snapshot().notices;
  equal(notice?.text, "We stop at six.");
  equal(bench.room.snapshot().announcement.words, "Announcement: We stop at six.");
  deepEqual(bench.texts, ["hi"]);
  bench.room.dismissNotice(notice?.key ?? 0);
  deepEqual(bench.room.snapshot().notices, []);
});

Deno.test("errors of the server are shown in words until dismissed", () => {
  const bench = new Bench();
  bench.open();
  bench.event("error", { code: "ODD_ONE", detail: "The room is upside down." });
  equal(bench.room.snapshot().problem, "The room is upside down.");
  bench.room.dismissProblem();
  equal(bench.room.snapshot().problem, undefined);
});

Deno.test("payloads that do not fit are told, and change nothing", () => {
  for (const [name, data] of [["new_message", { id: 7 }], ["message_history", "all"], ["online_users", "bob"], ["user_left", null], ["announcement", "stop"]] as const) {
    const bench = new Bench();
    bench.open([said("m1", "bob", "hi")]);
    bench.event(name, data);
    ok(bench.room.snapshot().problem, name);
    deepEqual(bench.texts, ["hi"]);
  }
});

Deno.test("an event of a newer server is passed over", () => {
  const bench = new Bench();
  bench.open();
  bench.event("confetti", { amount: "lots" });
  equal(bench.room.snapshot().problem, undefined);
});

Deno.test("a failed message is not put back on its way while the connection is over", () => {
  const bench = new Bench();
  bench.room.send("early");
  bench.listener?.stateChanged({ phase: "closed", closure: { kind: "refused", words: "full" } });
  bench.room.retry("k1");
  deepEqual(bench.outgoing, ["early:failed"]);
  bench.open();
  bench.room.retry("k1");
  deepEqual(bench.outgoing, ["early:in-flight"]);
});

Deno.test("a break that is resumed leaves the view as it is", async () => {
  const bench = new Bench();
  bench.open([said("m1", "bob", "hi")], "before-1");
  bench.event("online_users", ["bob", "alice"]);
  void bench.room.loadOlder();
  bench.room.send("on its way");
  bench.event("error", { code: "ODD_ONE", detail: "Look." });
  const before = bench.room.snapshot();
  bench.listener?.stateChanged({ phase: "reconnecting", wait: undefined });
  bench.resumed("localhost:8002");
  const { connection: _connection, host, ...after } = bench.room.snapshot();
  deepEqual(after, { timeline: before.timeline, older: "loading", presence: before.presence, notices: before.notices, announcement: before.announcement, problem: "Look." });
  equal(host, "localhost:8002");
  equal(bench.requests.length, 2, "the link sends again what has to be sent again");
  bench.requests[1]?.answer(receipt("m2"));
  await settled();
  deepEqual(bench.texts, ["hi", "on its way"]);
});

Deno.test("what was written while the break was shown goes out as soon as the room is back", () => {
  const bench = new Bench();
  bench.open();
  bench.listener?.stateChanged({ phase: "reconnecting", wait: undefined });
  bench.room.send("one");
  equal(bench.requests.length, 0);
  bench.resumed();
  deepEqual(bench.requests.map(({ data }) => data), [{ text: "one", clientId: "k1" }]);
});

Deno.test("what never left goes out after the history of a new session, under the same name", async () => {
  const bench = new Bench();
  bench.open();
  bench.room.send("one");
  bench.requests.splice(0).forEach((request) => request.fail(new RequestNotSent("not sent")));
  await settled();
  deepEqual(bench.outgoing, ["one:queued"]);
  bench.open();
  deepEqual(bench.requests.map(({ data }) => data), [{ text: "one", clientId: "k1" }]);
});

Deno.test("what never left has failed when the connection is over", async () => {
  const bench = new Bench();
  bench.open();
  bench.room.send("one");
  bench.requests[0]?.fail(new RequestNotSent("not sent"));
  bench.listener?.stateChanged({ phase: "closed", closure: { kind: "refused", words: "full" } });
  await settled();
  deepEqual(bench.outgoing, ["one:failed"]);
});

Deno.test("a new session clears what was asked of the old one", async () => {
  const bench = new Bench();
  bench.open([said("m5", "bob", "five")], "before-5");
  const loading = bench.room.loadOlder();
  bench.requests[0]?.fail(new RequestUnanswered("outcome unknown"));
  bench.listener?.stateChanged({ phase: "open", host: "localhost:8001", resumed: false });
  await loading;
  bench.event("message_history", { messages: [said("m5", "bob", "five")], cursor: "before-5" });
  equal(bench.room.snapshot().older, "idle");
  equal(bench.room.snapshot().problem, undefined);
});

Deno.test("a server that tells every change by the whole list is understood, and only changes are told aloud", () => {
  const bench = new Bench();
  bench.open();
  bench.event("message_history", [said("m1", "bob", "hi")]);
  bench.event("online_users", ["alice", "bob"]);
  equal(bench.room.snapshot().announcement.words, "");
  bench.event("online_users", ["alice", "bob", "carol"]);
  equal(bench.room.snapshot().announcement.words, "carol joined");
  bench.event("online_users", ["alice", "carol"]);
  equal(bench.room.snapshot().announcement.words, "bob left");
  deepEqual(bench.room.snapshot().presence.names, ["alice", "carol"]);
  deepEqual(bench.texts, ["hi"]);

  bench.lost();
  bench.open();
  bench.event("online_users", ["alice"]);
  equal(bench.room.snapshot().announcement.words, "bob left");
});
