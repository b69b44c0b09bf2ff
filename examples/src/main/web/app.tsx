import { StrictMode, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { AccountApi } from "./accounts/account-api.ts";
import { RoomApi } from "./routing/api.ts";
import type { Fetch } from "./routing/json-http.ts";
import { rememberRecentRoom } from "./shell/browser-memory.ts";
import { connectRoom, type RoomClient } from "./shell/connect-room.ts";
import { useLogin } from "./shell/use-login.ts";
import "./styles/app.css";
import { EntryView } from "./views/entry-view.tsx";
import { usePlace } from "./views/hooks.ts";
import { LobbyView } from "./views/lobby-view.tsx";
import { RoomView } from "./views/room-view.tsx";

const network: Fetch = (input, init) => fetch(input, init);
const accounts = new AccountApi(network);

function App() {
  const login = useLogin(accounts);
  const { userId, credentials, signedOut } = login;
  const [place, go] = usePlace();
  const api = useMemo(() => new RoomApi(network, credentials), [credentials]);
  const toLobby = (): void => go({ page: "lobby" });

  if (userId === undefined) {
    return (
      <EntryView
        api={api}
        accounts={accounts}
        notice={login.notice}
        lastName={login.lastName}
        invitedTo={place.page === "room" ? place.roomId : undefined}
        onName={(name, token) => login.withName({ userId: name, token })}
        onGrant={login.withAccount}
      />
    );
  }
  if (place.page === "room") {
    return <Room key={place.roomId} api={api} userId={userId} roomId={place.roomId} onLeave={toLobby} onSignedOut={signedOut} />;
  }
  return (
    <LobbyView api={api} userId={userId} onEnter={(roomId) => go({ page: "room", roomId })} onLogOut={login.logOut} onSignedOut={signedOut} />
  );
}

interface RoomProps {
  readonly api: RoomApi;
  readonly userId: string;
  readonly roomId: string;
  readonly onLeave: () => void;
  readonly onSignedOut: () => void;
}

/** Holds the connection for as long as the room is on the screen. */
function Room({ api, userId, roomId, onLeave, onSignedOut }: RoomProps) {
  const [client, setClient] = useState<RoomClient>();

  useEffect(() => {
    const joining = connectRoom(api, userId, roomId);
    let phase = "";
    const unsubscribe = joining.chat.subscribe(() => {
      const { connection } = joining.chat.snapshot();
      if (connection.phase === phase) {
        return;
      }
      phase = connection.phase;
      if (connection.phase === "open") {
        rememberRecentRoom(roomId);
      } else if (connection.phase === "closed" && connection.closure.kind === "signed-out") {
        onSignedOut();
      }
    });
    const forgetWindow = followWindow(joining);
    joining.link.start();
    setClient(joining);
    return () => {
      unsubscribe();
      forgetWindow();
      joining.calls.hangUp();
      joining.link.leave();
    };
    // A new callback is no reason to join anew.
  }, [api, userId, roomId]);

  return client === undefined ? null : <RoomView roomId={roomId} me={userId} client={client} onLeave={onLeave} />;
}

/** Tells the room's client what happens to the window; a call does not outlive the page. */
function followWindow({ link, calls }: RoomClient): () => void {
  const offline = (): void => link.networkLost();
  const online = (): void => link.networkRegained();
  const hidden = (): void => calls.hangUp();
  addEventListener("offline", offline);
  addEventListener("online", online);
  addEventListener("pagehide", hidden);
  return () => {
    removeEventListener("offline", offline);
    removeEventListener("online", online);
    removeEventListener("pagehide", hidden);
  };
}

const container = document.getElementById("app");
if (container === null) {
  throw new Error("index.html has no element with the id app");
}
createRoot(container).render(<StrictMode><App /></StrictMode>);
