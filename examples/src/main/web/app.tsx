import { StrictMode, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import type { ChatRoom } from "./chat/chat-room.ts";
import { RoomApi } from "./routing/api.ts";
import { forgetEverything, recallLogin, rememberLogin, rememberRecentRoom, type Login } from "./shell/browser-memory.ts";
import { connectChat } from "./shell/connect-chat.ts";
import "./styles/app.css";
import { usePlace } from "./views/hooks.ts";
import { LobbyView } from "./views/lobby-view.tsx";
import { LoginView } from "./views/login-view.tsx";
import { RoomView } from "./views/room-view.tsx";

const SIGNED_OUT = "Your log-in is no longer valid. Please enter your name again.";

function App() {
  const [login, setLogin] = useState<Login | undefined>(recallLogin);
  const [notice, setNotice] = useState<string>();
  const [lastName, setLastName] = useState("");
  const [place, go] = usePlace();
  const api = useMemo(() => new RoomApi((input, init) => fetch(input, init), () => login?.token), [login]);

  const become = (next: Login | undefined, why?: string): void => {
    rememberLogin(next);
    setLogin(next);
    setNotice(why);
    setLastName(why === undefined ? "" : (login?.userId ?? ""));
  };
  const toLobby = (): void => go({ page: "lobby" });
  const signedOut = (): void => become(undefined, SIGNED_OUT);
  const logOut = (): void => {
    forgetEverything();
    become(undefined);
  };

  if (login === undefined) {
    const invitedTo = place.page === "room" ? place.roomId : undefined;
    return <LoginView api={api} notice={notice} lastName={lastName} invitedTo={invitedTo} onLogin={become} />;
  }
  if (place.page === "room") {
    return <Room key={place.roomId} api={api} login={login} roomId={place.roomId} onLeave={toLobby} onSignedOut={signedOut} />;
  }
  return (
    <LobbyView api={api} userId={login.userId} onEnter={(roomId) => go({ page: "room", roomId })} onLogOut={logOut} onSignedOut={signedOut} />
  );
}

interface RoomProps {
  readonly api: RoomApi;
  readonly login: Login;
  readonly roomId: string;
  readonly onLeave: () => void;
  readonly onSignedOut: () => void;
}

/** Holds the connection for as long as the room is on the screen. */
function Room({ api, login, roomId, onLeave, onSignedOut }: RoomProps) {
  const [room, setRoom] = useState<ChatRoom>();

  useEffect(() => {
    const joining = connectChat(api, login.userId, roomId);
    let phase = "";
    const unsubscribe = joining.subscribe(() => {
      const { connection } = joining.snapshot();
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
    const offline = (): void => joining.link.networkLost();
    const online = (): void => joining.link.networkRegained();
    addEventListener("offline", offline);
    addEventListener("online", online);
    joining.link.start();
    setRoom(joining);
    return () => {
      unsubscribe();
      removeEventListener("offline", offline);
      removeEventListener("online", online);
      joining.link.leave();
    };
    // A new callback is no reason to join anew.
  }, [api, login.userId, roomId]);

  return room === undefined ? null : <RoomView roomId={roomId} me={login.userId} room={room} onLeave={onLeave} />;
}

const container = document.getElementById("app");
if (container === null) {
  throw new Error("index.html has no element with the id app");
}
createRoot(container).render(<StrictMode><App /></StrictMode>);
