import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { FakeSocket } from "../testing/fake-socket.ts";
import { ManualClock, settled } from "../testing/manual-clock.ts";
import { ApiError } from "./api-error.ts";
import type { Route } from "./api.ts";
import { RoomConnection, type ConnectionState } from "./room-connection.ts";

const ROUTE: Route = { roomId: "r1", host: "localhost:8001", url: "ws://localhost:8001", ticket: "t" };

/** A connection whose backend, sockets, clock and dice are the test's. */
class Bench {
  readonly clock = new ManualClock();
  readonly sockets: FakeSocket[] = [];
  readonly lookUps: string[] = [];
  readonly states: ConnectionState[] = [];
  readonly events: [string, unknown][] = [];
  answer: () => Promise<Route> = () => Promise.resolve(ROUTE);
  openSocket = (url: string, protocols: string[]): FakeSocket => {
    const socket = new FakeSocket(url, protocols);
    this.sockets.push(socket);
    return socket;
  };

  readonly connection = new RoomConnection("r1", {
    lookUp: (_roomId, intent) => {
      this.lookUps.push(intent);
      return this.answer();
    },
    openSocket: (url, protocols) => this.openSocket(url, protocols),
    random: () => 1,
    clock: this.clock,
  }, {
    stateChanged: (state) => this.states.push(state),
    event: (name, data) => this.events.push([name, data]),
    unreadable: (why) => this.events.push(["unreadable", why]),
  });

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    ok(socket);
    return socket;
  }

  get state(): ConnectionState {
    const state = this.states.at(-1);
    ok(state);
    return state;
  }

  async connect(): Promise<void> {
    this.connection.start();
    await settled();
  }

  async join(): Promise<void> {
    await this.connect();
    this.socket.event("message_history", { messages: [], cursor: null });
  }

  waitMs(): number {
    ok(this.state.phase === "reconnecting" || this.state.phase === "connecting");
    ok(this.state.wait);
    return this.state.wait.until - this.clock.now();
  }
}

Deno.test("the way in: look-up, socket with the ticket, open on the first event", async () => {
  const bench = new Bench();
  await bench.connect();
  deepEqual(bench.lookUps, ["find"]);
  equal(bench.socket.url, "ws://localhost:8001");
  deepEqual(bench.socket.protocols, ["room.v1", "ticket.t"]);
  equal(bench.state.phase, "connecting");

  bench.socket.event("message_history", {});
  deepEqual(bench.state, { phase: "open", host: "localhost:8001" });
  deepEqual(bench.events, [["message_history", {}]]);
});

Deno.test("a lost host is looked up again, with get-or-start, after a delay of our own", async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.end(1006);
  equal(bench.state.phase, "reconnecting");
  equal(bench.waitMs(), 500);

  await bench.clock.advance(500);
  deepEqual(bench.lookUps, ["find", "find-or-start"]);
  equal(bench.sockets.length, 2);
  bench.socket.event("message_history", {});
  equal(bench.state.phase, "open");
});

Deno.test("a draining host's delay is kept to the millisecond", async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.end(4101, "HOST_DRAINING;retryAfterMs=1200");
  equal(bench.waitMs(), 1200);
  await bench.clock.advance(1199);
  equal(bench.lookUps.length, 1);
  await bench.clock.advance(1);
  equal(bench.lookUps.length, 2);
});

Deno.test("being let in and dropped at once, over and over, waits longer and longer", async () => {
  const bench = new Bench();
  await bench.join();
  const waits: number[] = [];
  for (let round = 0; round < 4; round++) {
    bench.socket.end(1011);
    waits.push(bench.waitMs());
    await bench.clock.advance(bench.waitMs());
    bench.socket.event("message_history", {});
  }
  deepEqual(waits, [500, 1000, 2000, 4000]);

  await bench.clock.advance(5000);
  bench.socket.end(1011);
  equal(bench.waitMs(), 500);
});

Deno.test("a refusal right after the upgrade never counts as being in", async () => {
  const bench = new Bench();
  await bench.connect();
  bench.socket.event("error", { code: "ROOM_FULL", detail: "full" });
  bench.socket.end(4301, "ROOM_FULL");
  ok(!bench.states.some((state) => state.phase === "open"));
  deepEqual(bench.state, { phase: "closed", closure: { kind: "refused", words: "This room is full." } });
  equal(bench.clock.pending, 0);
});

Deno.test("an agreed end stays an end, until the user comes back", async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.end(4001, "REPLACED");
  await bench.clock.advance(600_000);
  equal(bench.lookUps.length, 1);
  ok(bench.state.phase === "closed" && bench.state.closure.kind === "ended");

  bench.connection.reopen();
  await settled();
  deepEqual(bench.lookUps, ["find", "find-or-start"]);
  equal(bench.state.phase, "connecting");
});

Deno.test("a missing room is told; opening it anew starts it", async () => {
  const bench = new Bench();
  bench.answer = () => Promise.reject(new ApiError(404, "ROOM_NOT_FOUND", "gone"));
  await bench.connect();
  deepEqual(bench.state, { phase: "closed", closure: { kind: "not-found" } });

  bench.answer = () => Promise.resolve(ROUTE);
  bench.connection.reopen();
  await settled();
  bench.socket.event("message_history", {});
  equal(bench.state.phase, "open");
});

