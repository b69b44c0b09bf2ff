/**
 * The wire protocol of a room: what a frame says and what a close code asks for.
 * Pure functions; a frame that cannot be read is a value, never an exception.
 */
import { explain } from "./words.ts";

const SUBPROTOCOL = "room.v1";

/** What a client comes back to its seat with. */
export interface SeatClaim {
  /** The seat's secret. */
  readonly token: string;
  /** How many messages of the session have arrived since it began. */
  readonly received: number;
}

/** The subprotocols to offer: the protocol itself, the ticket and the wish for a seat, since a browser cannot set a header. */
export function subprotocols(ticket: string, claim: SeatClaim | undefined): string[] {
  const seat = claim === undefined ? "resume.new" : `resume.${claim.token}.${claim.received}`;
  return [SUBPROTOCOL, `ticket.${ticket}`, seat];
}

/** The server's first frame: this connection is in the room. */
export interface Welcome {
  /** The secret to come back with; undefined when the room keeps no seats. */
  readonly token: string | undefined;
  /** Whether this is the session we had, and what we missed of it follows. */
  readonly resumed: boolean;
  /** How many of our events the room has taken note of in this session. */
  readonly handled: number;
}

export interface WireError {
  readonly code: string;
  readonly detail: string;
}

export type Frame =
  | { readonly kind: "welcome"; readonly welcome: Welcome }
  /** The room has taken note of so many of our events in this session. */
  | { readonly kind: "acknowledgement"; readonly handled: number }
  | { readonly kind: "event"; readonly event: string; readonly data: unknown }
  | { readonly kind: "reply"; readonly id: number; readonly data: unknown }
  | { readonly kind: "refusal"; readonly id: number; readonly error: WireError }
  | { readonly kind: "unreadable"; readonly why: string };

/** An event as a text frame; with an id, the server answers it with exactly one reply. */
export function encodeEvent(event: string, data: unknown, id?: number): string {
  return JSON.stringify(id === undefined ? { event, data } : { event, data, id });
}

/** Tells how many messages of the session have arrived. */
export function encodeAcknowledgement(received: number): string {
  return JSON.stringify({ ack: received });
}

export function decodeFrame(text: unknown): Frame {
  if (typeof text !== "string") {
    return { kind: "unreadable", why: "not a text frame" };
  }
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return { kind: "unreadable", why: "not JSON" };
  }
  if (!isRecord(frame)) {
    return { kind: "unreadable", why: "not an object" };
  }
  if (typeof frame["event"] === "string") {
    return { kind: "event", event: frame["event"], data: frame["data"] };
  }
  if (typeof frame["reply"] === "number") {
    const id = frame["reply"];
    return "error" in frame
      ? { kind: "refusal", id, error: readWireError(frame["error"]) }
      : { kind: "reply", id, data: frame["data"] };
  }
  if (isRecord(frame["session"])) {
    return { kind: "welcome", welcome: readWelcome(frame["session"]) };
  }
  return isCount(frame["ack"])
    ? { kind: "acknowledgement", handled: frame["ack"] }
    : { kind: "unreadable", why: "neither an event nor a reply" };
}

/** Without a count nothing can be resumed, so that what is incomplete is read as a new session. */
function readWelcome(session: Record<string, unknown>): Welcome {
  const { token, resumed, handled } = session;
  return {
    token: typeof token === "string" ? token : undefined,
    resumed: resumed === true && isCount(handled),
    handled: isCount(handled) ? handled : 0,
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Reads an error out of a reply or an `error` event; what is missing is filled in. */
export function readWireError(value: unknown): WireError {
  const record = isRecord(value) ? value : {};
  return {
    code: typeof record["code"] === "string" ? record["code"] : "UNKNOWN",
    detail: typeof record["detail"] === "string" ? record["detail"] : "",
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What the end of a connection asks the client to do. */
export type CloseDecision =
  /** Ask the backend where the room is now, after the server's delay (milliseconds) or one of our own. */
  | { readonly kind: "look-up"; readonly delayMs: number | undefined; readonly code: string | undefined }
  /** Both sides agreed to part; only the user starts it again. */
  | { readonly kind: "stay-away"; readonly words: string }
  /** Trying again would be answered alike; the words say why. */
  | { readonly kind: "give-up"; readonly words: string };

const LONGEST_SERVER_DELAY_MS = 5 * 60_000;

/** 1007, 1009 and the like blame what this client sent, so that sending it again is no use. */
const OUR_FAULT = new Map<number, string>([
  [1002, "The server did not understand this page. Reload it to get the current version."],
  [1003, "The server did not understand this page. Reload it to get the current version."],
  [1007, "The server did not understand this page. Reload it to get the current version."],
  [1008, "The server ended the connection because a rule of the room was broken."],
  [1009, "The last message was too big for the server."],
  [1010, "The server does not speak the protocol that this page needs."],
]);

/**
 * Decides by range, so that a code which a later server invents still does the right thing:
 * 4000–4099 consented, 4100–4299 look the room up again, 4300–4499 do not retry.
 */
export function decideOnClose(code: number, reason: string): CloseDecision {
  const { code: name, retryAfterMs } = parseCloseReason(reason);
  if (code === 1000 || within(code, 4000, 4099)) {
    return { kind: "stay-away", words: explain(name, "The server closed this connection.") };
  }
  if (within(code, 4100, 4299)) {
    return { kind: "look-up", delayMs: retryAfterMs, code: name };
  }
  if (within(code, 4300, 4499)) {
    return { kind: "give-up", words: explain(name, `The room turned this connection away (code ${code}).`) };
  }
  const fault = OUR_FAULT.get(code);
  if (fault !== undefined) {
    return { kind: "give-up", words: explain(name, fault) };
  }
  if (within(code, 1001, 2999)) {
    return { kind: "look-up", delayMs: retryAfterMs, code: name };
  }
  return { kind: "give-up", words: explain(name, `The connection was closed for an unknown reason (code ${code}).`) };
}

export interface CloseReason {
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;
}

/** Reads `HOST_DRAINING;retryAfterMs=1200`; either part may be missing. */
export function parseCloseReason(reason: string): CloseReason {
  const parts = reason.split(";").map((part) => part.trim());
  const code = parts.find((part) => /^[A-Z][A-Z0-9_]*$/.test(part));
  const delay = parts.map((part) => /^retryAfterMs=(\d{1,9})$/.exec(part)?.[1]).find((found) => found !== undefined);
  return {
    code,
    retryAfterMs: delay === undefined ? undefined : Math.min(Number(delay), LONGEST_SERVER_DELAY_MS),
  };
}

function within(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}
