/** What the server's operators say to everybody in the room: shown above the messages until it is dismissed, and in no history. */
import type { Announcement } from "./chat-events.ts";

export interface Notice extends Announcement {
  readonly key: number;
}

/** Of more, the oldest go. */
export const MOST_NOTICES = 3;

export function withNotice(notices: readonly Notice[], announcement: Announcement): Notice[] {
  return [...notices, { ...announcement, key: (notices.at(-1)?.key ?? 0) + 1 }].slice(-MOST_NOTICES);
}

export function withoutNotice(notices: readonly Notice[], key: number): Notice[] {
  return notices.filter((notice) => notice.key !== key);
}
