import type { Clock } from "../routing/clock.ts";

type Subscribe = (changed: () => void) => () => void;

/** Often enough to look live, seldom enough that a busy room leaves time for typing. */
const APART_MS = 50;

/** Tells a change at once, and what follows closely upon it together, after a moment. */
export function coalesced(subscribe: Subscribe, clock: Clock): Subscribe {
  return (changed) => {
    let quiet = true;
    let missed = false;
    let cancel = (): void => {};
    const tell = (): void => {
      quiet = false;
      missed = false;
      cancel = clock.after(APART_MS, () => {
        quiet = true;
        if (missed) {
          tell();
        }
      });
      changed();
    };
    const unsubscribe = subscribe(() => {
      if (quiet) {
        tell();
      } else {
        missed = true;
      }
    });
    return () => {
      cancel();
      unsubscribe();
    };
  };
}
