/** What two parties of a call tell each other through the room. Read defensively: what does not fit is told as unreadable. */
import { isRecord } from "../routing/protocol.ts";

/** A candidate of the other side; an empty text in it says that no more follow. */
export type Candidate = RTCIceCandidateInit;
export type Description = RTCSessionDescriptionInit;

/** Somebody calls, or, within a call, changes what it consists of. */
export interface Offer {
  readonly kind: "offer";
  readonly from: string;
  readonly callId: string | undefined;
  readonly offer: Description;
  /** It belongs to a call that has been answered, so that nothing rings. */
  readonly renegotiation: boolean;
  /** We called them at the same time; their call is the one that counts. */
  readonly crossed: boolean;
}

export type Signal =
  | Offer
  | { readonly kind: "answer"; readonly from: string; readonly callId: string | undefined; readonly answer: Description }
  | { readonly kind: "candidate"; readonly from: string; readonly callId: string | undefined; readonly candidate: Candidate }
  | { readonly kind: "ended"; readonly from: string; readonly callId: string | undefined; readonly reason: string | undefined }
  /** The call that we asked for does not come about. */
  | { readonly kind: "failed"; readonly to: string; readonly code: string }
  | { readonly kind: "unreadable" };

/** Reads an event of the room; undefined when it is not about calls. */
export function readSignal(event: string, data: unknown): Signal | undefined {
  switch (event) {
    case "incoming_call":
      return readOffer(data) ?? UNREADABLE;
    case "call_answered":
      return readAnswer(data) ?? UNREADABLE;
    case "ice_candidate":
      return readCandidate(data) ?? UNREADABLE;
    case "call_ended":
      return readEnd(data) ?? UNREADABLE;
    case "call_failed":
      return readFailure(data) ?? UNREADABLE;
    default:
      return undefined;
  }
}

const UNREADABLE: Signal = { kind: "unreadable" };
/** Says that no more candidates follow. */
export const NO_MORE_CANDIDATES: Candidate = { candidate: "" };

function readOffer(data: unknown): Signal | undefined {
  const from = textOf(data, "from");
  const offer = descriptionOf(data, "offer");
  return from === undefined || offer === undefined
    ? undefined
    : { kind: "offer", from, callId: callIdIn(data), offer, renegotiation: isSet(data, "renegotiation"), crossed: isSet(data, "crossed") };
}

function readAnswer(data: unknown): Signal | undefined {
  const from = textOf(data, "from");
  const answer = descriptionOf(data, "answer");
  return from === undefined || answer === undefined ? undefined : { kind: "answer", from, callId: callIdIn(data), answer };
}

function readCandidate(data: unknown): Signal | undefined {
  const from = textOf(data, "from");
  const candidate = isRecord(data) ? data["candidate"] : undefined;
  if (from === undefined || (candidate !== null && !isRecord(candidate))) {
    return undefined;
  }
  return { kind: "candidate", from, callId: callIdIn(data), candidate: candidate ?? NO_MORE_CANDIDATES };
}

function readEnd(data: unknown): Signal | undefined {
  const from = textOf(data, "from");
  return from === undefined ? undefined : { kind: "ended", from, callId: callIdIn(data), reason: textOf(data, "reason") };
}

function readFailure(data: unknown): Signal | undefined {
  const to = textOf(data, "to");
  const code = textOf(data, "code");
  return to === undefined || code === undefined ? undefined : { kind: "failed", to, code };
}

/** By what the server tells one call from the next between the same two; undefined when it does not. */
export function callIdIn(data: unknown): string | undefined {
  return textOf(data, "callId");
}

/** Whether the texts in it make sense is for the browser to say. */
function descriptionOf(data: unknown, field: string): Description | undefined {
  const value = isRecord(data) ? data[field] : undefined;
  return isRecord(value) && (value["type"] === "offer" || value["type"] === "answer") && typeof value["sdp"] === "string"
    ? { type: value["type"], sdp: value["sdp"] }
    : undefined;
}

function isSet(data: unknown, field: string): boolean {
  return isRecord(data) && data[field] === true;
}

function textOf(data: unknown, field: string): string | undefined {
  const value = isRecord(data) ? data[field] : undefined;
  return typeof value === "string" ? value : undefined;
}
