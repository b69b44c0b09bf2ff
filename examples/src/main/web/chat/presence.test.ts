import { deepEqual, equal } from "node:assert/strict";
import { changeWords, everybody, MOST_NAMES, NOBODY, withoutPerson, withPerson } from "./presence.ts";

Deno.test("this user stands first, the others by name, nobody twice", () => {
  deepEqual(everybody(["Carol", "bob", "alice", "bob"], "alice").names, ["alice", "bob", "Carol"]);
});

Deno.test("people come and go once, however often it is told", () => {
  const two = withPerson(withPerson(everybody(["alice"], "alice"), "bob", "alice"), "bob", "alice");
  deepEqual(two.names, ["alice", "bob"]);
  const one = withoutPerson(withoutPerson(two, "bob"), "bob");
  deepEqual(one, { names: ["alice"], more: 0 });
  deepEqual(withoutPerson(NOBODY, "bob"), NOBODY);
});

Deno.test("a crowd is counted beyond the names that are kept", () => {
  const names = Array.from({ length: MOST_NAMES + 3 }, (_, index) => `user${index}`);
  const crowd = everybody(names, "user0");
  equal(crowd.names.length, MOST_NAMES);
  equal(crowd.more, 3);
  equal(withPerson(crowd, "aaa", "user0").more, 4);
  equal(withoutPerson(crowd, "somebody not listed").more, 2);
});

Deno.test("who came and who went is told in words", () => {
  const before = everybody(["alice", "bob"], "alice");
  equal(changeWords(before, everybody(["alice", "carol"], "alice")), "carol joined, bob left");
  equal(changeWords(before, before), "");
});
