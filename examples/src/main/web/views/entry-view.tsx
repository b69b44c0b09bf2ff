import { useEffect, useState } from "react";
import type { AccountApi, Grant } from "../accounts/account-api.ts";
import type { RoomApi } from "../routing/api.ts";
import { AccountForm } from "./account-form.tsx";
import { ErrorBanner, WaitBanner } from "./banner.tsx";
import { useAction } from "./hooks.ts";
import { Logo } from "./icons.tsx";
import { NameForm } from "./name-form.tsx";

interface EntryViewProps {
  readonly api: RoomApi;
  readonly accounts: AccountApi;
  /** The room that the user was on the way to. */
  readonly invitedTo: string | undefined;
  /** Why the user is here again. */
  readonly notice: string | undefined;
  /** Who the user was before. */
  readonly lastName: string;
  readonly onName: (userId: string, token: string) => void;
  readonly onGrant: (grant: Grant) => void;
}

/** The way in: with an account where the server has any, and otherwise with a name. */
export function EntryView({ api, accounts, invitedTo, notice, lastName, onName, onGrant }: EntryViewProps) {
  const [offered, setOffered] = useState<boolean>();
  const { wait, problem, run } = useAction(() => {});
  const ask = (): void => run(async (signal) => setOffered(await accounts.areOffered(signal)));
  useEffect(ask, [accounts]);

  return (
    <main className="entry">
      <div className="entry-head">
        <Logo />
        <h1>Room Routing</h1>
        <p className="muted">Every room lives on one host, and everybody in it meets there.</p>
      </div>
      <div className="card">
        {invitedTo !== undefined && (
          <p className="invitation">
            You are about to join room <span className="room-name">{invitedTo}</span>
          </p>
        )}
        {offered === undefined && problem === undefined && wait === undefined && (
          <p className="muted entry-asking" role="status">Connecting…</p>
        )}
        {wait !== undefined && <WaitBanner wait={wait} />}
        {problem !== undefined && (
          <ErrorBanner words={problem}>
            <button type="button" className="button-plain" onClick={ask}>Try again</button>
          </ErrorBanner>
        )}
        {offered === true && <AccountForm accounts={accounts} notice={notice} lastName={lastName} onGrant={onGrant} />}
        {offered === false && (
          <NameForm api={api} invited={invitedTo !== undefined} notice={notice} lastName={lastName} onName={onName} />
        )}
      </div>
    </main>
  );
}
