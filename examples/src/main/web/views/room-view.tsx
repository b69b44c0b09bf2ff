import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { isActive } from "../calls/call-state.ts";
import { systemClock } from "../routing/clock.ts";
import { coalesced } from "../shell/coalesced.ts";
import type { RoomClient } from "../shell/connect-room.ts";
import { Announcer } from "./announcer.tsx";
import { ErrorBanner, NoticeBanner } from "./banner.tsx";
import { CallView } from "./call-view.tsx";
import { ClosedRoom } from "./closed-room.tsx";
import { Composer, COMPOSER_FIELD } from "./composer.tsx";
import { ConnectionNotice } from "./connection.tsx";
import { MessageList } from "./message-list.tsx";
import { PeoplePanel } from "./people-panel.tsx";
import { RoomHeader } from "./room-header.tsx";
import { useUnreadTitle } from "./unread-title.ts";

interface RoomViewProps {
  readonly roomId: string;
  readonly me: string;
  readonly client: RoomClient;
  readonly onLeave: () => void;
}

export function RoomView({ roomId, me, client, onLeave }: RoomViewProps) {
  const { chat: room, calls } = client;
  const subscribe = useMemo(() => coalesced(room.subscribe, systemClock), [room]);
  const snapshot = useSyncExternalStore(subscribe, room.snapshot);
  const { connection, timeline, presence } = snapshot;
  const call = useSyncExternalStore(calls.subscribe, () => calls.snapshot().call);
  const [peopleShown, setPeopleShown] = useState(false);
  const live = connection.phase === "open";
  const hasMessages = timeline.entries.length > 0 || timeline.outgoing.length > 0;
  const bare = connection.phase === "closed" && !hasMessages;
  useUnreadTitle(roomId, timeline, me, call.phase === "ringing" ? call.peer : undefined);
  useEscape(() => (peopleShown ? setPeopleShown(false) : document.getElementById(COMPOSER_FIELD)?.focus()));

  const begin = (peer: string): void => {
    setPeopleShown(false);
    calls.call(peer);
  };

  return (
    <div className={live ? "room" : bare ? "room room-bare" : "room room-away"}>
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
        <CallView calls={calls} live={live} />
        <ConnectionNotice connection={connection} onRetryNow={() => room.link.retryNow()} />
        {snapshot.notices.map((notice) => (
          <NoticeBanner key={notice.key} notice={notice} onDismiss={() => room.dismissNotice(notice.key)} />
        ))}
        {snapshot.problem !== undefined && connection.phase !== "closed" && (
          <ErrorBanner words={snapshot.problem} onDismiss={() => room.dismissProblem()} />
        )}
        {connection.phase === "closed" && (
          <ClosedRoom closure={connection.closure} beside={hasMessages} onReopen={() => room.link.reopen()} onLeave={onLeave} />
        )}
        {!bare && (
          <>
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
          </>
        )}
      </main>
      {peopleShown && <div className="people-backdrop" onClick={() => setPeopleShown(false)} />}
      <PeoplePanel
        presence={presence}
        me={me}
        shown={peopleShown}
        onClose={() => setPeopleShown(false)}
        onCall={calls.isSupported ? begin : undefined}
        callable={live && !isActive(call)}
      />
      <Announcer announcement={snapshot.announcement} />
    </div>
  );
}

/** Escape closes what is open, and otherwise leads back to writing. */
function useEscape(onEscape: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === "Escape") {
        onEscape();
      }
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}
