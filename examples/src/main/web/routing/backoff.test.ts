import { equal, ok } from "node:assert/strict";
import { retryDelay, spread } from "./backoff.ts";

const lowest = (): number => 0;
const highest = (): number => 1;

Deno.test("own delays double up to fifteen seconds, the upper half of each drawn at random", () => {
  equal(retryDelay(1, undefined, lowest), 250);
  equal(retryDelay(1, undefined, highest), 500);
  equal(retryDelay(2, undefined, highest), 1000);
  equal(retryDelay(5, undefined, highest), 8000);
  equal(retryDelay(6, undefined, highest), 15_000);
  equal(retryDelay(10_000, undefined, highest), 15_000);
  equal(retryDelay(10_000, undefined, lowest), 7_500);
});

Deno.test("the server's delay is obeyed as it is the first time", () => {
  equal(retryDelay(1, 1200, highest), 1200);
  equal(retryDelay(1, 0, highest), 0);
});

Deno.test("a server that sends us back at once over and over is not hammered", () => {
  equal(retryDelay(4, 0, highest), 4000);
  equal(retryDelay(4, 9000, highest), 9000);
});

Deno.test("a delay told to everybody alike is only ever lengthened, by a fifth at most", () => {
  equal(spread(undefined, highest), undefined);
  equal(spread(5000, lowest), 5000);
  equal(spread(5000, highest), 6000);
  ok((spread(5000, () => 0.5) ?? 0) === 5500);
});
