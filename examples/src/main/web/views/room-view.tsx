import { useEffect, useState, useSyncExternalStore } from "react";
import type { ChatRoom } from "../chat/chat-room.ts";
import { Announcer } from "./announcer.tsx";
import { ErrorBanner } from "./banner.tsx";
import { ClosedRoom } from "./closed-room.tsx";
import { Composer } from "./composer.tsx";
import { ConnectionNotice } from "./connection.tsx";
import { MessageList } from "./message-list.tsx";
import { PeoplePanel } from "./people-panel.tsx";
import { RoomHeader } from "./room-header.tsx";
import { useUnreadTitle } from "./unread-title.ts";

interface RoomViewProps {
  readonly roomId: string;
  readonly me: string;
  readonly room: ChatRoom;
  readonly onLeave: () => void;
}

export function RoomView({ roomId, me, room, onLeave }: RoomViewProps) {
  const snapshot = useSyncExternalStore(room.subscribe, room.snapshot);
  const { connection, timeline, presence } = snapshot;
  const [peopleShown, setPeopleShown] = useState(false);
  const live = connection.phase === "open";
  useUnreadTitle(roomId, timeline, me);
  useEscape(peopleShown, () => setPeopleShown(false));

  return (
    <div className={live ? "room" : "room room-away"}>
      <RoomHeader
        roomId={roomId}
        host={snapshot.host}
        connection={connection}
        peopleCount={presence.names.length + presence.more}
        peopleShown={peopleShown}
        onTogglePeople={() => setPeopleShown(!peopleShown)}
        onLeave={onLeave}
      />
      <main className="room-main">
        <ConnectionNotice connection={connection} onRetryNow={() => room.link.retryNow()} />
        {snapshot.problem !== undefined && connection.phase !== "closed" && (
          <ErrorBanner words={snapshot.problem} onDismiss={() => room.dismissProblem()} />
        )}
        {connection.phase === "closed" && (
          <ClosedRoom closure={connection.closure} onReopen={() => room.link.reopen()} onLeave={onLeave} />
        )}
        <MessageList
          timeline={timeline}
          me={me}
          connection={connection}
          older={snapshot.older}
          onLoadOlder={() => void room.loadOlder()}
          onRetry={(key) => room.retry(key)}
          onDiscard={(key) => room.discard(key)}
        />
        <Composer roomId={roomId} closed={connection.phase === "closed"} onSend={(text) => room.send(text)} />
      </main>
      {peopleShown && <div className="people-backdrop" onClick={() => setPeopleShown(false)} />}
      <PeoplePanel presence={presence} me={me} shown={peopleShown} onClose={() => setPeopleShown(false)} />
      <Announcer announcement={snapshot.announcement} />
    </div>
  );
}

function useEscape(active: boolean, onEscape: () => void): void {
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === "Escape") {
        onEscape();
      }
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}
