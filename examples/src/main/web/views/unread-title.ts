import { useEffect, useRef, useState } from "react";
import type { Timeline } from "../chat/timeline.ts";

/** Names the room in the window's title, with the number of messages that came while the window was hidden, or with who calls. */
export function useUnreadTitle(roomId: string, timeline: Timeline, me: string, caller: string | undefined): void {
  const [unread, setUnread] = useState(0);
  const newest = timeline.entries.at(-1);
  const seen = useRef(newest?.key);

  useEffect(() => {
    if (newest?.key === seen.current) {
      return;
    }
    seen.current = newest?.key;
    if (document.hidden && newest?.kind === "message" && newest.message.username !== me) {
      setUnread((count) => count + 1);
    }
  }, [newest, me]);

  useEffect(() => {
    const shown = (): void => {
      if (!document.hidden) {
        setUnread(0);
      }
    };
    document.addEventListener("visibilitychange", shown);
    return () => document.removeEventListener("visibilitychange", shown);
  }, []);

  useEffect(() => {
    const news = caller !== undefined ? `${caller} is calling · ` : unread > 0 ? `(${unread}) ` : "";
    document.title = `${news}Room ${roomId} · Room Routing`;
    return () => {
      document.title = "Room Routing";
    };
  }, [unread, roomId, caller]);
}
