import { useEffect, useMemo, useState } from "react";
import { Account } from "../accounts/account.ts";
import type { AccountApi, Grant } from "../accounts/account-api.ts";
import { ANONYMOUS, onlyToken, type Credentials } from "../routing/json-http.ts";
import { alone, browserGrants, watchGrants } from "./browser-grants.ts";
import { forgetEverything, recallLogin, rememberLogin, type Login } from "./browser-memory.ts";

/** By name alone, in this window; or with an account, in all windows of this browser. */
type Current =
  | { readonly kind: "nobody"; readonly notice: string | undefined; readonly lastName: string }
  | { readonly kind: "name"; readonly login: Login }
  | { readonly kind: "account"; readonly username: string };

export interface LoginState {
  /** Undefined while nobody is logged in. */
  readonly userId: string | undefined;
  readonly credentials: Credentials;
  /** Why nobody is logged in any more. */
  readonly notice: string | undefined;
  /** Who was before. */
  readonly lastName: string;
  withName(login: Login): void;
  withAccount(grant: Grant): void;
  logOut(): void;
  /** The server no longer knows the user. */
  signedOut(): void;
}

const NAME_LAPSED = "Your log-in is no longer valid. Please enter your name again.";
const ACCOUNT_LAPSED = "Your log-in is no longer valid. Please log in again.";
const LEFT_ELSEWHERE = "You logged out in another window.";

/** Who uses this window, and how that changes. */
export function useLogin(accounts: AccountApi): LoginState {
  const [current, setCurrent] = useState<Current>(recall);
  const userId = userOf(current);
  const account = useMemo(
    () => (current.kind === "account" ? new Account(current.username, accounts, browserGrants, alone) : undefined),
    [current, accounts],
  );
  const credentials = useMemo(
    () => account ?? (current.kind === "name" ? onlyToken(current.login.token) : ANONYMOUS),
    [account, current],
  );
  useEffect(() => watchGrants(() => setCurrent(followed)), []);

  const nobody = (notice?: string): void => {
    rememberLogin(undefined);
    setCurrent({ kind: "nobody", notice, lastName: notice === undefined ? "" : (userId ?? "") });
  };
  return {
    userId,
    credentials,
    notice: current.kind === "nobody" ? current.notice : undefined,
    lastName: current.kind === "nobody" ? current.lastName : "",
    withName: (login) => {
      rememberLogin(login);
      setCurrent({ kind: "name", login });
    },
    withAccount: (grant) => {
      browserGrants.write(grant);
      setCurrent({ kind: "account", username: grant.username });
    },
    logOut: () => {
      account?.logOut().catch((error: unknown) => console.warn("The server was not told of the log-out", error));
      forgetEverything();
      nobody();
    },
    signedOut: () => {
      account?.forget();
      nobody(account === undefined ? NAME_LAPSED : ACCOUNT_LAPSED);
    },
  };
}

function recall(): Current {
  const login = recallLogin();
  const grant = browserGrants.read();
  if (login !== undefined) {
    return { kind: "name", login };
  }
  return grant === undefined ? { kind: "nobody", notice: undefined, lastName: "" } : { kind: "account", username: grant.username };
}

/** After another window has logged in, logged out or renewed. */
function followed(current: Current): Current {
  const grant = browserGrants.read();
  if (current.kind === "name" || (current.kind === "account" && current.username === grant?.username)) {
    return current;
  }
  if (grant !== undefined) {
    return { kind: "account", username: grant.username };
  }
  return current.kind === "nobody" ? current : { kind: "nobody", notice: LEFT_ELSEWHERE, lastName: current.username };
}

function userOf(current: Current): string | undefined {
  switch (current.kind) {
    case "nobody":
      return undefined;
    case "name":
      return current.login.userId;
    case "account":
      return current.username;
  }
}
