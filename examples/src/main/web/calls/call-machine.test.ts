import { deepEqual, equal, match, ok } from "node:assert/strict";
import { RequestNotSent, RequestRefused } from "../routing/room-session.ts";
import { FakeConnection, FakeDevices } from "../testing/fake-media.ts";
import { ManualClock, settled } from "../testing/manual-clock.ts";
import { CallMachine } from "./call-machine.ts";

interface Sent {
  readonly event: string;
  readonly data: Record<string, unknown>;
  readonly answer: (data: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** Alice's calls; the room, the devices and the network are the test. */
class Bench {
  readonly clock = new ManualClock();
  readonly devices = new FakeDevices();
  readonly connections: FakeConnection[] = [];
  readonly sent: Sent[] = [];
  iceServers: () => Promise<RTCIceServer[]> = () => Promise.resolve([]);
  readonly calls = new CallMachine({
    clock: this.clock,
    request: (event, data) => new Promise((answer, fail) =>
      this.sent.push({ event, data: data as Record<string, unknown>, answer, fail })),
    iceServers: () => this.iceServers(),
    connect: () => {
      const connection = new FakeConnection(`c${this.connections.length}`);
      this.connections.push(connection);
      return connection.as();
    },
    openDevices: this.devices.open,
  });

  get phase(): string {
    return this.calls.snapshot().call.phase;
  }

  get words(): string {
    const { call } = this.calls.snapshot();
    return call.phase === "ended" ? call.words : "";
  }

  get events(): string[] {
    return this.sent.map(({ event, data }) => `${event} ${String(data["to"])}`);
  }

  get connection(): FakeConnection {
    const connection = this.connections.at(-1);
    ok(connection, "no connection was made");
    return connection;
  }

  async hear(event: string, data: unknown): Promise<void> {
    this.calls.event(event, data);
    await settled();
  }

  refuse(index: number, code: string): void {
    this.sent[index]?.fail(new RequestRefused({ code, detail: "" }));
  }

  async calling(peer = "bob"): Promise<void> {
    this.calls.call(peer);
    await settled();
  }

  async rung(from = "bob"): Promise<void> {
    await this.hear("incoming_call", { from, callId: "k1", offer: OFFER, renegotiation: false, crossed: false });
  }

  /** In a call that bob made. */
  async live(): Promise<void> {
    await this.rung();
    this.calls.accept();
    await settled();
    this.connection.way("connected");
    this.sent.length = 0;
  }
}

const OFFER = { type: "offer", sdp: "bob's offer" };
const ANSWER = { type: "answer", sdp: "bob's answer" };

Deno.test("a call is prepared, rings there, connects, lives and is ended", async () => {
  const bench = new Bench();
  bench.calls.call("bob");
  equal(bench.phase, "preparing");
  await settled();
  equal(bench.phase, "calling");
  deepEqual(bench.events, ["call_user bob"]);
  deepEqual(bench.sent[0]?.data["offer"], { type: "offer", sdp: "c0-offer-1" });
  equal(bench.calls.snapshot().own.video, "on");

  bench.sent[0]?.answer({ ok: true, callId: "k7", state: "RINGING" });
  bench.connection.finds("here");
  await bench.hear("call_answered", { from: "bob", callId: "k7", answer: ANSWER });
  equal(bench.phase, "connecting");
  bench.connection.way("connected");
  deepEqual(bench.calls.snapshot().call, { phase: "live", peer: "bob", since: bench.clock.now() });
  equal(bench.calls.snapshot().announcement.words, "In a call with bob");

  bench.calls.hangUp();
  deepEqual(bench.events, ["call_user bob", "ice_candidate bob", "end_call bob"]);
  equal(bench.sent[2]?.data["callId"], "k7");
  equal(bench.words, "You ended the call.");
  ok(bench.connection.closed);
  ok(bench.devices.opened.every(({ stopped }) => stopped), "the devices are given back");
  await bench.clock.advance(8_000);
  equal(bench.phase, "idle");
  equal(bench.clock.pending, 0);
});

Deno.test("a call that rings is answered with the user's own camera and what came too early", async () => {
  const bench = new Bench();
  await bench.rung();
  equal(bench.phase, "ringing");
  deepEqual(bench.devices.asked, [], "nothing is opened before the user agrees");
  await bench.hear("ice_candidate", { from: "bob", callId: "k1", candidate: { candidate: "early" } });

  bench.calls.accept();
  await settled();

  equal(bench.phase, "connecting");
  deepEqual(bench.events, ["call_answer bob"]);
  equal(bench.sent[0]?.data["callId"], "k1");
  deepEqual(bench.connection.candidates, [{ candidate: "early" }]);
  deepEqual(bench.connection.transceivers.map(({ direction }) => direction), ["sendrecv", "sendrecv"]);
});

Deno.test("a call is declined, and nothing of it stays", async () => {
  const bench = new Bench();
  await bench.rung();
  bench.calls.hangUp();
  deepEqual(bench.events, ["end_call bob"]);
  equal(bench.phase, "idle");
  equal(bench.clock.pending, 0);
});

Deno.test("why a call does not come about is told in words, however the server tells it", async () => {
  for (const [code, words] of [["USER_OFFLINE", /not here/], ["USER_BUSY", /another call/], ["NO_ANSWER", /not answer/]] as const) {
    const bench = new Bench();
    await bench.calling();
    await bench.hear("call_failed", { to: "bob", code });
    match(bench.words, words);
    bench.refuse(0, code);
    await settled();
    match(bench.words, words);
  }
  const bench = new Bench();
  await bench.calling();
  bench.refuse(0, "USER_BUSY");
  await settled();
  equal(bench.words, "bob is in another call.");
});

Deno.test("how a call ended is told in words", async () => {
  const ends = async (prepare: (bench: Bench) => Promise<void>, reason?: string): Promise<string> => {
    const bench = new Bench();
    await prepare(bench);
    await bench.hear("call_ended", { from: "bob", ...(reason === undefined ? {} : { reason }) });
    return bench.words;
  };
  equal(await ends((bench) => bench.calling(), "DECLINED"), "bob declined the call.");
  equal(await ends((bench) => bench.calling()), "bob declined the call.");
  equal(await ends((bench) => bench.rung(), "CANCELLED"), "You missed a call from bob.");
  equal(await ends((bench) => bench.rung(), "ANSWERED_ELSEWHERE"), "You took the call on another device.");
  equal(await ends((bench) => bench.rung(), "DECLINED"), "You declined the call on another device.");
  equal(await ends((bench) => bench.live(), "HUNG_UP"), "bob ended the call.");
  equal(await ends((bench) => bench.live(), "LEFT"), "bob left the room.");
  match(await ends((bench) => bench.live(), "CONNECTION_LOST"), /connection to the room was lost/);
  match(await ends((bench) => bench.live(), "MOVED"), /another host/);
});

Deno.test("what belongs to somebody else or to an earlier call changes nothing", async () => {
  const bench = new Bench();
  await bench.live();
  await bench.hear("call_ended", { from: "mallory" });
  await bench.hear("call_ended", { from: "bob", callId: "k0" });
  await bench.hear("call_failed", { to: "bob", code: "USER_BUSY" });
  await bench.hear("call_answered", { from: "mallory", answer: ANSWER });
  await bench.hear("call_ended", { from: 7 });
  equal(bench.phase, "live");
  match(bench.calls.snapshot().announcement.words, /could not read/);
});

Deno.test("a third person who calls meanwhile is turned away", async () => {
  const bench = new Bench();
  await bench.live();
  await bench.rung("carol");
  deepEqual(bench.events, ["end_call carol"]);
  equal(bench.phase, "live");
});

Deno.test("an offer within a call is answered without ringing", async () => {
  const bench = new Bench();
  await bench.live();
  await bench.hear("incoming_call", { from: "bob", callId: "k1", offer: { type: "offer", sdp: "more" }, renegotiation: true, crossed: false });
  deepEqual(bench.events, ["call_answer bob"]);
  equal(bench.phase, "live");
  equal(bench.connections.length, 1);
});

Deno.test("when both call each other at once, the call that came first is answered without asking", async () => {
  const bench = new Bench();
  await bench.calling();
  await bench.rung();
  bench.refuse(0, "USER_BUSY");
  await bench.hear("call_failed", { to: "bob", code: "USER_BUSY" });
  await bench.hear("incoming_call", { from: "bob", callId: "k1", offer: OFFER, renegotiation: false, crossed: true });

  equal(bench.phase, "connecting");
  deepEqual(bench.events, ["call_user bob", "call_answer bob"]);
  deepEqual(bench.connections.map(({ closed }) => closed), [true, false]);
});

Deno.test("the camera is switched off and on by an offer, the microphone without", async () => {
  const bench = new Bench();
  await bench.live();
  bench.calls.toggleMicrophone();
  equal(bench.calls.snapshot().own.audio, "off");
  equal(bench.devices.opened[0]?.enabled, false);
  deepEqual(bench.events, []);

  bench.calls.toggleCamera();
  await settled();
  deepEqual([bench.calls.snapshot().own.video, bench.calls.snapshot().own.picture], ["off", undefined]);
  equal(bench.devices.opened[1]?.stopped, true);
  deepEqual(bench.events, ["call_user bob"]);
  await bench.hear("call_answered", { from: "bob", callId: "k1", answer: ANSWER });

  bench.calls.toggleCamera();
  equal(bench.calls.snapshot().own.video, "opening");
  bench.calls.toggleCamera();
  await settled();
  equal(bench.calls.snapshot().own.video, "on");
  deepEqual(bench.events, ["call_user bob", "call_user bob"]);
  equal(bench.phase, "live");
});

Deno.test("without devices the call goes on, and one that is plugged in later is used", async () => {
  const bench = new Bench();
  bench.devices.missing = { audio: "NotFoundError", video: "NotFoundError" };
  await bench.calling();
  deepEqual(bench.connection.transceivers.map(({ direction }) => direction), ["recvonly", "recvonly"]);
  match(bench.calls.snapshot().own.problem ?? "", /No camera and no microphone/);
  bench.calls.dismissProblem();
  equal(bench.calls.snapshot().own.problem, undefined);

  bench.calls.toggleCamera();
  await settled();
  deepEqual([bench.calls.snapshot().own.video, bench.calls.snapshot().own.problem], ["missing", "No camera was found."]);
  bench.devices.missing = {};
  bench.calls.toggleCamera();
  await settled();
  equal(bench.calls.snapshot().own.video, "on");
  equal(bench.connection.transceivers[1]?.direction, "sendrecv");
});

Deno.test("a camera that is pulled out is told, and not sent any more", async () => {
  const bench = new Bench();
  await bench.live();
  bench.devices.opened[1]?.onended?.();
  await settled();
  deepEqual([bench.calls.snapshot().own.video, bench.calls.snapshot().own.problem], ["missing", "Your camera has stopped."]);
  equal(bench.connection.transceivers[1]?.direction, "recvonly");
});

Deno.test("a call is answered in time although the user is still being asked for the camera", async () => {
  const bench = new Bench();
  let allow = (): void => {};
  bench.devices.gate = new Promise((resolve) => {
    allow = resolve;
  });
  await bench.rung();
  bench.calls.accept();
  await bench.clock.advance(8_000);
  equal(bench.phase, "connecting");
  deepEqual(bench.connection.transceivers.map(({ direction }) => direction), ["recvonly", "recvonly"]);

  allow();
  await settled();
  deepEqual(bench.connection.transceivers.map(({ direction }) => direction), ["sendrecv", "sendrecv"]);
  deepEqual(bench.events, ["call_answer bob", "call_user bob"]);
});

Deno.test("a call that is given up while the devices open never begins, and they are closed again", async () => {
  const bench = new Bench();
  bench.calls.call("bob");
  bench.calls.hangUp();
  await settled();
  equal(bench.phase, "idle");
  equal(bench.connections.length, 0);
  deepEqual(bench.events, ["end_call bob"]);
  ok(bench.devices.opened.every(({ stopped }) => stopped));
});

Deno.test("a way that breaks is looked for again, and found", async () => {
  const bench = new Bench();
  await bench.live();
  const since = bench.clock.now();
  bench.connection.way("disconnected");
  equal(bench.phase, "restoring");
  await bench.clock.advance(2_900);
  equal(bench.connection.restarts, 0);
  await bench.clock.advance(200);
  equal(bench.connection.restarts, 1);
  deepEqual(bench.events, ["call_user bob"]);
  bench.connection.way("failed");
  await bench.clock.advance(1);
  equal(bench.connection.restarts, 2);
  bench.connection.way("connected");
  deepEqual(bench.calls.snapshot().call, { phase: "live", peer: "bob", since });
  equal(bench.clock.pending, 0);
});

Deno.test("a way that is not found in time ends the call for both", async () => {
  const bench = new Bench();
  await bench.live();
  bench.connection.way("failed");
  await bench.clock.advance(30_000);
  deepEqual(bench.events.at(-1), "end_call bob");
  equal(bench.words, "The connection to bob was lost.");

  const other = new Bench();
  await other.calling();
  await other.hear("call_answered", { from: "bob", answer: ANSWER });
  await other.clock.advance(30_000);
  match(other.words, /No connection to bob could be made/);
});

Deno.test("a server that forgets to say so does not let it ring for ever", async () => {
  const bench = new Bench();
  await bench.calling();
  await bench.clock.advance(40_000);
  equal(bench.words, "bob did not answer.");
  const other = new Bench();
  await other.rung();
  await other.clock.advance(40_000);
  equal(other.words, "You missed a call from bob.");
});

Deno.test("a break of the room's connection that heals leaves the call alone; a new beginning ends it", async () => {
  const bench = new Bench();
  await bench.live();
  bench.calls.connectionChanged({ phase: "reconnecting", wait: undefined });
  bench.calls.toggleCamera();
  await settled();
  bench.calls.connectionChanged({ phase: "open", host: "h", resumed: true });
  equal(bench.phase, "live");
  deepEqual(bench.events, ["call_user bob"]);

  bench.calls.connectionChanged({ phase: "open", host: "h", resumed: false });
  match(bench.words, /connection to the room was lost/);
  equal(bench.events.at(-1), "end_call bob");
});

Deno.test("leaving the room ends the call without a word, being put out with one", async () => {
  const bench = new Bench();
  await bench.live();
  bench.calls.connectionChanged({ phase: "closed", closure: { kind: "left" } });
  equal(bench.phase, "idle");
  const other = new Bench();
  await other.live();
  other.calls.connectionChanged({ phase: "closed", closure: { kind: "refused", words: "no" } });
  match(other.words, /has ended, and the call with it/);
});

Deno.test("a room that cannot be reached is told, and a refused change of a call that is over as well", async () => {
  const bench = new Bench();
  await bench.calling();
  bench.sent[0]?.fail(new RequestNotSent("away"));
  await settled();
  match(bench.words, /cannot be reached/);

  const other = new Bench();
  await other.live();
  other.calls.toggleCamera();
  await settled();
  other.refuse(0, "NO_CALL");
  await settled();
  equal(other.words, "The call with bob was over already.");
  equal(other.events.at(-1), "end_call bob");
});

Deno.test("a change of a call that is over here does not ring", async () => {
  const bench = new Bench();
  await bench.hear("incoming_call", { from: "bob", callId: "k1", offer: OFFER, renegotiation: true, crossed: false });
  equal(bench.phase, "idle");
  deepEqual(bench.events, ["end_call bob"]);
});

Deno.test("the servers that help are used, and missed without harm", async () => {
  const { warn } = console;
  console.warn = () => {};
  try {
    const bench = new Bench();
    bench.iceServers = () => Promise.reject(new Error("busy"));
    await bench.calling();
    equal(bench.phase, "calling");
  } finally {
    console.warn = warn;
  }
});

Deno.test("a browser that cannot make calls declines them", async () => {
  const bench = new Bench();
  const calls = new CallMachine({
    clock: bench.clock,
    request: (event, data) => new Promise((answer, fail) =>
      bench.sent.push({ event, data: data as Record<string, unknown>, answer, fail })),
    iceServers: () => Promise.resolve([]),
    connect: undefined,
    openDevices: undefined,
  });
  calls.call("bob");
  equal(calls.snapshot().call.phase, "idle");
  calls.event("incoming_call", { from: "bob", offer: OFFER });
  deepEqual(bench.events, ["end_call bob"]);
  equal(calls.snapshot().call.phase, "ended");
});
