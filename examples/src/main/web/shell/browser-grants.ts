/**
 * Keeps who is logged in for all windows of this browser, in its local storage. Where the browser denies storage, a window keeps its
 * own log-in in memory, and forgets it on reload.
 */
import type { Alone, GrantStore } from "../accounts/account.ts";
import type { Grant } from "../accounts/account-api.ts";
import { isRecord } from "../routing/protocol.ts";

const KEY = "room-routing.account";

let inMemory: Grant | undefined;

export const browserGrants: GrantStore = {
  read() {
    try {
      return readGrant(localStorage.getItem(KEY));
    } catch {
      return inMemory;
    }
  },
  write(grant) {
    inMemory = grant;
    try {
      if (grant === undefined) {
        localStorage.removeItem(KEY);
      } else {
        localStorage.setItem(KEY, JSON.stringify(grant));
      }
    } catch {
      // Storage is denied or full: this window goes on with what it has in memory.
    }
  },
};

/** Calls back when another window has logged in, logged out or renewed; returns a way to stop. */
export function watchGrants(changed: () => void): () => void {
  const stored = (event: StorageEvent): void => {
    if (event.key === KEY || event.key === null) {
      changed();
    }
  };
  addEventListener("storage", stored);
  return () => removeEventListener("storage", stored);
}

/** By a lock of the browser; a page that is not secure has none, and there only the server's leniency for a short time helps. */
export const alone: Alone = (work) => {
  const locks = navigator.locks as LockManager | undefined;
  return locks === undefined ? work() : locks.request(KEY, work);
};

function readGrant(text: string | null): Grant | undefined {
  const value: unknown = text === null ? undefined : JSON.parse(text);
  if (!isRecord(value)) {
    return undefined;
  }
  const { username, token, refreshToken } = value;
  return typeof username === "string" && typeof token === "string" && typeof refreshToken === "string"
    ? { username, token, refreshToken }
    : undefined;
}
