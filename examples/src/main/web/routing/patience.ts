import { ApiError } from "./api-error.ts";
import type { Clock } from "./clock.ts";

/** A wait that the user is told about: why, and until when (milliseconds since the epoch). */
export interface Wait {
  readonly why: string;
  readonly until: number;
}

const TRIES = 5;
const DEFAULT_WAIT_MS = 2_000;

/**
 * Runs an action that a person waits for. When the server is busy (429, 503) it is tried again after the time the server
 * asked for, five times at most; every other failure is passed on at once. Aborting the signal ends the wait as well.
 */
export async function patiently<T>(
  action: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  clock: Clock,
  onWait: (wait: Wait | undefined) => void,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await action(signal);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.asksToWait || tries === TRIES) {
        throw error;
      }
      const delayMs = error.retryAfterMs ?? DEFAULT_WAIT_MS;
      onWait({ why: error.words, until: clock.now() + delayMs });
      await pause(delayMs, signal, clock);
      onWait(undefined);
    }
  }
}

function pause(delayMs: number, signal: AbortSignal, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const giveUp = (): void => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener("abort", giveUp);
      resolve();
    });
    signal.addEventListener("abort", giveUp, { once: true });
  });
}
