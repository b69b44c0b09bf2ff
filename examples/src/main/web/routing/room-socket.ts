import type { Clock } from "./clock.ts";
import { decodeFrame, type Frame, type Welcome } from "./protocol.ts";

/** The part of a browser's WebSocket that a room needs. */
export interface SocketLike {
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface RoomSocketListener {
  /** The server's first frame: this connection is in the room. */
  joined(welcome: Welcome): void;
  /** Any later frame. */
  frame(frame: Frame): void;
  /** The connection has ended by itself; nothing follows. Not called after {@link RoomSocket.close}. */
  closed(code: number, reason: string): void;
}

const JOIN_LIMIT_MS = 10_000;
/** Nobody said why: the browser's own code for it, which cannot be given to `close`. */
const ABNORMAL = 1006;
/** Ends a connection without leaving the room. */
const COMING_BACK = 4100;

/**
 * One connection to a room's host, from the upgrade to its end. A refused upgrade is accepted first and closed then, so
 * being open means nothing yet: only the server's first frame does. A server that stays silent until then is taken for lost.
 */
export class RoomSocket {
  readonly #socket: SocketLike;
  readonly #listener: RoomSocketListener;
  readonly #cancelJoinLimit: () => void;
  #joined = false;

  constructor(socket: SocketLike, clock: Clock, listener: RoomSocketListener) {
    this.#socket = socket;
    this.#listener = listener;
    this.#cancelJoinLimit = clock.after(JOIN_LIMIT_MS, () => {
      this.close();
      listener.closed(ABNORMAL, "");
    });
    socket.onmessage = ({ data }) => this.#receive(decodeFrame(data));
    socket.onclose = ({ code, reason }) => {
      this.#detach();
      listener.closed(code, reason);
    };
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Ends the connection from this side, by default to come back on another; the listener hears nothing more. */
  close(code = COMING_BACK): void {
    this.#detach();
    this.#socket.close(code);
  }

  #receive(frame: Frame): void {
    if (this.#joined) {
      this.#listener.frame(frame);
    } else if (frame.kind === "welcome") {
      this.#joined = true;
      this.#cancelJoinLimit();
      this.#listener.joined(frame.welcome);
    }
  }

  #detach(): void {
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#cancelJoinLimit();
  }
}
