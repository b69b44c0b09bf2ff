import { deepEqual, equal } from "node:assert/strict";
import { MOST_NOTICES, withNotice, withoutNotice, type Notice } from "./notices.ts";

const said = (text: string): { text: string; timestamp: string } => ({ text, timestamp: "2026-01-01T10:00:00Z" });

Deno.test("notices stand in the order in which they came, also the same words twice", () => {
  const notices = withNotice(withNotice([], said("We stop at six.")), said("We stop at six."));
  deepEqual(notices.map(({ text }) => text), ["We stop at six.", "We stop at six."]);
  equal(new Set(notices.map(({ key }) => key)).size, 2);
});

Deno.test("of too many notices the oldest go, and no two that are shown have the same key", () => {
  let notices: readonly Notice[] = [];
  for (let index = 0; index < MOST_NOTICES + 2; index++) {
    notices = withNotice(notices, said(`${index}`));
  }
  deepEqual(notices.map(({ text }) => text), ["2", "3", "4"]);
  equal(new Set(notices.map(({ key }) => key)).size, MOST_NOTICES);
});

Deno.test("a dismissed notice is gone, and the others stay", () => {
  const notices = withNotice(withNotice([], said("one")), said("two"));
  deepEqual(withoutNotice(notices, notices[0]?.key ?? 0).map(({ text }) => text), ["two"]);
});
