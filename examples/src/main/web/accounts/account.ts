import { ApiError } from "../routing/api-error.ts";
import type { Credentials } from "../routing/json-http.ts";
import type { AccountApi, Grant } from "./account-api.ts";

/** Where all windows of this browser keep who is logged in. */
export interface GrantStore {
  read(): Grant | undefined;
  write(grant: Grant | undefined): void;
}

/** Runs one piece of work at a time among all windows of this browser. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * The account that this browser is logged in to, for all its windows. A refresh token is good for one use only, and a second use
 * looks like theft to the server: so one window renews at a time, and the others take up what it got.
 */
export class Account implements Credentials {
  readonly #username: string;
  readonly #api: AccountApi;
  readonly #store: GrantStore;
  readonly #alone: Alone;

  constructor(username: string, api: AccountApi, store: GrantStore, alone: Alone) {
    this.#username = username;
    this.#api = api;
    this.#store = store;
    this.#alone = alone;
  }

  token(): string | undefined {
    return this.#grant()?.token;
  }

  /** False once this account is logged out, by the user or by the server. */
  renew(refused: string): Promise<boolean> {
    return this.#alone(async () => {
      const grant = this.#grant();
      if (grant === undefined || grant.token !== refused) {
        return grant !== undefined;
      }
      try {
        const next = await this.#api.refresh(grant.refreshToken);
        const isOurs = this.#grant()?.refreshToken === grant.refreshToken;
        if (isOurs) {
          this.#store.write(next);
        }
        return isOurs;
      } catch (error) {
        if (error instanceof ApiError && !error.isTemporary) {
          return false;
        }
        throw error;
      }
    });
  }

  /** Forgets the account at once; that the server forgets it too is only tried. */
  async logOut(): Promise<void> {
    const grant = this.#grant();
    this.forget();
    if (grant !== undefined) {
      await this.#alone(() => this.#api.logOut(grant.refreshToken));
    }
  }

  /** This browser is no longer logged in to the account. */
  forget(): void {
    if (this.#grant() !== undefined) {
      this.#store.write(undefined);
    }
  }

  /** Another window may have logged in somebody else. */
  #grant(): Grant | undefined {
    const grant = this.#store.read();
    return grant?.username === this.#username ? grant : undefined;
  }
}
