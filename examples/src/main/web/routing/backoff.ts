const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * Milliseconds to wait before the next look-up after `failures` in a row (1 or more). Without a word from the server: exponential,
 * at most 15 s, with the upper half drawn at random so that the clients of a dead host do not come back in step.
 * A server that gave a delay has spread its clients already: it is obeyed as it is, unless we failed before and our own is longer.
 */
export function retryDelay(failures: number, serverDelayMs: number | undefined, random: () => number): number {
  const top = Math.min(LONGEST_MS, FIRST_MS * 2 ** (Math.min(failures, 16) - 1));
  const own = Math.round(top / 2 + random() * (top / 2));
  if (serverDelayMs === undefined) {
    return own;
  }
  return failures > 1 ? Math.max(serverDelayMs, own) : serverDelayMs;
}

/** A delay that every client was told alike, lengthened by up to a fifth so that they do not come back in step. */
export function spread(delayMs: number | undefined, random: () => number): number | undefined {
  return delayMs === undefined ? undefined : Math.round(delayMs * (1 + random() / 5));
}
