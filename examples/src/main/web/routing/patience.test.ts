import { deepEqual, equal, rejects } from "node:assert/strict";
import { ManualClock, settled } from "../testing/manual-clock.ts";
import { ApiError } from "./api-error.ts";
import { patiently, type Wait } from "./patience.ts";

const busy = (retryAfterMs?: number): ApiError => new ApiError(503, "OVERLOADED", "The server is busy.", retryAfterMs);

function failing(times: number, error: ApiError): { action: () => Promise<string>; tries: () => number } {
  let tries = 0;
  return {
    action: () => (++tries <= times ? Promise.reject(error) : Promise.resolve("done")),
    tries: () => tries,
  };
}

Deno.test("a busy server is asked again when it said so, and the wait is told", async () => {
  const clock = new ManualClock();
  const { action, tries } = failing(1, busy(3000));
  const waits: (Wait | undefined)[] = [];
  const result = patiently(action, new AbortController().signal, clock, (wait) => waits.push(wait));
  await settled();
  deepEqual(waits, [{ why: "The server is busy.", until: clock.now() + 3000 }]);

  await clock.advance(2999);
  equal(tries(), 1);
  await clock.advance(1);
  equal(await result, "done");
  equal(waits.at(-1), undefined);
});

Deno.test("patience ends after five tries", async () => {
  const clock = new ManualClock();
  const { action, tries } = failing(100, busy());
  const result = rejects(patiently(action, new AbortController().signal, clock, () => {}), (error) => error["status"] === 503);
  await settled();
  await clock.advance(60_000);
  await result;
  equal(tries(), 5);
});

Deno.test("any other failure is passed on at once", async () => {
  const { action, tries } = failing(100, new ApiError(403, "FORBIDDEN", "no"));
  await rejects(patiently(action, new AbortController().signal, new ManualClock(), () => {}), (error) => error["status"] === 403);
  equal(tries(), 1);
});

Deno.test("aborting ends the wait and leaves no timer behind", async () => {
  const clock = new ManualClock();
  const controller = new AbortController();
  const { action, tries } = failing(100, busy(3000));
  const result = rejects(patiently(action, controller.signal, clock, () => {}), (error) => error.name === "AbortError");
  await settled();
  controller.abort();
  await result;
  equal(clock.pending, 0);
  equal(tries(), 1);
});
