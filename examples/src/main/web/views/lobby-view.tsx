import { useEffect, useRef, useState, type FormEvent } from "react";
import type { RoomApi } from "../routing/api.ts";
import { recallRecentRooms } from "../shell/browser-memory.ts";
import { roomIdIn } from "../shell/location.ts";
import { ErrorBanner, WaitBanner } from "./banner.tsx";
import { useAction } from "./hooks.ts";
import { Logo, PlusIcon } from "./icons.tsx";

interface LobbyViewProps {
  readonly api: RoomApi;
  readonly userId: string;
  readonly onEnter: (roomId: string) => void;
  /** The user wants to be somebody else. */
  readonly onLogOut: () => void;
  /** The server no longer knows the user. */
  readonly onSignedOut: () => void;
}

export function LobbyView({ api, userId, onEnter, onLogOut, onSignedOut }: LobbyViewProps) {
  const { busy, wait, problem, run, cancel, report } = useAction(onSignedOut);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  return (
    <div className="lobby">
      <header className="lobby-bar">
        <Logo />
        <span className="lobby-brand">Room Routing</span>
        <span className="lobby-user">{userId}</span>
        <button type="button" className="button-plain" onClick={onLogOut}>Log out</button>
      </header>
      <main className="lobby-main">
        <h1 ref={heading} tabIndex={-1}>Hello, {userId}</h1>
        {problem !== undefined && <ErrorBanner words={problem} onDismiss={() => report(undefined)} />}
        {wait !== undefined && (
          <WaitBanner wait={wait}>
            <button type="button" className="button-plain" onClick={cancel}>Stop</button>
          </WaitBanner>
        )}
        <div className="lobby-choices">
          <section className="card" aria-labelledby="create-heading">
            <h2 id="create-heading">Start a room</h2>
            <p className="muted">A new room is placed on a host with space. You get a link to share.</p>
            <button
              type="button"
              className="button-primary"
              data-testid="create-room"
              disabled={busy}
              onClick={() => run(async (signal) => onEnter(await api.createRoom(signal)))}
            >
              <PlusIcon /> {busy ? "Finding a host…" : "Create a room"}
            </button>
          </section>
          <JoinForm onEnter={onEnter} />
        </div>
        <RecentRooms onEnter={onEnter} />
      </main>
    </div>
  );
}

function JoinForm({ onEnter }: { readonly onEnter: (roomId: string) => void }) {
  const [pasted, setPasted] = useState("");
  const [invalid, setInvalid] = useState(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const roomId = roomIdIn(pasted);
    setInvalid(roomId === undefined);
    if (roomId !== undefined) {
      onEnter(roomId);
    }
  };

  return (
    <section className="card" aria-labelledby="join-heading">
      <h2 id="join-heading">Join a room</h2>
      <form onSubmit={submit} noValidate>
        <label htmlFor="room">Room link or id</label>
        <input
          id="room"
          data-testid="join-room-id"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={2000}
          value={pasted}
          onChange={(event) => {
            setPasted(event.target.value);
            setInvalid(false);
          }}
          aria-invalid={invalid}
          aria-describedby={invalid ? "room-problem" : undefined}
        />
        {invalid && (
          <p id="room-problem" className="field-problem" role="alert">
            {pasted.trim() === "" ? "Paste a room's link or id first." : "That is neither a room link nor a room id."}
          </p>
        )}
        <button type="submit" className="button-secondary" data-testid="join-submit">Join</button>
      </form>
    </section>
  );
}

function RecentRooms({ onEnter }: { readonly onEnter: (roomId: string) => void }) {
  const [rooms] = useState(recallRecentRooms);
  if (rooms.length === 0) {
    return null;
  }
  return (
    <section className="recent" aria-labelledby="recent-heading">
      <h2 id="recent-heading">Visited from this window</h2>
      <ul>
        {rooms.map((roomId) => (
          <li key={roomId}>
            <button type="button" className="recent-room" onClick={() => onEnter(roomId)}>
              <span className="room-name">{roomId}</span>
              <span aria-hidden="true">Join again</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
