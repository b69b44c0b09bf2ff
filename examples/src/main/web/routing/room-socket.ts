import type { Clock } from "./clock.ts";
import { decodeFrame, encodeEvent, type WireError } from "./protocol.ts";

/** The part of a browser's WebSocket that a room needs. */
export interface SocketLike {
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface RoomSocketListener {
  /** The server has sent its first event: this connection is a member of the room. */
  joined(): void;
  event(name: string, data: unknown): void;
  unreadable(why: string): void;
  /** The connection has ended by itself; nothing follows. Not called after {@link RoomSocket.close}. */
  closed(code: number, reason: string): void;
}

/** The server answered the request with an error. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";

  constructor(readonly error: WireError) {
    super(`${error.code}: ${error.detail}`);
  }
}

/** No answer came; whether the server acted on the request is unknown. */
export class RequestUnanswered extends Error {
  override readonly name = "RequestUnanswered";
}

interface OpenRequest {
  resolve(data: unknown): void;
  reject(error: Error): void;
  cancelTimeout(): void;
}

const JOIN_LIMIT_MS = 10_000;
const REPLY_LIMIT_MS = 10_000;
const MOST_OPEN_REQUESTS = 64;
const ABNORMAL = 1006;

/**
 * One connection to a room's host, from the upgrade to its end. A refused upgrade is accepted first and closed then, so
 * being open means nothing yet: only the first event does. A server that stays silent, on joining or on a request, is taken
 * for lost, since a browser shows a page neither pings nor a dead link.
 */
export class RoomSocket {
  readonly #socket: SocketLike;
  readonly #clock: Clock;
  readonly #listener: RoomSocketListener;
  readonly #requests = new Map<number, OpenRequest>();
  readonly #cancelJoinLimit: () => void;
  #lastId = 0;
  #joined = false;

  constructor(socket: SocketLike, clock: Clock, listener: RoomSocketListener) {
    this.#socket = socket;
    this.#clock = clock;
    this.#listener = listener;
    this.#cancelJoinLimit = clock.after(JOIN_LIMIT_MS, () => this.#lost());
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code, reason }) => {
      this.#detach();
      listener.closed(code, reason);
    };
  }

  /** Rejects with {@link RequestRefused} or {@link RequestUnanswered}. */
  request(event: string, data: unknown): Promise<unknown> {
    if (!this.#joined || this.#requests.size >= MOST_OPEN_REQUESTS) {
      return Promise.reject(new RequestUnanswered(this.#joined ? "too many open requests" : "not joined"));
    }
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.#clock.after(REPLY_LIMIT_MS, () => this.#lost());
      this.#requests.set(id, { resolve, reject, cancelTimeout });
      this.#socket.send(encodeEvent(event, data, id));
    });
  }

  /** Ends the connection from this side; the listener hears nothing more. */
  close(code?: number): void {
    this.#detach();
    this.#socket.close(code);
  }

  #receive(data: unknown): void {
    const frame = decodeFrame(data);
    if (!this.#joined && frame.kind === "event" && frame.event !== "error") {
      this.#joined = true;
      this.#cancelJoinLimit();
      this.#listener.joined();
    }
    switch (frame.kind) {
      case "event":
        this.#listener.event(frame.event, frame.data);
        break;
      case "reply":
        this.#settle(frame.id)?.resolve(frame.data);
        break;
      case "refusal":
        this.#settle(frame.id)?.reject(new RequestRefused(frame.error));
        break;
      case "unreadable":
        this.#listener.unreadable(frame.why);
        break;
    }
  }

  #settle(id: number): OpenRequest | undefined {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    request?.cancelTimeout();
    return request;
  }

  #lost(): void {
    this.close();
    this.#listener.closed(ABNORMAL, "");
  }

  #detach(): void {
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#joined = false;
    this.#cancelJoinLimit();
    for (const id of [...this.#requests.keys()]) {
      this.#settle(id)?.reject(new RequestUnanswered("the connection ended"));
    }
  }
}
