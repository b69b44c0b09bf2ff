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
    this.socket.welcome();
  }

  /** In a room that keeps no seats. */
  async joinWithoutSeat(): Promise<void> {
    await this.connect();
    this.socket.welcome({ token: undefined });
  }

  waitMs(): number {
    ok(this.state.phase === "reconnecting" || this.state.phase === "connecting");
    ok(this.state.wait);
    return this.state.wait.until - this.clock.now();
  }
}

Deno.test("the way in: look-up, socket with the ticket and the wish for a seat, open on the server's first frame", async () => {
  const bench = new Bench();
  await bench.connect();
  deepEqual(bench.lookUps, ["find"]);
  equal(bench.socket.url, "ws://localhost:8001");
  deepEqual(bench.socket.protocols, ["room.v1", "ticket.t", "resume.new"]);
  equal(bench.state.phase, "connecting");

  bench.socket.welcome();
  deepEqual(bench.state, { phase: "open", host: "localhost:8001", resumed: false });
  bench.socket.event("message_history", {});
  deepEqual(bench.events, [["message_history", {}]]);
});

Deno.test("a lost host is looked up again, with get-or-start, after a delay of our own", async () => {
  const bench = new Bench();
  await bench.joinWithoutSeat();
  bench.socket.end(1006);
  equal(bench.state.phase, "reconnecting");
  equal(bench.waitMs(), 500);

  await bench.clock.advance(500);
  deepEqual(bench.lookUps, ["find", "find-or-start"]);
  equal(bench.sockets.length, 2);
  bench.socket.welcome({ token: undefined });
  equal(bench.state.phase, "open");
});

Deno.test("a draining host's delay is kept to the millisecond", async () => {
  const bench = new Bench();
  await bench.joinWithoutSeat();
  bench.socket.end(4101, "HOST_DRAINING;retryAfterMs=1200");
  equal(bench.waitMs(), 1200);
  await bench.clock.advance(1199);
  equal(bench.lookUps.length, 1);
  await bench.clock.advance(1);
  equal(bench.lookUps.length, 2);
});

Deno.test("being let in and dropped at once, over and over, waits longer and longer", async () => {
  const bench = new Bench();
  await bench.joinWithoutSeat();
  const waits: number[] = [];
  for (let round = 0; round < 4; round++) {
    bench.socket.end(1011);
    waits.push(bench.waitMs());
    await bench.clock.advance(bench.waitMs());
    bench.socket.welcome({ token: undefined });
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
  await bench.joinWithoutSeat();
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
  bench.socket.welcome({ token: undefined });
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
  equal(bench.socket.closedWith, 4100);
  equal(bench.state.phase, "connecting");
  equal(bench.waitMs(), 500);
});

Deno.test("replies find their requests, whatever their order", async () => {
  const bench = new Bench();
  await bench.joinWithoutSeat();
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
  await bench.joinWithoutSeat();
  for (let id = 1; id <= 200; id++) {
    const request = bench.connection.request("send_message", {});
    bench.socket.receive({ reply: id, data: id });
    equal(await request, id);
  }
});

Deno.test("without a seat, open requests end unanswered when the connection does", async () => {
  const bench = new Bench();
  await bench.joinWithoutSeat();
  const request = rejects(bench.connection.request("send_message", {}), (error) => error.name === "RequestUnanswered");
  bench.socket.end(1006);
  await request;
});

Deno.test("without a seat, a request that stays unanswered shows a dead link, and the room is looked up again", async () => {
  const bench = new Bench();
  await bench.joinWithoutSeat();
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
  await bench.joinWithoutSeat();
  bench.connection.networkLost();
  equal(bench.state.phase, "reconnecting");
  bench.answer = () => Promise.reject(ApiError.unreachable(new TypeError("offline")));
  await bench.clock.advance(20_000);
  const before = bench.lookUps.length;

  bench.answer = () => Promise.resolve(ROUTE);
  bench.connection.networkRegained();
  await settled();
  equal(bench.lookUps.length, before + 1);
  bench.socket.welcome({ token: undefined });
  equal(bench.state.phase, "open");
});

Deno.test("trying now ends a wait, and does nothing when there is none", async () => {
  const bench = new Bench();
  await bench.joinWithoutSeat();
  bench.connection.retryNow();
  equal(bench.lookUps.length, 1);
  bench.socket.end(4101, "retryAfterMs=60000");
  bench.connection.retryNow();
  await settled();
  equal(bench.lookUps.length, 2);
  bench.socket.welcome({ token: undefined });
  await bench.clock.advance(60_000);
  equal(bench.lookUps.length, 2, "the wait that was ended must not fire as well");
});

Deno.test("a break that heals within a second is seen by nobody: missed messages follow, open requests are answered", async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.event("new_message", 1);
  const request = bench.connection.request("send_message", "a");
  const before = bench.states.length;
  bench.socket.end(1006);
  await bench.clock.advance(500);
  deepEqual(bench.socket.protocols, ["room.v1", "ticket.t", "resume.seat.1"]);

  bench.socket.welcome({ resumed: true, handled: 1 });
  bench.socket.event("new_message", 2);
  bench.socket.receive({ reply: 1, data: "answer" });
  equal(await request, "answer");
  deepEqual(bench.socket.sent, []);
  deepEqual(bench.events, [["new_message", 1], ["new_message", 2]]);
  deepEqual(bench.states.slice(before), [{ phase: "open", host: "localhost:8001", resumed: true }]);
  await bench.clock.advance(60_000);
  equal(bench.states.length, before + 1);
});

