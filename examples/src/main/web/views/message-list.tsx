import { memo, useMemo } from "react";
import type { Entry, Outgoing, Timeline } from "../chat/timeline.ts";
import type { ConnectionState } from "../routing/room-connection.ts";
import { dayOf } from "../shell/times.ts";
import { DownIcon } from "./icons.tsx";
import { ArrivedMessage, OutgoingMessage } from "./message.tsx";
import { useStickyScroll } from "./sticky-scroll.ts";

interface MessageListProps {
  readonly timeline: Timeline;
  readonly me: string;
  readonly connection: ConnectionState;
  readonly older: "idle" | "loading" | "failed";
  readonly onLoadOlder: () => void;
  readonly onRetry: (key: string) => void;
  readonly onDiscard: (key: string) => void;
}

export function MessageList({ timeline, me, connection, older, onLoadOlder, onRetry, onDiscard }: MessageListProps) {
  const scroll = useStickyScroll(timeline, () => {
    if (older === "idle" && timeline.cursor !== null) {
      onLoadOlder();
    }
  });
  const isEmpty = timeline.entries.length === 0 && timeline.outgoing.length === 0;
  return (
    <div className="messages">
      <div className="messages-scroll" ref={scroll.scroller} onScroll={scroll.onScroll} tabIndex={0}
        role="region" aria-label="Messages">
        <div className="messages-column">
          <Beginning timeline={timeline} older={older} onLoadOlder={onLoadOlder} />
          {isEmpty && <EmptyRoom connection={connection} />}
          <ol ref={scroll.rows} data-testid="message-list" aria-live="off">
            <Entries entries={timeline.entries} me={me} />
            {timeline.outgoing.map((one: Outgoing) => (
              <OutgoingMessage key={one.key} outgoing={one} me={me} retryable={connection.phase !== "closed"}
                onRetry={onRetry} onDiscard={onDiscard} />
            ))}
          </ol>
        </div>
      </div>
      {scroll.unseen > 0 && (
        <button type="button" className="unseen" onClick={scroll.toEnd}>
          <DownIcon /> {scroll.unseen === 1 ? "1 new message" : `${scroll.unseen} new messages`}
        </button>
      )}
    </div>
  );
}

interface BeginningProps {
  readonly timeline: Timeline;
  readonly older: "idle" | "loading" | "failed";
  readonly onLoadOlder: () => void;
}

function Beginning({ timeline, older, onLoadOlder }: BeginningProps) {
  if (timeline.trimmed) {
    return <p className="beginning muted">Earlier messages are no longer kept in this window.</p>;
  }
  if (timeline.cursor === null) {
    return timeline.entries.length === 0 ? null : <p className="beginning muted">This is where the conversation begins.</p>;
  }
  return (
    <p className="beginning">
      <button type="button" className="button-plain" disabled={older === "loading"} onClick={onLoadOlder}>
        {older === "loading" ? "Loading earlier messages…" : "Load earlier messages"}
      </button>
    </p>
  );
}

function EmptyRoom({ connection }: { readonly connection: ConnectionState }) {
  if (connection.phase === "closed") {
    return null;
  }
  return (
    <div className="empty-room">
      {connection.phase === "open" ? (
        <>
          <p className="empty-title">It is quiet in here</p>
          <p className="muted">Copy the link and send it to somebody, or write the first message.</p>
        </>
      ) : <p className="muted">On the way to the room…</p>}
    </div>
  );
}

const GROUP_MS = 5 * 60_000;

interface EntriesProps {
  readonly entries: readonly Entry[];
  readonly me: string;
}

/** Messages of one person within five minutes stand together under one name; a new day has its own line. */
const Entries = memo(function Entries({ entries, me }: EntriesProps) {
  const rows = useMemo(() => layOut(entries, Date.now()), [entries]);
  return rows.map(({ entry, day, continued }) => entry.kind === "gap"
    ? <li key={entry.key} className="divider divider-gap">The room started afresh here. What is above is kept in this window only.</li>
    : (
      <ArrivedMessage key={entry.key} message={entry.message} day={day} continued={continued} mine={entry.message.username === me} />
    ));
});

interface Row {
  readonly entry: Entry;
  /** The words for the day, where a new one begins. */
  readonly day: string | undefined;
  readonly continued: boolean;
}

function layOut(entries: readonly Entry[], now: number): Row[] {
  let lastDay = "";
  return entries.map((entry, index) => {
    if (entry.kind === "gap") {
      return { entry, day: undefined, continued: false };
    }
    const day = dayOf(entry.message.timestamp, now);
    const newDay = day !== lastDay && day !== "";
    lastDay = newDay ? day : lastDay;
    return { entry, day: newDay ? day : undefined, continued: !newDay && continues(entries[index - 1], entry) };
  });
}

function continues(previous: Entry | undefined, entry: Entry): boolean {
  return previous?.kind === "message" && entry.kind === "message" && previous.message.username === entry.message.username
    && Date.parse(entry.message.timestamp) - Date.parse(previous.message.timestamp) < GROUP_MS;
}
