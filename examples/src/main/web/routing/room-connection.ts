import { ApiError } from "./api-error.ts";
import type { Route } from "./api.ts";
import { retryDelay, spread } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import type { Wait } from "./patience.ts";
import { decideOnClose, subprotocols } from "./protocol.ts";
import { RequestUnanswered, RoomSocket, type SocketLike } from "./room-socket.ts";
import { explain } from "./words.ts";

/** Why a connection is over and will not come back by itself. */
export type Closure =
  | { readonly kind: "left" }
  | { readonly kind: "ended"; readonly words: string }
  | { readonly kind: "refused"; readonly words: string }
  | { readonly kind: "not-found" }
  | { readonly kind: "signed-out" };

export type ConnectionState =
  /** On the way in for the first time. */
  | { readonly phase: "connecting"; readonly wait: Wait | undefined }
  | { readonly phase: "open"; readonly host: string }
  /** Was in, lost the host, is on the way back. */
  | { readonly phase: "reconnecting"; readonly wait: Wait | undefined }
  | { readonly phase: "closed"; readonly closure: Closure };

export interface RoomConnectionListener {
  stateChanged(state: ConnectionState): void;
  event(name: string, data: unknown): void;
  unreadable(why: string): void;
}

/** What a client of a room can do with its link to it, whichever transport carries it. */
export interface RoomLink {
  start(): void;
  /** Rejects with RequestRefused (the server said no) or RequestUnanswered (nobody knows). */
  request(event: string, data: unknown): Promise<unknown>;
  /** Ends a wait and tries at once. */
  retryNow(): void;
  /** Comes back after a closure; a room that is gone is started anew. */
  reopen(): void;
  /** The device lost or regained its network. */
  networkLost(): void;
  networkRegained(): void;
  leave(): void;
}

/** `find` leaves a missing room missing; `find-or-start` starts it again. */
export type LookUpIntent = "find" | "find-or-start";

export interface RoomConnectionEnvironment {
  lookUp(roomId: string, intent: LookUpIntent, signal: AbortSignal): Promise<Route>;
  openSocket(url: string, protocols: string[]): SocketLike;
  random(): number;
  readonly clock: Clock;
}

/** The close code of a user who leaves on purpose. */
const LEFT = 4000;
/** A connection that lived this long worked; one that dies sooner counts as one more failure. */
const STABLE_MS = 5_000;

/**
 * Keeps one user connected to one room wherever the room lives. Every way in goes through a fresh look-up: the ticket opens the
 * room once, and the room may have moved. Runs on the browser's one thread; calls its listener synchronously.
 */
export class RoomConnection implements RoomLink {
  readonly #roomId: string;
  readonly #environment: RoomConnectionEnvironment;
  readonly #listener: RoomConnectionListener;
  #intent: LookUpIntent = "find";
  #wasOpen = false;
  #openSince: number | undefined;
  #failures = 0;
  #waiting = false;
  #lookUp: AbortController | undefined;
  #socket: RoomSocket | undefined;
  #cancelRetry: () => void = () => {};

  constructor(roomId: string, environment: RoomConnectionEnvironment, listener: RoomConnectionListener) {
    this.#roomId = roomId;
    this.#environment = environment;
    this.#listener = listener;
  }

  start(): void {
    void this.#connect();
  }

  request(event: string, data: unknown): Promise<unknown> {
    return this.#socket?.request(event, data) ?? Promise.reject(new RequestUnanswered("not connected"));
  }

  retryNow(): void {
    if (this.#waiting) {
      void this.#connect();
    }
  }

  reopen(): void {
    this.#intent = "find-or-start";
    this.#wasOpen = false;
    this.#failures = 0;
    void this.#connect();
  }

  networkLost(): void {
    if (this.#socket !== undefined) {
      this.#retry("You are offline.", undefined);
    }
  }

  networkRegained(): void {
    this.#failures = 0;
    this.retryNow();
  }

  leave(): void {
    this.#letGo(LEFT);
    this.#become({ phase: "closed", closure: { kind: "left" } });
  }

  async #connect(): Promise<void> {
    this.#letGo();
    this.#become({ phase: this.#wasOpen ? "reconnecting" : "connecting", wait: undefined });
    const lookUp = new AbortController();
    this.#lookUp = lookUp;
    let route: Route;
    try {
      route = await this.#environment.lookUp(this.#roomId, this.#intent, lookUp.signal);
    } catch (error) {
      if (this.#lookUp === lookUp) {
        this.#lookUpFailed(error);
      }
      return;
    }
    if (this.#lookUp === lookUp) {
      this.#enter(route);
    }
  }

  #lookUpFailed(error: unknown): void {
    if (!(error instanceof ApiError)) {
      this.#close({ kind: "refused", words: "This page failed while looking the room up. Reload it." });
      throw error;
    }
    if (error.status === 401) {
      this.#close({ kind: "signed-out" });
    } else if (error.status === 404) {
      this.#close({ kind: "not-found" });
    } else if (error.isTemporary) {
      this.#retry(error.words, spread(error.retryAfterMs, this.#environment.random));
    } else {
      this.#close({ kind: "refused", words: error.words });
    }
  }

  #enter(route: Route): void {
    let socket: SocketLike;
    try {
      socket = this.#environment.openSocket(route.url, subprotocols(route.ticket));
    } catch {
      this.#close({ kind: "refused", words: `This browser does not allow a connection to ${route.host}.` });
      return;
    }
    this.#socket = new RoomSocket(socket, this.#environment.clock, {
      joined: () => this.#joined(route),
      event: (name, data) => this.#listener.event(name, data),
      unreadable: (why) => this.#listener.unreadable(why),
      closed: (code, reason) => this.#socketClosed(code, reason),
    });
  }

  #joined(route: Route): void {
    this.#intent = "find-or-start";
    this.#wasOpen = true;
    this.#openSince = this.#environment.clock.now();
    this.#become({ phase: "open", host: route.host });
  }

  #socketClosed(code: number, reason: string): void {
    const decision = decideOnClose(code, reason);
    switch (decision.kind) {
      case "look-up":
        this.#retry(explain(decision.code, "The connection to the room's host was lost."), decision.delayMs);
        break;
      case "stay-away":
        this.#close({ kind: "ended", words: decision.words });
        break;
      case "give-up":
        this.#close({ kind: "refused", words: decision.words });
        break;
    }
  }

  #retry(why: string, serverDelayMs: number | undefined): void {
    const { clock, random } = this.#environment;
    if (this.#openSince !== undefined && clock.now() - this.#openSince >= STABLE_MS) {
      this.#failures = 0;
    }
    this.#letGo();
    this.#failures++;
    const delayMs = retryDelay(this.#failures, serverDelayMs, random);
    this.#waiting = true;
    this.#cancelRetry = clock.after(delayMs, () => void this.#connect());
    const wait = { why, until: clock.now() + delayMs };
    this.#become({ phase: this.#wasOpen ? "reconnecting" : "connecting", wait });
  }

  #close(closure: Closure): void {
    this.#letGo();
    this.#become({ phase: "closed", closure });
  }

  /** Ends whatever is under way, so that nothing of it can call back. */
  #letGo(closeCode?: number): void {
    this.#waiting = false;
    this.#cancelRetry();
    this.#lookUp?.abort();
    this.#lookUp = undefined;
    this.#socket?.close(closeCode);
    this.#socket = undefined;
    this.#openSince = undefined;
  }

  #become(state: ConnectionState): void {
    this.#listener.stateChanged(state);
  }
}
