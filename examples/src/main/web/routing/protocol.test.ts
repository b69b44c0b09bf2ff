import { deepEqual, equal, ok } from "node:assert/strict";
import { decideOnClose, decodeFrame, encodeAcknowledgement, encodeEvent, parseCloseReason, subprotocols } from "./protocol.ts";

Deno.test("the ticket and the seat travel as subprotocols beside the protocol's own name", () => {
  deepEqual(subprotocols("aaa.bbb.ccc", undefined), ["room.v1", "ticket.aaa.bbb.ccc", "resume.new"]);
  deepEqual(subprotocols("aaa.bbb.ccc", { token: "x-_Y", received: 12 }), ["room.v1", "ticket.aaa.bbb.ccc", "resume.x-_Y.12"]);
});

Deno.test("the welcome tells the seat, and whether it is the one we had", () => {
  const session = { id: "s", token: "x", resumed: true, handled: 3, graceMs: 20_000 };
  deepEqual(decodeFrame(JSON.stringify({ session })), { kind: "welcome", welcome: { token: "x", resumed: true, handled: 3 } });
  deepEqual(decodeFrame('{"session":{"id":"s"}}'), { kind: "welcome", welcome: { token: undefined, resumed: false, handled: 0 } });
  const uncounted = decodeFrame(JSON.stringify({ session: { ...session, handled: -1 } }));
  ok(uncounted.kind === "welcome" && !uncounted.welcome.resumed, "without a count nothing is resumed");
});

Deno.test("both sides acknowledge with a number", () => {
  deepEqual(decodeFrame('{"ack":16}'), { kind: "acknowledgement", handled: 16 });
  equal(decodeFrame('{"ack":"16"}').kind, "unreadable");
  equal(decodeFrame('{"ack":1.5}').kind, "unreadable");
  equal(encodeAcknowledgement(64), '{"ack":64}');
});

Deno.test("an event is a frame, with an id where a reply is wanted", () => {
  deepEqual(JSON.parse(encodeEvent("send_message", { text: "hi" }, 7)), { event: "send_message", data: { text: "hi" }, id: 7 });
  deepEqual(JSON.parse(encodeEvent("typing", null)), { event: "typing", data: null });
});

Deno.test("events, replies and refusals are told apart", () => {
  deepEqual(decodeFrame('{"event":"user_left","data":{"username":"bob"}}'),
    { kind: "event", event: "user_left", data: { username: "bob" } });
  deepEqual(decodeFrame('{"reply":3,"data":{"id":"m1"}}'), { kind: "reply", id: 3, data: { id: "m1" } });
  deepEqual(decodeFrame('{"reply":3}'), { kind: "reply", id: 3, data: undefined });
  deepEqual(decodeFrame('{"reply":4,"error":{"code":"RATE_LIMITED","detail":"slow down"}}'),
    { kind: "refusal", id: 4, error: { code: "RATE_LIMITED", detail: "slow down" } });
});

Deno.test("a refusal without a proper error is still a refusal", () => {
  deepEqual(decodeFrame('{"reply":4,"error":null}'), { kind: "refusal", id: 4, error: { code: "UNKNOWN", detail: "" } });
});

Deno.test("what is no frame is unreadable and never throws", () => {
  for (const text of ["", "{", "null", "[]", "12", '"event"', "{}", '{"event":1}', '{"reply":"1"}', new ArrayBuffer(2)]) {
    equal(decodeFrame(text).kind, "unreadable", String(text));
  }
});

Deno.test("a close reason carries a code and a delay, either or neither", () => {
  deepEqual(parseCloseReason("HOST_DRAINING;retryAfterMs=1200"), { code: "HOST_DRAINING", retryAfterMs: 1200 });
  deepEqual(parseCloseReason("retryAfterMs=0"), { code: undefined, retryAfterMs: 0 });
  deepEqual(parseCloseReason("ROOM_FULL"), { code: "ROOM_FULL", retryAfterMs: undefined });
  deepEqual(parseCloseReason("going away; retryAfterMs=-5"), { code: undefined, retryAfterMs: undefined });
  deepEqual(parseCloseReason(""), { code: undefined, retryAfterMs: undefined });
});

Deno.test("no server makes a client wait longer than five minutes", () => {
  equal(parseCloseReason("retryAfterMs=999999999").retryAfterMs, 300_000);
});

Deno.test("a lost or overloaded host is looked up again", () => {
  for (const code of [1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015]) {
    equal(decideOnClose(code, "").kind, "look-up", `${code}`);
  }
});

Deno.test("each range decides for every code in it, also for codes not invented yet", () => {
  const kinds = (from: number, to: number): Set<string> => {
    const seen = new Set<string>();
    for (let code = from; code <= to; code++) {
      seen.add(decideOnClose(code, "SOME_NEW_CODE").kind);
    }
    return seen;
  };
  deepEqual(kinds(4000, 4099), new Set(["stay-away"]));
  deepEqual(kinds(4100, 4299), new Set(["look-up"]));
  deepEqual(kinds(4300, 4499), new Set(["give-up"]));
  deepEqual(kinds(4500, 4999), new Set(["give-up"]));
  for (const code of [4300, 4499]) {
    const decision = decideOnClose(code, "");
    ok(decision.kind === "give-up" && decision.words.startsWith("The room turned this connection away"));
  }
});

Deno.test("the server's delay comes with the decision", () => {
  deepEqual(decideOnClose(4101, "HOST_DRAINING;retryAfterMs=1200"), { kind: "look-up", delayMs: 1200, code: "HOST_DRAINING" });
  deepEqual(decideOnClose(1013, "OVERLOADED;retryAfterMs=700"), { kind: "look-up", delayMs: 700, code: "OVERLOADED" });
});

Deno.test("a policy violation and a final refusal are told in words", () => {
  for (const [code, reason, part] of [[1008, "", "rule"], [4301, "ROOM_FULL", "full"], [4399, "", "4399"], [1009, "", "too big"]] as const) {
    const decision = decideOnClose(code, reason);
    ok(decision.kind === "give-up");
    ok(decision.words.includes(part), decision.words);
  }
});

Deno.test("an agreed end is no error", () => {
  equal(decideOnClose(1000, "").kind, "stay-away");
  const replaced = decideOnClose(4001, "REPLACED");
  ok(replaced.kind === "stay-away" && replaced.words.includes("another window"));
});
