import { useEffect, useState } from "react";
import type { ConnectionState } from "../routing/room-connection.ts";
import { copyText } from "../shell/clipboard.ts";
import { pathOf } from "../shell/location.ts";
import { ConnectionBadge } from "./connection.tsx";
import { BackIcon, CheckIcon, LinkIcon, PeopleIcon } from "./icons.tsx";

interface RoomHeaderProps {
  readonly roomId: string;
  readonly host: string | undefined;
  readonly connection: ConnectionState;
  readonly peopleCount: number;
  readonly peopleShown: boolean;
  readonly onTogglePeople: () => void;
  readonly onLeave: () => void;
}

export function RoomHeader(props: RoomHeaderProps) {
  const { roomId, host, connection, peopleCount, peopleShown, onTogglePeople, onLeave } = props;
  return (
    <header className="room-bar">
      <button type="button" className="button-quiet leave" data-testid="leave-room" onClick={onLeave}>
        <BackIcon /> <span className="label">Leave</span>
      </button>
      <div className="room-title">
        <h1>
          <span className="room-word">Room </span>
          <span className="room-name" data-testid="room-id" title={roomId}>{roomId}</span>
        </h1>
        <p className="room-facts">
          <ConnectionBadge connection={connection} />
          {host !== undefined && connection.phase === "open" && (
            <span className="room-host" data-testid="room-host">hosted on {host}</span>
          )}
        </p>
      </div>
      <CopyLink roomId={roomId} />
      <button
        type="button"
        className="button-quiet people-toggle"
        aria-expanded={peopleShown}
        aria-controls="people"
        onClick={onTogglePeople}
      >
        <PeopleIcon /> <span>{peopleCount}<span className="visually-hidden"> people in the room</span></span>
      </button>
    </header>
  );
}

const COPIED_FOR_MS = 2_500;

function CopyLink({ roomId }: { readonly roomId: string }) {
  const [outcome, setOutcome] = useState<"copied" | "denied">();
  const link = location.origin + pathOf({ page: "room", roomId });

  useEffect(() => {
    if (outcome !== "copied") {
      return undefined;
    }
    const timer = setTimeout(() => setOutcome(undefined), COPIED_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  if (outcome === "denied") {
    return (
      <input className="copy-by-hand" aria-label="Link to this room" readOnly autoFocus value={link}
        onFocus={(event) => event.target.select()} onBlur={() => setOutcome(undefined)} />
    );
  }
  return (
    <button
      type="button"
      className="button-quiet"
      data-testid="copy-link"
      onClick={() => void copyText(link).then((copied) => setOutcome(copied ? "copied" : "denied"))}
    >
      {outcome === "copied" ? <CheckIcon /> : <LinkIcon />}
      <span className="label" aria-live="polite">{outcome === "copied" ? "Copied" : "Copy link"}</span>
    </button>
  );
}
