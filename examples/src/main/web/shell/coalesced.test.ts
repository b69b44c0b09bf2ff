import { equal } from "node:assert/strict";
import { ManualClock } from "../testing/manual-clock.ts";
import { coalesced } from "./coalesced.ts";

function bench(): { change: () => void; told: () => number; clock: ManualClock; unsubscribe: () => void } {
  const clock = new ManualClock();
  let change = (): void => {};
  let told = 0;
  const subscribe = coalesced((changed) => {
    change = changed;
    return () => {
      change = () => {};
    };
  }, clock);
  const unsubscribe = subscribe(() => {
    told++;
  });
  return { change: () => change(), told: () => told, clock, unsubscribe };
}

Deno.test("a change in a quiet time is told at once", () => {
  const { change, told } = bench();
  change();
  equal(told(), 1);
});

Deno.test("a burst is told at its start and once after it", async () => {
  const { change, told, clock } = bench();
  for (let index = 0; index < 100; index++) {
    change();
  }
  equal(told(), 1);
  await clock.advance(50);
  equal(told(), 2);
  await clock.advance(1000);
  equal(told(), 2);
  change();
  equal(told(), 3);
});

Deno.test("nothing is told after unsubscribing", async () => {
  const { change, told, clock, unsubscribe } = bench();
  change();
  change();
  unsubscribe();
  await clock.advance(1000);
  equal(told(), 1);
  equal(clock.pending, 0);
});
