import { ApiError, toApiError } from "./api-error.ts";
import { isRecord } from "./protocol.ts";

export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** On whose behalf requests are made. */
export interface Credentials {
  token(): string | undefined;
  /** Called once a token was refused: whether there is a newer one to try again with. Rejects when nobody can tell now. */
  renew(refused: string): Promise<boolean>;
}

export const ANONYMOUS: Credentials = { token: () => undefined, renew: () => Promise.resolve(false) };

/** A token that cannot be renewed. */
export function onlyToken(token: string): Credentials {
  return { token: () => token, renew: () => Promise.resolve(false) };
}

/** Requests with and answers of JSON. Every call rejects with an {@link ApiError}, or with the signal's reason once aborted. */
export class JsonHttp {
  readonly #fetch: Fetch;
  readonly #credentials: Credentials;

  constructor(fetch: Fetch, credentials: Credentials) {
    this.#fetch = fetch;
    this.#credentials = credentials;
  }

  /** A request whose token has run out is made again, once, with a renewed one. */
  async call(method: string, path: string, timeoutMs: number, signal?: AbortSignal, body?: unknown): Promise<unknown> {
    const token = this.#credentials.token();
    try {
      return await this.#once(method, path, timeoutMs, signal, body, token);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401 || token === undefined || !(await this.#credentials.renew(token))) {
        throw error;
      }
      return this.#once(method, path, timeoutMs, signal, body, this.#credentials.token());
    }
  }

  async #once(
    method: string, path: string, timeoutMs: number, signal: AbortSignal | undefined, body: unknown, token: string | undefined,
  ): Promise<unknown> {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#fetch(path, {
        method,
        headers: headers(body !== undefined, token),
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
        cache: "no-store",
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = parseJson(await response.text());
      if (!response.ok) {
        throw toApiError(response.status, response.headers.get("Retry-After"), answer, Date.now());
      }
      return answer;
    } catch (error) {
      if (error instanceof ApiError || signal?.aborted === true) {
        throw error;
      }
      throw ApiError.unreachable(error);
    }
  }
}

/** The text in a field of an answer, which must have one. */
export function textIn(answer: unknown, field: string): string {
  const value = isRecord(answer) ? answer[field] : undefined;
  if (typeof value !== "string" || value === "") {
    throw ApiError.unexpected(200, `it has no ${field}`);
  }
  return value;
}

function headers(hasBody: boolean, token: string | undefined): Record<string, string> {
  return {
    Accept: "application/json",
    ...(hasBody ? { "Content-Type": "application/json" } : {}),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  };
}

/** A proxy's error page is no JSON; the status alone must do then. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