Deno.test("a log-in that has ended closes for good", async () => {
  const bench = new Bench();
  bench.answer = () => Promise.reject(new ApiError(401, "UNAUTHENTICATED", "log in"));
  await bench.connect();
  deepEqual(bench.state, { phase: "closed", closure: { kind: "signed-out" } });
});

Deno.test("a busy backend is given the time it asked for, and a little more", async () => {
  const bench = new Bench();
  bench.answer = () => Promise.reject(new ApiError(503, "NO_CAPACITY", "No space.", 4000));
  await bench.connect();
  equal(bench.state.phase, "connecting");
  equal(bench.waitMs(), 4800);
  bench.answer = () => Promise.resolve(ROUTE);
  await bench.clock.advance(4800);
  equal(bench.sockets.length, 1);
});

Deno.test("a forbidden room is not asked for again", async () => {
  const bench = new Bench();
  bench.answer = () => Promise.reject(new ApiError(403, "FORBIDDEN", "Not for you."));
  await bench.connect();
  deepEqual(bench.state, { phase: "closed", closure: { kind: "refused", words: "Not for you." } });
  equal(bench.clock.pending, 0);
});

Deno.test("an address that the browser refuses is told, not thrown", async () => {
  const bench = new Bench();
  bench.openSocket = () => {
    throw new DOMException("insecure", "SecurityError");
  };
  await bench.connect();
  ok(bench.state.phase === "closed" && bench.state.closure.kind === "refused");
});

Deno.test("a host that accepts and then says nothing is given up after ten seconds", async () => {
  const bench = new Bench();
  await bench.connect();
  await bench.clock.advance(10_000);
  equal(bench.socket.closedWith, "no code");
  equal(bench.state.phase, "connecting");
  equal(bench.waitMs(), 500);
});

Deno.test("replies find their requests, whatever their order", async () => {
  const bench = new Bench();
  await bench.join();
  const first = bench.connection.request("send_message", { text: "a" });
  const second = bench.connection.request("send_message", { text: "b" });
  deepEqual(bench.socket.sent.map((frame) => frame.id), [1, 2]);
  bench.socket.receive({ reply: 2, data: "two" });
  bench.socket.receive({ reply: 1, error: { code: "RATE_LIMITED", detail: "slow" } });
  equal(await second, "two");
  await rejects(first, (error) => error.name === "RequestRefused");
  equal(bench.clock.pending, 0);
});

Deno.test("answered requests make room for as many more", async () => {
  const bench = new Bench();
  await bench.join();
  for (let id = 1; id <= 200; id++) {
    const request = bench.connection.request("send_message", {});
    bench.socket.receive({ reply: id, data: id });
    equal(await request, id);
  }
});

Deno.test("open requests end unanswered when the connection does", async () => {
  const bench = new Bench();
  await bench.join();
  const request = rejects(bench.connection.request("send_message", {}), (error) => error.name === "RequestUnanswered");
  bench.socket.end(1006);
  await request;
});

Deno.test("a request that stays unanswered shows a dead link, and the room is looked up again", async () => {
  const bench = new Bench();
  await bench.join();
  const request = rejects(bench.connection.request("send_message", {}), (error) => error.name === "RequestUnanswered");
  await bench.clock.advance(10_000);
  await request;
  equal(bench.state.phase, "reconnecting");
});

Deno.test("leaving closes as consented and hears nothing more", async () => {
  const bench = new Bench();
  await bench.join();
  const { socket } = bench;
  bench.connection.leave();
  equal(socket.closedWith, 4000);
  deepEqual(bench.state, { phase: "closed", closure: { kind: "left" } });
  const before = bench.states.length;
  socket.end(1006);
  socket.event("new_message", {});
  await bench.clock.advance(60_000);
  equal(bench.states.length, before);
  equal(bench.lookUps.length, 1);
});

Deno.test("leaving during a look-up opens no socket afterwards", async () => {
  const bench = new Bench();
  let found: (route: Route) => void = () => {};
  bench.answer = () => new Promise((resolve) => {
    found = resolve;
  });
  await bench.connect();
  bench.connection.leave();
  found(ROUTE);
  await settled();
  equal(bench.sockets.length, 0);
});

Deno.test("losing the network drops the link at once; regaining it ends the wait", async () => {
  const bench = new Bench();
  await bench.join();
  bench.connection.networkLost();
  equal(bench.state.phase, "reconnecting");
  bench.answer = () => Promise.reject(ApiError.unreachable(new TypeError("offline")));
  await bench.clock.advance(20_000);
  const before = bench.lookUps.length;

  bench.answer = () => Promise.resolve(ROUTE);
  bench.connection.networkRegained();
  await settled();
  equal(bench.lookUps.length, before + 1);
  bench.socket.event("message_history", {});
  equal(bench.state.phase, "open");
});

Deno.test("trying now ends a wait, and does nothing when there is none", async () => {
  const bench = new Bench();
  await bench.join();
  bench.connection.retryNow();
  equal(bench.lookUps.length, 1);
  bench.socket.end(4101, "retryAfterMs=60000");
  bench.connection.retryNow();
  await settled();
  equal(bench.lookUps.length, 2);
  bench.socket.event("message_history", {});
  await bench.clock.advance(60_000);
  equal(bench.lookUps.length, 2, "the wait that was ended must not fire as well");
});
