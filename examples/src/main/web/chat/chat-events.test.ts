import { deepEqual, equal } from "node:assert/strict";
import { lengthOf, readAnnouncement, readHistoryPage, readMessage, readNames, readReceipt, readUsername } from "./chat-events.ts";

const MESSAGE = { id: "m1", username: "bob", text: "hi", timestamp: "2026-01-01T10:00:00Z" };

Deno.test("a text is measured as the room measures it: stripped, in code points", () => {
  equal(lengthOf("  hi\n"), 2);
  equal(lengthOf("👋👋"), 2);
  equal(lengthOf(" \n "), 0);
});

Deno.test("a message keeps what it needs and drops the rest", () => {
  deepEqual(readMessage({ ...MESSAGE, colour: "red" }), MESSAGE);
  for (const field of ["id", "username", "text", "timestamp"]) {
    equal(readMessage({ ...MESSAGE, [field]: 7 }), undefined, field);
  }
});

Deno.test("one bad message does not cost the whole page", () => {
  deepEqual(readHistoryPage({ messages: [MESSAGE, { id: 2 }], cursor: "c" }), { messages: [MESSAGE], cursor: "c" });
  deepEqual(readHistoryPage({ messages: [] }), { messages: [], cursor: null });
  equal(readHistoryPage({ messages: "none" }), undefined);
});

Deno.test("a page may come as a bare list, whose oldest message leads further back", () => {
  deepEqual(readHistoryPage([MESSAGE, { ...MESSAGE, id: "m2" }]), { messages: [MESSAGE, { ...MESSAGE, id: "m2" }], cursor: "m1" });
  deepEqual(readHistoryPage([]), { messages: [], cursor: null });
});

Deno.test("the small payloads are read or refused", () => {
  deepEqual(readReceipt({ id: "m1", timestamp: "t" }), { id: "m1", timestamp: "t" });
  deepEqual(readReceipt({ ok: true, id: "m1", timestamp: "t" }), { id: "m1", timestamp: "t" });
  equal(readReceipt({ id: "m1" }), undefined);
  deepEqual(readAnnouncement({ text: "We stop at six.", timestamp: "t", from: "ops" }), { text: "We stop at six.", timestamp: "t" });
  equal(readAnnouncement({ text: "We stop at six." }), undefined);
  deepEqual(readNames(["a", 1, "b"]), ["a", "b"]);
  equal(readNames({ 0: "a" }), undefined);
  equal(readUsername({ username: "bob" }), "bob");
  equal(readUsername("bob"), undefined);
});
