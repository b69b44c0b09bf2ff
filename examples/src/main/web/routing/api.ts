import { ApiError } from "./api-error.ts";
import { JsonHttp, textIn, type Credentials, type Fetch } from "./json-http.ts";
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

const QUICK_MS = 10_000;
/** A call waits for it. */
const BRIEF_MS = 3_000;
/** Placing a room may start a host; the backend gives that up to 30 s. */
const PLACEMENT_MS = 35_000;

/** The backend's HTTP API. Every method rejects with an {@link ApiError}, or with the signal's reason once aborted. */
export class RoomApi {
  readonly #http: JsonHttp;

  constructor(fetch: Fetch, credentials: Credentials) {
    this.#http = new JsonHttp(fetch, credentials);
  }

  async login(userId: string, signal?: AbortSignal): Promise<string> {
    return textIn(await this.#http.call("POST", "/api/login", QUICK_MS, signal, { userId }), "token");
  }

  async createRoom(signal?: AbortSignal): Promise<string> {
    return textIn(await this.#http.call("POST", "/api/rooms", PLACEMENT_MS, signal), "roomId");
  }

  /** The room's route; 404 when it does not exist or has expired. */
  async findRoom(roomId: string, signal?: AbortSignal): Promise<Route> {
    return route(await this.#http.call("GET", roomPath(roomId), PLACEMENT_MS, signal));
  }

  /** The room's route; starts the room when it is unknown, expired or stopped. */
  async findOrStartRoom(roomId: string, signal?: AbortSignal): Promise<Route> {
    return route(await this.#http.call("POST", roomPath(roomId), PLACEMENT_MS, signal));
  }

  /** The servers that help two browsers to find a way to each other; none where the backend knows none. */
  async iceServers(): Promise<RTCIceServer[]> {
    try {
      return iceServersIn(await this.#http.call("GET", "/api/ice-servers", BRIEF_MS));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        return [];
      }
      throw error;
    }
  }
}

function roomPath(roomId: string): string {
  return `/api/rooms/${encodeURIComponent(roomId)}`;
}

function iceServersIn(answer: unknown): RTCIceServer[] {
  const servers = isRecord(answer) ? answer["iceServers"] : undefined;
  if (!Array.isArray(servers)) {
    throw ApiError.unexpected(200, "it has no iceServers");
  }
  return servers.flatMap((server: unknown) => iceServerOf(server) ?? []);
}

function iceServerOf(server: unknown): RTCIceServer | undefined {
  const { urls, username, credential } = isRecord(server) ? server : {};
  const all = (Array.isArray(urls) ? urls : [urls]).filter((url) => typeof url === "string");
  return all.length === 0 ? undefined : {
    urls: all,
    ...(typeof username === "string" ? { username } : {}),
    ...(typeof credential === "string" ? { credential } : {}),
  };
}

function route(answer: unknown): Route {
  return {
    roomId: textIn(answer, "roomId"),
    host: textIn(answer, "host"),
    url: textIn(answer, "url"),
    ticket: textIn(answer, "token"),
  };
}
