import type { ChatSnapshot } from "../chat/chat-room.ts";

/**
 * Says aloud what has just happened in the room. The message list itself is silent, since loading a hundred older messages
 * must not be read out.
 */
export function Announcer({ announcement }: { readonly announcement: ChatSnapshot["announcement"] }) {
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      <span key={announcement.number}>{announcement.words}</span>
    </div>
  );
}
