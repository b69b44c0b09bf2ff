import { ApiError } from "./api-error.ts";
import type { Route } from "./api.ts";
import { retryDelay, spread } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import type { Wait } from "./patience.ts";
import { decideOnClose, subprotocols, type Welcome } from "./protocol.ts";
import { QuietBreaks } from "./quiet-breaks.ts";
import { RequestNotSent, RoomSession } from "./room-session.ts";
import { RoomSocket, type SocketLike } from "./room-socket.ts";
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
  /** In. Resumed: on the seat that we had, with nothing missed; otherwise as a newcomer, whom the room tells everything. */
  | { readonly phase: "open"; readonly host: string; readonly resumed: boolean }
  /** Was in, lost the host, is on the way back. Told at once, or after a second when our seat is kept. */
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
  /**
   * Survives breaks while the seat is kept. Rejects with RequestRefused (the server said no), RequestUnanswered (nobody knows) or
   * RequestNotSent (not in the room, or too much is waiting already).
   */
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
const HOST_LOST = "The connection to the room's host was lost.";
/** A connection that lived this long worked; one that dies sooner counts as one more failure. */
const STABLE_MS = 5_000;

/**
 * Keeps one user connected to one room wherever the room lives. Every way in goes through a fresh look-up: the ticket opens the
 * room once, and the room may have moved. The seat in the room is kept in memory, so that breaks lose nothing. Runs on the browser's one thread; calls its listener synchronously.
 */
export class RoomConnection implements RoomLink {
  readonly #roomId: string;
  readonly #environment: RoomConnectionEnvironment;
  readonly #listener: RoomConnectionListener;
  readonly #states: QuietBreaks;
  #intent: LookUpIntent = "find";
  #wasOpen = false;
  #openSince: number | undefined;
  #failures = 0;
  #waiting = false;
  #lookUp: AbortController | undefined;
  #socket: RoomSocket | undefined;
  #session: RoomSession | undefined;
  #cancelRetry: () => void = () => {};

  constructor(roomId: string, environment: RoomConnectionEnvironment, listener: RoomConnectionListener) {
    this.#roomId = roomId;
    this.#environment = environment;
    this.#listener = listener;
    this.#states = new QuietBreaks(environment.clock, (state) => listener.stateChanged(state));
  }

  start(): void {
    void this.#connect();
  }

  request(event: string, data: unknown): Promise<unknown> {
    return this.#session?.request(event, data) ?? Promise.reject(new RequestNotSent("not sent: not in the room"));
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
    this.#close({ kind: "left" }, LEFT);
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
      socket = this.#environment.openSocket(route.url, subprotocols(route.ticket, this.#session?.claim));
    } catch {
      this.#close({ kind: "refused", words: `This browser does not allow a connection to ${route.host}.` });
      return;
    }
    const carrier = new RoomSocket(socket, this.#environment.clock, {
      joined: (welcome) => this.#joined(route, welcome, carrier),
      frame: (frame) => this.#session?.take(frame),
      closed: (code, reason) => this.#socketClosed(code, reason),
    });
    this.#socket = carrier;
  }

  #joined(route: Route, welcome: Welcome, carrier: RoomSocket): void {
    const resumed = welcome.resumed && this.#session !== undefined;
    if (!resumed) {
      this.#session?.end();
      this.#session = this.#newSession(welcome);
    }
    this.#session?.attach((text) => carrier.send(text), welcome.handled);
    this.#intent = "find-or-start";
    this.#wasOpen = true;
    this.#openSince = this.#environment.clock.now();
    this.#become({ phase: "open", host: route.host, resumed });
  }

  #newSession(welcome: Welcome): RoomSession {
    return new RoomSession(welcome.token, this.#environment.clock, {
      event: (name, data) => this.#listener.event(name, data),
      unreadable: (why) => this.#listener.unreadable(why),
      silent: () => this.#retry(HOST_LOST, undefined),
    });
  }

  #socketClosed(code: number, reason: string): void {
    const decision = decideOnClose(code, reason);
    switch (decision.kind) {
      case "look-up":
        this.#retry(explain(decision.code, HOST_LOST), decision.delayMs);
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
    if (this.#session?.claim === undefined) {
      this.#endSession();
    }
    this.#failures++;
    const delayMs = retryDelay(this.#failures, serverDelayMs, random);
    this.#waiting = true;
    this.#cancelRetry = clock.after(delayMs, () => void this.#connect());
    const wait = { why, until: clock.now() + delayMs };
    this.#become({ phase: this.#wasOpen ? "reconnecting" : "connecting", wait });
  }

  #close(closure: Closure, closeCode?: number): void {
    this.#letGo(closeCode);
    this.#endSession();
    this.#become({ phase: "closed", closure });
  }

  /** Ends whatever is under way, so that nothing of it can call back. */
  #letGo(closeCode?: number): void {
    this.#session?.detach();
    this.#waiting = false;
    this.#cancelRetry();
    this.#lookUp?.abort();
    this.#lookUp = undefined;
    this.#socket?.close(closeCode);
    this.#socket = undefined;
    this.#openSince = undefined;
  }

  #endSession(): void {
    this.#session?.end();
    this.#session = undefined;
  }

  #become(state: ConnectionState): void {
    this.#states.become(state, this.#session !== undefined);
  }
}
