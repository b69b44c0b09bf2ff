import type { Clock } from "./clock.ts";
import { encodeAcknowledgement, encodeEvent, type Frame, type SeatClaim, type WireError } from "./protocol.ts";

/** The server answered the request with an error. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";

  constructor(readonly error: WireError) {
    super(`${error.code}: ${error.detail}`);
  }
}

/** No answer came and none will; whether the server acted on the request is unknown. */
export class RequestUnanswered extends Error {
  override readonly name = "RequestUnanswered";
}

/** The request never left this client; it can be made again without harm. */
export class RequestNotSent extends Error {
  override readonly name = "RequestNotSent";
}

export interface RoomSessionListener {
  event(name: string, data: unknown): void;
  unreadable(why: string): void;
  /** A request got no answer for so long that the connection must be dead, since a browser shows a page neither pings nor a dead link. */
  silent(): void;
}

interface OpenRequest {
  /** Undefined once the room has taken note of it: it need not be sent again. */
  text: string | undefined;
  written: boolean;
  /** Its answer has been waited for in vain before a new connection. */
  doubtful: boolean;
  /** Its caller has been told that no answer comes; but while the room may not have got it, it is still sent again. */
  givenUp: boolean;
  cancelLimit: () => void;
  resolve(data: unknown): void;
  reject(error: Error): void;
}

const REPLY_LIMIT_MS = 10_000;
const MOST_OPEN_REQUESTS = 256;
const MESSAGES_PER_ACKNOWLEDGEMENT = 64;

/**
 * One stay in a room, over one connection or several. Both sides count what they get of each other, so that after a break
 * each sends again exactly what the other has not got, in order and before anything new.
 *
 * Every event is a request and its id is its number in the session, from 1. A reply shows that the room has taken note of
 * everything up to that number; so the requests that are still open are all that may have to be sent again.
 */
export class RoomSession {
  readonly #token: string | undefined;
  readonly #clock: Clock;
  readonly #listener: RoomSessionListener;
  readonly #open = new Map<number, OpenRequest>();
  #write: ((text: string) => void) | undefined;
  #lastId = 0;
  #received = 0;
  #acknowledged = 0;

  /** The token is the secret to come back with; without one the session ends with its connection. */
  constructor(token: string | undefined, clock: Clock, listener: RoomSessionListener) {
    this.#token = token;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** What to come back with; undefined when the room keeps no seat for us. */
  get claim(): SeatClaim | undefined {
    return this.#token === undefined ? undefined : { token: this.#token, received: this.#received };
  }

  /** A connection carries the session from now on, and what the room has not taken note of is sent again. */
  attach(write: (text: string) => void, handled: number): void {
    this.#write = write;
    this.#handled(handled);
    for (const [id, request] of this.#open) {
      this.#send(id, request);
    }
  }

  /** The connection is gone; what is asked for from now on waits for another. */
  detach(): void {
    this.#write = undefined;
    for (const request of this.#open.values()) {
      request.cancelLimit();
    }
  }

  /** The session is over, and no open request will be answered. */
  end(): void {
    this.detach();
    for (const { written, reject } of this.#open.values()) {
      reject(written
        ? new RequestUnanswered("outcome unknown: the session ended before the answer came")
        : new RequestNotSent("not sent: the session ended first"));
    }
    this.#open.clear();
  }

  /** Rejects with {@link RequestRefused}, {@link RequestUnanswered} or {@link RequestNotSent}. */
  request(event: string, data: unknown): Promise<unknown> {
    if (this.#open.size >= MOST_OPEN_REQUESTS) {
      return Promise.reject(new RequestNotSent(`not sent: ${MOST_OPEN_REQUESTS} requests are waiting for their answers already`));
    }
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const text = encodeEvent(event, data, id);
      const request: OpenRequest = { text, written: false, doubtful: false, givenUp: false, cancelLimit: () => {}, resolve, reject };
      this.#open.set(id, request);
      this.#send(id, request);
    });
  }

  /** Takes what came over the connection. */
  take(frame: Frame): void {
    switch (frame.kind) {
      case "event":
        this.#count();
        this.#listener.event(frame.event, frame.data);
        break;
      case "reply":
        this.#count();
        this.#settle(frame.id)?.resolve(frame.data);
        break;
      case "refusal":
        this.#count();
        this.#settle(frame.id)?.reject(new RequestRefused(frame.error));
        break;
      case "acknowledgement":
        this.#handled(frame.handled);
        break;
      case "welcome":
        this.#listener.unreadable("a second welcome");
        break;
      case "unreadable":
        this.#listener.unreadable(frame.why);
        break;
    }
  }

  #send(id: number, request: OpenRequest): void {
    if (this.#write === undefined) {
      return;
    }
    if (request.text !== undefined) {
      request.written = true;
      this.#write(request.text);
    }
    if (!request.givenUp) {
      request.cancelLimit = this.#clock.after(REPLY_LIMIT_MS, () => this.#overdue(id, request));
    }
  }

  #count(): void {
    this.#received++;
    if (this.#token !== undefined && this.#received - this.#acknowledged >= MESSAGES_PER_ACKNOWLEDGEMENT) {
      this.#acknowledged = this.#received;
      this.#write?.(encodeAcknowledgement(this.#received));
    }
  }

  #handled(count: number): void {
    for (const [id, request] of this.#open) {
      if (id > count) {
        break;
      }
      request.text = undefined;
      if (request.givenUp) {
        this.#settle(id);
      }
    }
  }

  #settle(id: number): OpenRequest | undefined {
    const request = this.#open.get(id);
    this.#open.delete(id);
    request?.cancelLimit();
    return request;
  }

  #overdue(id: number, request: OpenRequest): void {
    if (!request.doubtful) {
      this.#open.forEach((other) => {
        other.doubtful = true;
      });
      this.#listener.silent();
      return;
    }
    request.givenUp = true;
    request.reject(new RequestUnanswered("outcome unknown: the room did not answer"));
    if (request.text === undefined) {
      this.#settle(id);
    }
  }
}