Deno.test("what was asked for before and during a break is done once, in order", async () => {
  const bench = new Bench();
  await bench.join();
  void bench.connection.request("send_message", "handled");
  void bench.connection.request("send_message", "unhandled");
  bench.socket.end(1006);
  void bench.connection.request("send_message", "unsent");
  await bench.clock.advance(500);
  deepEqual(bench.socket.sent, [], "nothing is said before the welcome");
  bench.socket.welcome({ resumed: true, handled: 1 });
  deepEqual(bench.socket.sent.map(({ data }) => data), ["unhandled", "unsent"]);
});

Deno.test("a longer break is told after a second, with the newest of what there is to say", async () => {
  const bench = new Bench();
  await bench.join();
  bench.answer = () => Promise.reject(new ApiError(503, "OVERLOADED", "The server is busy.", 5000));
  bench.socket.end(1006);
  equal(bench.state.phase, "open");
  await bench.clock.advance(999);
  equal(bench.state.phase, "open");
  await bench.clock.advance(1);
  ok(bench.state.phase === "reconnecting" && bench.state.wait?.why === "The server is busy.");

  bench.answer = () => Promise.resolve(ROUTE);
  bench.connection.retryNow();
  await settled();
  bench.socket.welcome({ resumed: true });
  deepEqual(bench.state, { phase: "open", host: "localhost:8001", resumed: true });
});

Deno.test("a seat that is gone fails what is open, and a new session begins", async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.event("new_message", 1);
  const unknown = rejects(bench.connection.request("send_message", "a"), (error) => error.name === "RequestUnanswered");
  bench.socket.end(1006);
  const unsent = rejects(bench.connection.request("send_message", "b"), (error) => error.name === "RequestNotSent");
  await bench.clock.advance(500);
  bench.socket.welcome({ token: "other" });
  await unknown;
  await unsent;
  deepEqual(bench.socket.sent, []);
  deepEqual(bench.state, { phase: "open", host: "localhost:8001", resumed: false });

  bench.socket.event("message_history", {});
  bench.socket.end(1006);
  await bench.clock.advance(1000);
  equal(bench.socket.protocols[2], "resume.other.1");
});

Deno.test("a room that moves is followed after the server's delay, on the same seat", async () => {
  const bench = new Bench();
  await bench.join();
  void bench.connection.request("send_message", "a");
  bench.socket.end(4100, "MOVED;retryAfterMs=700");
  await bench.clock.advance(699);
  equal(bench.sockets.length, 1);
  bench.answer = () => Promise.resolve({ ...ROUTE, host: "localhost:8002", url: "ws://localhost:8002" });
  await bench.clock.advance(1);
  equal(bench.socket.protocols[2], "resume.seat.0");
  bench.socket.welcome({ resumed: true, handled: 0 });
  deepEqual(bench.socket.sent.map(({ data }) => data), ["a"]);
  deepEqual(bench.states.map(({ phase }) => phase), ["connecting", "open", "open"]);
  deepEqual(bench.state, { phase: "open", host: "localhost:8002", resumed: true });
});

Deno.test("the seat is kept by each end that leads back, and by no other", async () => {
  for (const code of [1001, 1006, 1011, 1013, 4100, 4105, 4299]) {
    const bench = new Bench();
    await bench.join();
    bench.socket.end(code);
    await bench.clock.advance(500);
    equal(bench.socket.protocols[2], "resume.seat.0", `${code}`);
  }
  for (const code of [1008, 4000, 4099, 4300, 4306, 4499]) {
    const bench = new Bench();
    await bench.join();
    const open = rejects(bench.connection.request("send_message", {}), (error) => error.name === "RequestUnanswered", `${code}`);
    bench.socket.end(code);
    await open;
    bench.connection.reopen();
    await settled();
    equal(bench.socket.protocols[2], "resume.new", `${code}`);
  }
});

Deno.test("a connection that is refused on the way back does not cost the seat", async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.end(1006);
  await bench.clock.advance(500);
  bench.socket.end(4103, "TICKET_USED");
  await bench.clock.advance(1000);
  equal(bench.sockets.length, 3);
  equal(bench.socket.protocols[2], "resume.seat.0");
});

Deno.test("a link that is given up says that its user comes back; one that is left does not", async () => {
  const bench = new Bench();
  await bench.join();
  const [first] = bench.sockets;
  bench.connection.networkLost();
  equal(first?.closedWith, 4100);
  bench.connection.networkRegained();
  await settled();
  bench.socket.welcome({ resumed: true });
  bench.connection.leave();
  equal(bench.socket.closedWith, 4000);
  equal(bench.clock.pending, 0);
});

Deno.test("leaving during a break fails what waits and forgets the seat", async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.end(1006);
  const waiting = rejects(bench.connection.request("send_message", "a"), (error) => error.name === "RequestNotSent");
  bench.connection.leave();
  await waiting;
  await rejects(bench.connection.request("send_message", "b"), (error) => error.name === "RequestNotSent");
  equal(bench.clock.pending, 0);
});

Deno.test("a request without an answer leads to another connection, which may bring it", async () => {
  const bench = new Bench();
  await bench.join();
  const request = bench.connection.request("send_message", {});
  await bench.clock.advance(10_500);
  equal(bench.sockets.length, 2);
  bench.socket.welcome({ resumed: true, handled: 1 });
  bench.socket.receive({ reply: 1, data: "late" });
  equal(await request, "late");
});
