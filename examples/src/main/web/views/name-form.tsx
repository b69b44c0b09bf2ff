import { useState, type FormEvent } from "react";
import type { RoomApi } from "../routing/api.ts";
import { ErrorBanner, WaitBanner } from "./banner.tsx";
import { useAction } from "./hooks.ts";

const MAX_NAME_LENGTH = 64;

interface NameFormProps {
  readonly api: RoomApi;
  readonly invited: boolean;
  readonly notice: string | undefined;
  readonly lastName: string;
  readonly onName: (userId: string, token: string) => void;
}

/** Logs in with a name alone. */
export function NameForm({ api, invited, notice, lastName, onName }: NameFormProps) {
  const [name, setName] = useState(lastName);
  const { busy, wait, problem, run, cancel, report } = useAction(() => {});

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const userId = name.trim();
    if (userId === "") {
      report("Please enter a name.");
      return;
    }
    run(async (signal) => onName(userId, await api.login(userId, signal)));
  };

  const words = problem ?? (busy ? undefined : notice);
  return (
    <form onSubmit={submit} noValidate>
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
        {busy ? "Logging in…" : invited ? "Join the room" : "Continue"}
      </button>
    </form>
  );
}
