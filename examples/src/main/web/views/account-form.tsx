import { useState, type FormEvent } from "react";
import type { AccountApi, Grant } from "../accounts/account-api.ts";
import { nameProblem, passwordProblem } from "../accounts/account-rules.ts";
import { ApiError } from "../routing/api-error.ts";
import { ErrorBanner, WaitBanner } from "./banner.tsx";
import { useAction, useSecondsUntil } from "./hooks.ts";

interface AccountFormProps {
  readonly accounts: AccountApi;
  readonly notice: string | undefined;
  readonly lastName: string;
  readonly onGrant: (grant: Grant) => void;
}

interface Problems {
  readonly name?: string | undefined;
  readonly password?: string | undefined;
}

const DEFAULT_PAUSE_MS = 30_000;

/** Logs in with an account, or makes one. */
export function AccountForm({ accounts, notice, lastName, onGrant }: AccountFormProps) {
  const [isNew, setNew] = useState(false);
  const [name, setName] = useState(lastName);
  const [password, setPassword] = useState("");
  const [problems, setProblems] = useState<Problems>({});
  const [pausedUntil, setPausedUntil] = useState<number>();
  const seconds = useSecondsUntil(pausedUntil);
  const { busy, wait, problem, run, cancel, report } = useAction(() => {});

  const choose = (fresh: boolean): void => {
    setNew(fresh);
    setProblems({});
    report(undefined);
  };
  const send = async (signal: AbortSignal): Promise<void> => {
    try {
      const enter = isNew ? accounts.register(name.trim(), password, signal) : accounts.logIn(name.trim(), password, signal);
      onGrant(await enter);
    } catch (error) {
      // An attempt that may be wrong is not repeated by itself.
      if (!(error instanceof ApiError) || error.status !== 429) {
        throw error;
      }
      setPausedUntil(Date.now() + (error.retryAfterMs ?? DEFAULT_PAUSE_MS));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = problemsOf(name.trim(), password, isNew);
    setProblems(found);
    report(undefined);
    if (found.name === undefined && found.password === undefined && seconds === 0) {
      run(send);
    }
  };

  const words = problem ?? (busy ? undefined : notice);
  return (
    <form onSubmit={submit} noValidate>
      <div className="choice" role="group" aria-label="Account">
        <button type="button" aria-pressed={!isNew} onClick={() => choose(false)}>Log in</button>
        <button type="button" aria-pressed={isNew} data-testid="account-new" onClick={() => choose(true)}>Register</button>
      </div>
      <label htmlFor="username">Name</label>
      <input
        id="username"
        data-testid="account-name"
        autoFocus
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        aria-invalid={problems.name !== undefined}
        aria-describedby="username-hint"
      />
      <FieldHint id="username-hint" problem={problems.name} hint={isNew ? "This is what the others in the room see." : undefined} />
      <PasswordField isNew={isNew} value={password} problem={problems.password} onChange={setPassword} />
      {seconds > 0 && <Pause seconds={seconds} />}
      {seconds === 0 && words !== undefined && <ErrorBanner words={words} />}
      {wait !== undefined && (
        <WaitBanner wait={wait}>
          <button type="button" className="button-plain" onClick={cancel}>Stop</button>
        </WaitBanner>
      )}
      <button type="submit" className="button-primary" data-testid="account-submit" disabled={busy || seconds > 0}>
        {busy ? "One moment…" : isNew ? "Create account" : "Log in"}
      </button>
    </form>
  );
}

/** Whether an old name or password keeps today's rules is not asked. */
function problemsOf(name: string, password: string, isNew: boolean): Problems {
  if (isNew) {
    return { name: nameProblem(name), password: passwordProblem(password) };
  }
  return {
    name: name === "" ? "Please enter your name." : undefined,
    password: password === "" ? "Please enter your password." : undefined,
  };
}

interface PasswordFieldProps {
  readonly isNew: boolean;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (password: string) => void;
}

function PasswordField({ isNew, value, problem, onChange }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <label htmlFor="password">Password</label>
      <div className="password">
        <input
          id="password"
          data-testid="account-password"
          type={shown ? "text" : "password"}
          autoComplete={isNew ? "new-password" : "current-password"}
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={200}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={problem !== undefined}
          aria-describedby="password-hint"
        />
        <button type="button" className="button-plain" aria-pressed={shown} aria-controls="password" onClick={() => setShown(!shown)}>
          {shown ? "Hide" : "Show"}<span className="visually-hidden"> password</span>
        </button>
      </div>
      <FieldHint id="password-hint" problem={problem} hint={isNew ? "At least 8 characters." : undefined} />
    </>
  );
}

function FieldHint({ id, problem, hint }: { readonly id: string; readonly problem: string | undefined; readonly hint: string | undefined }) {
  return problem === undefined
    ? <p id={id} className="hint field-end">{hint}</p>
    : <p id={id} className="field-problem field-end" role="alert">{problem}</p>;
}

/** The countdown is for the eye only, or it would be read aloud every second. */
function Pause({ seconds }: { readonly seconds: number }) {
  return (
    <div className="banner banner-wait" role="alert" data-testid="account-pause">
      <p>
        Too many attempts. <span aria-hidden="true">You can try again in {waitWords(seconds)}.</span>
        <span className="visually-hidden">You can try again later.</span>
      </p>
    </div>
  );
}

function waitWords(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
}
