import { deepEqual, equal, ok } from "node:assert/strict";
import { FakeConnection, FakeTrack } from "../testing/fake-media.ts";
import { settled } from "../testing/manual-clock.ts";
import { MediaLink } from "./media-link.ts";
import type { Candidate, Description } from "./signals.ts";

/** One side; what it tells lies there until the test passes it on. */
class Side {
  readonly told: { readonly kind: "offer" | "answer" | "candidate"; readonly value: Description | Candidate }[] = [];
  readonly connection: FakeConnection;
  readonly link: MediaLink;
  broken: unknown;
  changes = 0;

  constructor(name: string, yielding: boolean) {
    this.connection = new FakeConnection(name);
    const { connection, group } = this.connection.as();
    this.link = new MediaLink(connection, group, yielding, {
      offer: (value) => this.told.push({ kind: "offer", value }),
      answer: (value) => this.told.push({ kind: "answer", value }),
      candidate: (value) => this.told.push({ kind: "candidate", value }),
      stateChanged: () => {},
      remoteChanged: () => {
        this.changes++;
      },
      broken: (error) => {
        this.broken = error;
      },
    });
  }

  get kinds(): string[] {
    return this.told.map(({ kind }) => kind);
  }

  take(told: Side["told"][number]): void {
    switch (told.kind) {
      case "offer":
        this.link.takeOffer(told.value as Description);
        break;
      case "answer":
        this.link.takeAnswer(told.value as Description);
        break;
      case "candidate":
        this.link.takeCandidate(told.value as Candidate);
        break;
    }
  }
}

/** Passes on what each side tells until neither has anything to say. */
async function talk(...sides: [Side, Side]): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await settled();
    const [left, right] = sides;
    const [fromLeft, fromRight] = [left.told.splice(0), right.told.splice(0)];
    fromLeft.forEach((told) => right.take(told));
    fromRight.forEach((told) => left.take(told));
  }
}

const tracks = (): { audio: MediaStreamTrack; video: MediaStreamTrack } =>
  ({ audio: new FakeTrack("audio").asTrack(), video: new FakeTrack("video").asTrack() });

async function connected(): Promise<[Side, Side]> {
  const caller = new Side("caller", false);
  const callee = new Side("callee", true);
  caller.link.begin(tracks());
  await settled();
  callee.link.prepare(tracks());
  await talk(caller, callee);
  return [caller, callee];
}

Deno.test("the caller offers both kinds once, and the callee answers with its own", async () => {
  const caller = new Side("caller", false);
  const callee = new Side("callee", true);
  caller.link.begin({});
  await settled();
  deepEqual(caller.kinds, ["offer"]);
  deepEqual(caller.connection.transceivers.map(({ direction }) => direction), ["recvonly", "recvonly"]);

  const { audio } = tracks();
  callee.link.prepare({ audio });
  await talk(caller, callee);

  equal(caller.connection.signalingState, "stable");
  equal(callee.connection.signalingState, "stable");
  deepEqual(callee.connection.transceivers.map(({ direction }) => direction), ["sendrecv", "recvonly"]);
  ok(Object.is(callee.connection.transceivers[0]?.sender.track, audio));
});

Deno.test("candidates that come before the description wait for it, in order", async () => {
  const callee = new Side("callee", true);
  callee.link.takeCandidate({ candidate: "one" });
  callee.link.takeCandidate({ candidate: "two" });
  await settled();
  deepEqual(callee.connection.candidates, []);

  callee.link.takeOffer({ type: "offer", sdp: "x" });
  callee.link.takeCandidate({ candidate: "" });
  await settled();
  deepEqual(callee.connection.candidates.map(({ candidate }) => candidate), ["one", "two", ""]);
});

