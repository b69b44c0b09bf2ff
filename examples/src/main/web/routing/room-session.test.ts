import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { FakeSocket } from "../testing/fake-socket.ts";
import { ManualClock, settled } from "../testing/manual-clock.ts";
import { decodeFrame } from "./protocol.ts";
import { RoomSession } from "./room-session.ts";

/** A session whose connections end in the test's hands. */
class Bench {
  readonly clock = new ManualClock();
  readonly events: unknown[] = [];
  silences = 0;
  socket = new FakeSocket("", []);
  readonly session: RoomSession;

  constructor(token: string | undefined = "seat") {
    this.session = new RoomSession(token, this.clock, {
      event: (_name, data) => this.events.push(data),
      unreadable: (why) => this.events.push(why),
      silent: () => this.silences++,
    });
    this.attach(0);
  }

  attach(handled: number): void {
    const socket = new FakeSocket("", []);
    this.socket = socket;
    this.session.attach((text) => socket.send(text), handled);
  }

  receive(frame: unknown): void {
    this.session.take(decodeFrame(JSON.stringify(frame)));
  }

  request(data: unknown): Promise<unknown> {
    const request = this.session.request("say", data);
    request.catch(() => {});
    return request;
  }

  get sent(): unknown[] {
    return this.socket.sent.map((frame) => frame.data ?? frame);
  }
}

Deno.test("after a break what the room has not noted is sent again, in order, before anything new", async () => {
  const bench = new Bench();
  const [handled, unhandled] = [bench.request("handled"), bench.request("unhandled")];
  bench.session.detach();
  const unsent = bench.request("unsent");
  deepEqual(bench.sent, ["handled", "unhandled"]);

  bench.attach(1);
  bench.request("new");
  deepEqual(bench.socket.sent.map(({ id, data }) => [id, data]), [[2, "unhandled"], [3, "unsent"], [4, "new"]]);
  bench.receive({ reply: 1, data: "one" });
  bench.receive({ reply: 2, data: "two" });
  bench.receive({ reply: 3, data: "three" });
  deepEqual(await Promise.all([handled, unhandled, unsent]), ["one", "two", "three"]);
});

Deno.test("what was answered is never sent again, and what was acknowledged neither", () => {
  const bench = new Bench();
  ["a", "b", "c"].forEach((data) => bench.request(data));
  bench.receive({ reply: 1, data: null });
  bench.receive({ ack: 2 });
  bench.session.detach();
  bench.attach(2);
  deepEqual(bench.sent, ["c"]);
});

Deno.test("every message counts, but neither acknowledgements nor what is no message", () => {
  const bench = new Bench();
  bench.request("a");
  bench.request("b");
  bench.receive({ event: "e", data: 1 });
  bench.receive({ ack: 2 });
  bench.receive({ reply: 1, data: null });
  bench.receive({ reply: 2, error: { code: "NO", detail: "" } });
  bench.receive({ event: "error", data: { code: "NO", detail: "" } });
  bench.receive({ confetti: true });
  deepEqual(bench.session.claim, { token: "seat", received: 4 });
});

Deno.test("every sixty-fourth message is acknowledged, over all connections together", () => {
  const bench = new Bench();
  for (let count = 0; count < 63; count++) {
    bench.receive({ event: "e" });
  }
  bench.session.detach();
  bench.attach(0);
  deepEqual(bench.socket.sent, []);
  bench.receive({ event: "e" });
  deepEqual(bench.socket.sent, [{ ack: 64 }]);
  for (let count = 0; count < 64; count++) {
    bench.receive({ event: "e" });
  }
  deepEqual(bench.socket.sent, [{ ack: 64 }, { ack: 128 }]);
});

Deno.test("a room that keeps no seats is not bothered with acknowledgements", () => {
  const bench = new Bench("");
  const without = new RoomSession(undefined, bench.clock, { event: () => {}, unreadable: () => {}, silent: () => {} });
  without.attach((text) => bench.socket.send(text), 0);
  for (let count = 0; count < 64; count++) {
    without.take({ kind: "event", event: "e", data: null });
  }
  deepEqual(bench.socket.sent, []);
  equal(without.claim, undefined);
});

Deno.test("a session that is over tells apart what may have happened and what has not", async () => {
  const bench = new Bench();
  const sent = bench.session.request("say", "sent");
  bench.session.detach();
  const unsent = bench.session.request("say", "unsent");
  const unknown = rejects(sent, (error) => error.name === "RequestUnanswered" && error.message.startsWith("outcome unknown"));
  const harmless = rejects(unsent, (error) => error.name === "RequestNotSent");
  bench.session.end();
  await unknown;
  await harmless;
  equal(bench.clock.pending, 0);
});

Deno.test("more requests than 256 are refused, until there is space again", async () => {
  const bench = new Bench();
  bench.session.detach();
  for (let count = 0; count < 256; count++) {
    bench.request(count);
  }
  await rejects(bench.session.request("say", "one more"), (error) => error.name === "RequestNotSent" && error.message.includes("256"));
  bench.attach(0);
  equal(bench.socket.sent.length, 256);
  bench.receive({ reply: 1, data: null });
  bench.request("fits");
  equal(bench.sent.at(-1), "fits");
});

Deno.test("an answer that does not come shows a dead connection once, and then that the room owes it", async () => {
  const bench = new Bench();
  const request = bench.session.request("say", "a");
  const given = rejects(request, (error) => error.name === "RequestUnanswered");
  await bench.clock.advance(10_000);
  equal(bench.silences, 1);

  bench.session.detach();
  await bench.clock.advance(60_000);
  bench.attach(1);
  await bench.clock.advance(10_000);
  await given;
  equal(bench.silences, 1);
  equal(bench.clock.pending, 0);
});

Deno.test("what its caller has given up is still sent until the room has noted it, so that both sides count alike", async () => {
  const bench = new Bench();
  bench.request("a");
  await bench.clock.advance(10_000);
  bench.session.detach();
  bench.attach(0);
  await bench.clock.advance(10_000);
  bench.session.detach();
  bench.attach(0);
  bench.request("b");
  deepEqual(bench.socket.sent.map(({ id }) => id), [1, 2]);
  bench.receive({ ack: 1 });
  bench.session.detach();
  bench.attach(1);
  deepEqual(bench.socket.sent.map(({ id }) => id), [2]);

  for (let count = 0; count < 255; count++) {
    bench.request(count);
  }
  equal(bench.socket.sent.length, 256, "what was given up and noted takes no space any more");
});

Deno.test("a request made during a break waits without a limit, and has its full time afterwards", async () => {
  const bench = new Bench();
  bench.session.detach();
  let answered = false;
  void bench.request("a").then(() => {
    answered = true;
  });
  await bench.clock.advance(60_000);
  bench.attach(0);
  await bench.clock.advance(9_999);
  bench.receive({ reply: 1, data: null });
  await settled();
  ok(answered);
  equal(bench.silences, 0);
});
