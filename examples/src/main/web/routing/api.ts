import { ApiError, toApiError } from "./api-error.ts";
import { isRecord } from "./protocol.ts";

/** Where a room is, and the ticket that opens it once. */
export interface Route {
  readonly roomId: string;
  /** `host:port`, for showing. */
  readonly host: string;
  /** The WebSocket address. */
  readonly url: string;
  readonly ticket: string;
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>;

const QUICK_MS = 10_000;
/** Placing a room may start a host; the backend gives that up to 30 s. */
const PLACEMENT_MS = 35_000;

/** The backend's HTTP API. Every method rejects with an {@link ApiError}, or with the signal's reason once aborted. */
export class RoomApi {
  readonly #fetch: Fetch;
  readonly #token: () => string | undefined;

  constructor(fetch: Fetch, token: () => string | undefined) {
    this.#fetch = fetch;
    this.#token = token;
  }

  async login(userId: string, signal?: AbortSignal): Promise<string> {
    return text(await this.#call("POST", "/api/login", QUICK_MS, signal, { userId }), "token");
  }

  async createRoom(signal?: AbortSignal): Promise<string> {
    return text(await this.#call("POST", "/api/rooms", PLACEMENT_MS, signal), "roomId");
  }

  /** The room's route; 404 when it does not exist or has expired. */
  async findRoom(roomId: string, signal?: AbortSignal): Promise<Route> {
    return route(await this.#call("GET", roomPath(roomId), PLACEMENT_MS, signal));
  }

  /** The room's route; starts the room when it is unknown, expired or stopped. */
  async findOrStartRoom(roomId: string, signal?: AbortSignal): Promise<Route> {
    return route(await this.#call("POST", roomPath(roomId), PLACEMENT_MS, signal));
  }

  async #call(method: string, path: string, timeoutMs: number, signal?: AbortSignal, body?: unknown): Promise<unknown> {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#fetch(path, {
        method,
        headers: this.#headers(body !== undefined),
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

  #headers(hasBody: boolean): Record<string, string> {
    const token = this.#token();
    return {
      Accept: "application/json",
      ...(hasBody ? { "Content-Type": "application/json" } : {}),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    };
  }
}

function roomPath(roomId: string): string {
  return `/api/rooms/${encodeURIComponent(roomId)}`;
}

function route(answer: unknown): Route {
  return {
    roomId: text(answer, "roomId"),
    host: text(answer, "host"),
    url: text(answer, "url"),
    ticket: text(answer, "token"),
  };
}

function text(answer: unknown, field: string): string {
  const value = isRecord(answer) ? answer[field] : undefined;
  if (typeof value !== "string" || value === "") {
    throw ApiError.unexpected(200, `it has no ${field}`);
  }
  return value;
}

/** A proxy's error page is no JSON; the status alone must do then. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