Deno.test("candidates without end are bounded", async () => {
  const callee = new Side("callee", true);
  for (let index = 0; index < 1000; index++) {
    callee.link.takeCandidate({ candidate: `c${index}` });
  }
  await settled();
  await settled();
  for (let turn = 0; turn < 200; turn++) {
    await settled();
  }
  callee.link.takeOffer({ type: "offer", sdp: "x" });
  for (let turn = 0; turn < 200; turn++) {
    await settled();
  }
  equal(callee.connection.candidates.length, 256);
});

Deno.test("that no more candidates follow is passed on as an empty one", async () => {
  const caller = new Side("caller", false);
  caller.connection.finds("somewhere");
  caller.connection.finds(null);
  deepEqual(caller.told.map(({ value }) => value), [{ candidate: "somewhere" }, { candidate: "" }]);
});

Deno.test("a camera that is switched off and on is told by an offer each", async () => {
  const [caller, callee] = await connected();
  callee.link.send("video", undefined);
  await settled();
  deepEqual(callee.kinds, ["offer"]);
  await talk(callee, caller);
  deepEqual(callee.connection.transceivers.map(({ direction }) => direction), ["sendrecv", "recvonly"]);

  callee.link.send("video", tracks().video);
  await settled();
  deepEqual(callee.kinds, ["offer"]);
  await talk(callee, caller);
  equal(callee.connection.transceivers.length, 2);
  equal(caller.connection.signalingState, "stable");
});

Deno.test("when both offer at once, the one of the yielding side is dropped without a trace and made again", async () => {
  const [caller, callee] = await connected();
  caller.link.send("video", undefined);
  callee.link.send("audio", undefined);
  await settled();
  deepEqual([caller.kinds, callee.kinds], [["offer"], ["offer"]]);
  equal(callee.connection.signalingState, "stable");
  const dropped = callee.told[0]?.value as Description;

  await talk(caller, callee);

  equal(caller.connection.signalingState, "stable");
  equal(callee.connection.signalingState, "stable");
  equal(callee.connection.localDescription?.type, "offer");
  ok(callee.connection.localDescription?.sdp !== dropped.sdp, "the callee offers anew");
  equal(caller.connection.remoteDescription?.sdp, callee.connection.localDescription?.sdp);
  equal(caller.broken ?? callee.broken, undefined);
});

Deno.test("a late answer to an offer that does not count any more is passed over", async () => {
  const [, callee] = await connected();
  callee.link.takeAnswer({ type: "answer", sdp: "late" });
  await settled();
  equal(callee.broken, undefined);
});

Deno.test("one bad candidate does not end the link, a bad description does", async () => {
  const warned: unknown[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => warned.push(words);
  try {
    const [caller] = await connected();
    caller.link.takeCandidate({ candidate: "nonsense" });
    await settled();
    equal(caller.broken, undefined);
    equal(warned.length, 1);
    caller.link.takeOffer({ type: "offer", sdp: "nonsense" });
    await settled();
    ok(caller.broken instanceof Error);
  } finally {
    console.warn = warn;
  }
});

Deno.test("what comes in is there while it is agreed that the other side sends it", async () => {
  const [caller, callee] = await connected();
  const video = caller.connection.transceivers[1];
  equal(caller.link.remote("video"), undefined);
  for (const [agreed, isThere] of [["sendrecv", true], ["sendonly", false], ["recvonly", true], ["inactive", false]] as const) {
    if (video !== undefined) {
      video.currentDirection = agreed;
    }
    equal(caller.link.remote("video") !== undefined, isThere, agreed);
  }
  const before = [caller.changes, callee.changes];
  callee.link.send("video", undefined);
  await talk(callee, caller);
  deepEqual([caller.changes, callee.changes], before.map((count) => count + 1));
});

Deno.test("nothing is told after closing", async () => {
  const [caller] = await connected();
  caller.told.length = 0;
  caller.link.restart();
  caller.link.send("video", undefined);
  caller.link.close();
  await settled();
  deepEqual(caller.told, []);
  equal(caller.connection.closed, true);
});
