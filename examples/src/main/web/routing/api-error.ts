import { isRecord } from "./protocol.ts";
import { explain } from "./words.ts";

/** The status of a request that got no answer at all. */
export const UNREACHABLE = 0;

/** A refusal of the HTTP API, as RFC 9457 problem details tell it, or the lack of an answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    readonly words: string,
    readonly retryAfterMs: number | undefined = undefined,
    options?: ErrorOptions,
  ) {
    super(`${status} ${code}: ${words}`, options);
  }

  static unreachable(cause: unknown): ApiError {
    return new ApiError(UNREACHABLE, "UNREACHABLE", "The server cannot be reached.", undefined, { cause });
  }

  static unexpected(status: number, what: string): ApiError {
    return new ApiError(status, "UNEXPECTED", `The server's answer could not be read: ${what}.`);
  }

  /** The same error, told in other words. */
  inWords(words: string): ApiError {
    return new ApiError(this.status, this.code, words, this.retryAfterMs, { cause: this });
  }

  /** Whether the same request may succeed later. */
  get isTemporary(): boolean {
    return this.status === UNREACHABLE || this.status === 408 || this.status === 425 || this.status === 429
      || this.status >= 500;
  }

  /** Whether the server itself asked to wait and come back. */
  get asksToWait(): boolean {
    return this.status === 429 || this.status === 503;
  }
}

/** Turns an error response into an {@link ApiError}; the body may be problem details or anything else. */
export function toApiError(status: number, retryAfter: string | null, body: unknown, now: number): ApiError {
  const problem = isRecord(body) ? body : {};
  const code = typeof problem["code"] === "string" ? problem["code"] : `HTTP_${status}`;
  const detail = typeof problem["detail"] === "string" && problem["detail"] !== "" ? problem["detail"] : undefined;
  return new ApiError(status, code, wordsFor(status, code, detail), parseRetryAfter(retryAfter, now));
}

const LONGEST_WAIT_MS = 60 * 60_000;

/** `Retry-After` as milliseconds from now, an hour at most: a number of seconds or an HTTP date; undefined when absent or unreadable. */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) {
    return undefined;
  }
  if (/^\s*\d{1,6}\s*$/.test(value)) {
    return Math.min(Number(value) * 1000, LONGEST_WAIT_MS);
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), LONGEST_WAIT_MS);
}

/** A 400 is about this very input, which only the server's own detail explains; other codes have calmer words. */
function wordsFor(status: number, code: string, detail: string | undefined): string {
  if (status === 400 && detail !== undefined) {
    return detail;
  }
  const fallback = status === 429 || status === 503
    ? "The server is busy."
    : status >= 500 ? `Something went wrong on the server (${status}).` : `The server refused the request (${status}).`;
  return explain(code, detail ?? fallback);
}
