import { deepEqual, equal } from "node:assert/strict";
import { readSignal } from "./signals.ts";

const OFFER = { type: "offer", sdp: "v=0" };

Deno.test("what the room tells of calls is read", () => {
  deepEqual(readSignal("incoming_call", { from: "bob", offer: { ...OFFER, more: 1 }, callId: "k", renegotiation: false, crossed: true }), {
    kind: "offer", from: "bob", callId: "k", offer: OFFER, renegotiation: false, crossed: true,
  });
  deepEqual(readSignal("incoming_call", { from: "bob", offer: OFFER }), {
    kind: "offer", from: "bob", callId: undefined, offer: OFFER, renegotiation: false, crossed: false,
  });
  deepEqual(readSignal("call_ended", { from: "bob", callId: "k", reason: "LEFT" }), { kind: "ended", from: "bob", callId: "k", reason: "LEFT" });
  deepEqual(readSignal("call_failed", { to: "bob", code: "USER_BUSY" }), { kind: "failed", to: "bob", code: "USER_BUSY" });
});

Deno.test("that no more candidates follow comes as null or as an empty text", () => {
  const end = { kind: "candidate", from: "bob", callId: undefined, candidate: { candidate: "" } };
  deepEqual(readSignal("ice_candidate", { from: "bob", candidate: null }), end);
  deepEqual(readSignal("ice_candidate", { from: "bob", candidate: { candidate: "" } }), end);
});

Deno.test("what does not fit is unreadable, what is about something else is nothing", () => {
  const unreadable = { kind: "unreadable" };
  deepEqual(readSignal("incoming_call", { from: "bob" }), unreadable);
  deepEqual(readSignal("incoming_call", { from: "bob", offer: { type: "rollback", sdp: "" } }), unreadable);
  deepEqual(readSignal("call_answered", { answer: { type: "answer", sdp: "" } }), unreadable);
  deepEqual(readSignal("ice_candidate", { from: "bob", candidate: "x" }), unreadable);
  deepEqual(readSignal("call_ended", null), unreadable);
  deepEqual(readSignal("call_failed", { to: "bob" }), unreadable);
  equal(readSignal("new_message", {}), undefined);
});
