/**
 * What one window remembers, in its session storage: two windows are two users, and a reload stays logged in. Where the browser
 * denies storage the window still works, and forgets on reload.
 */
import { isRecord } from "../routing/protocol.ts";

export interface Login {
  readonly userId: string;
  readonly token: string;
}

const LOGIN = "room-routing.login";
const DRAFT = "room-routing.draft";
const RECENT = "room-routing.recent";
const MOST_RECENT = 4;

export function recallLogin(): Login | undefined {
  const value = recall(LOGIN);
  if (!isRecord(value) || typeof value["userId"] !== "string" || typeof value["token"] !== "string") {
    return undefined;
  }
  return { userId: value["userId"], token: value["token"] };
}

export function rememberLogin(login: Login | undefined): void {
  remember(LOGIN, login);
}

/** The text that was being written in this room, so that neither a reload nor a new log-in loses it. */
export function recallDraft(roomId: string): string {
  const value = recall(DRAFT);
  return isRecord(value) && value["roomId"] === roomId && typeof value["text"] === "string" ? value["text"] : "";
}

/** Keeps one draft, the newest. */
export function rememberDraft(roomId: string, text: string): void {
  remember(DRAFT, text === "" ? undefined : { roomId, text });
}

/** The rooms that this window was in, newest first. */
export function recallRecentRooms(): string[] {
  const value = recall(RECENT);
  return Array.isArray(value) ? value.filter((roomId) => typeof roomId === "string") : [];
}

export function rememberRecentRoom(roomId: string): void {
  remember(RECENT, [roomId, ...recallRecentRooms().filter((other) => other !== roomId)].slice(0, MOST_RECENT));
}

/** On logging out: the next user of this window starts with nothing. */
export function forgetEverything(): void {
  [LOGIN, DRAFT, RECENT].forEach((key) => remember(key, undefined));
}

function recall(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return undefined;
  }
}

function remember(key: string, value: unknown): void {
  try {
    if (value === undefined) {
      sessionStorage.removeItem(key);
    } else {
      sessionStorage.setItem(key, JSON.stringify(value));
    }
  } catch {
    // Storage is denied or full. Remembering is a convenience; the window goes on without it.
  }
}
