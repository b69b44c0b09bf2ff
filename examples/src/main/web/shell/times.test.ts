import { equal } from "node:assert/strict";
import { elapsedWords } from "./times.ts";

Deno.test("a length of time is shown as by a clock", () => {
  equal(elapsedWords(0), "0:00");
  equal(elapsedWords(7_900), "0:07");
  equal(elapsedWords(750_000), "12:30");
  equal(elapsedWords(3_723_000), "1:02:03");
});
