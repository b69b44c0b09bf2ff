import { useState, type FormEvent } from "react";
import type { RoomApi } from "../routing/api.ts";
import type { Login } from "../shell/browser-memory.ts";
import { ErrorBanner, WaitBanner } from "./banner.tsx";
import { useAction } from "./hooks.ts";
import { Logo } from "./icons.tsx";

const MAX_NAME_LENGTH = 64;

interface LoginViewProps {
  readonly api: RoomApi;
  /** The room that the user was on the way to. */
  readonly invitedTo: string | undefined;
  /** Why the user is here again. */
  readonly notice: string | undefined;
  /** Who the user was before. */
  readonly lastName: string;
  readonly onLogin: (login: Login) => void;
}

export function LoginView({ api, invitedTo, notice, lastName, onLogin }: LoginViewProps) {
  const [name, setName] = useState(lastName);
  const { busy, wait, problem, run, cancel, report } = useAction(() => {});

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const userId = name.trim();
    if (userId === "") {
      report("Please enter a name.");
      return;
    }
    run(async (signal) => onLogin({ userId, token: await api.login(userId, signal) }));
  };

  const words = problem ?? (busy ? undefined : notice);
  return (
    <main className="entry">
      <div className="entry-head">
        <Logo />
        <h1>Room Routing</h1>
        <p className="muted">Every room lives on one host, and everybody in it meets there.</p>
      </div>
      <form className="card" onSubmit={submit} noValidate>
        {invitedTo !== undefined && (
          <p className="invitation">
            You are about to join room <span className="room-name">{invitedTo}</span>
          </p>
        )}
        <label htmlFor="name">Your name</label>
        <input
          id="name"
          data-testid="login-name"
          autoFocus
          autoComplete="nickname"
          autoCapitalize="words"
          enterKeyHint="go"
          maxLength={MAX_NAME_LENGTH}
          value={name}
          onChange={(event) => setName(event.target.value)}
          aria-describedby="name-hint"
        />
        <p id="name-hint" className="hint">This is what the others in the room see.</p>
        {words !== undefined && <ErrorBanner words={words} />}
        {wait !== undefined && (
          <WaitBanner wait={wait}>
            <button type="button" className="button-plain" onClick={cancel}>Stop</button>
          </WaitBanner>
        )}
        <button type="submit" className="button-primary" data-testid="login-submit" disabled={busy}>
          {busy ? "Logging in…" : invitedTo === undefined ? "Continue" : "Join the room"}
        </button>
      </form>
    </main>
  );
}
