import { ApiError } from "../routing/api-error.ts";
import { ANONYMOUS, JsonHttp, textIn, type Fetch } from "../routing/json-http.ts";
import { isRecord } from "../routing/protocol.ts";

/** Who is logged in, and what shows it: a token for every request, and a second one for a new pair once that has run out. */
export interface Grant {
  readonly username: string;
  readonly token: string;
  readonly refreshToken: string;
}

const QUICK_MS = 10_000;

/** The server's accounts. Every method rejects with an {@link ApiError} in the words of this page, or with the signal's reason once aborted. */
export class AccountApi {
  readonly #http: JsonHttp;

  constructor(fetch: Fetch) {
    this.#http = new JsonHttp(fetch, ANONYMOUS);
  }

  /** Whether this server has accounts; one that has none lets users choose a name. */
  async areOffered(signal?: AbortSignal): Promise<boolean> {
    try {
      const answer = await this.#http.call("GET", "/api/auth", QUICK_MS, signal);
      return isRecord(answer) && answer["accounts"] === true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        return false;
      }
      throw error;
    }
  }

  register(username: string, password: string, signal?: AbortSignal): Promise<Grant> {
    return this.#grant("/api/auth/register", { username, password }, signal, {
      409: "This name is taken. Choose another one, or log in if it is yours.",
    });
  }

  logIn(username: string, password: string, signal?: AbortSignal): Promise<Grant> {
    return this.#grant("/api/auth/login", { username, password }, signal, { 401: "The name or the password is wrong." });
  }

  /** A new pair for a refresh token, which is used up by it. */
  refresh(refreshToken: string): Promise<Grant> {
    return this.#grant("/api/auth/refresh", { refreshToken }, undefined, {});
  }

  /** Makes the refresh token worthless. */
  async logOut(refreshToken: string): Promise<void> {
    await this.#http.call("POST", "/api/auth/logout", QUICK_MS, undefined, { refreshToken });
  }

  async #grant(path: string, body: unknown, signal: AbortSignal | undefined, words: Record<number, string>): Promise<Grant> {
    try {
      const answer = await this.#http.call("POST", path, QUICK_MS, signal, body);
      return { username: textIn(answer, "username"), token: textIn(answer, "token"), refreshToken: textIn(answer, "refreshToken") };
    } catch (error) {
      const told = error instanceof ApiError ? words[error.status] : undefined;
      throw told === undefined || !(error instanceof ApiError) ? error : error.inWords(told);
    }
  }
}
