/** The states of a call, and how they are told. Pure. */
import type { Obstacle } from "./local-media.ts";

export type CallState =
  | { readonly phase: "idle" }
  /** Camera and microphone are being opened, for a call that we make or take. */
  | { readonly phase: "preparing"; readonly peer: string; readonly taking: boolean }
  /** It rings at the other side. */
  | { readonly phase: "calling"; readonly peer: string }
  /** It rings here. */
  | { readonly phase: "ringing"; readonly peer: string }
  /** Both want to talk, and a way between the two machines is being looked for. */
  | { readonly phase: "connecting"; readonly peer: string }
  | { readonly phase: "live"; readonly peer: string; readonly since: number }
  /** Was live; the way has broken, and another is being looked for. */
  | { readonly phase: "restoring"; readonly peer: string; readonly since: number }
  | { readonly phase: "ended"; readonly peer: string; readonly words: string };

export const IDLE: CallState = { phase: "idle" };

/** In any state in which something is under way with the other side. */
export type ActiveCall = Exclude<CallState, { readonly phase: "idle" | "ended" }>;

export function isActive(call: CallState): call is ActiveCall {
  return call.phase !== "idle" && call.phase !== "ended";
}

/** Whether the two have agreed to talk; what follows is about how. */
export function isAgreed(call: CallState): boolean {
  return call.phase === "connecting" || call.phase === "live" || call.phase === "restoring";
}

/** One of our devices in a call: sends, is switched off by the user, is being opened, or cannot be used. */
export type DeviceState = "on" | "off" | "opening" | Obstacle;

/** The state in words; empty when there is nothing to tell. */
export function describe(call: CallState): string {
  switch (call.phase) {
    case "idle":
      return "";
    case "preparing":
      return call.taking ? `Answering ${call.peer}…` : "Starting your camera and microphone…";
    case "calling":
      return `Calling ${call.peer}…`;
    case "ringing":
      return `${call.peer} is calling`;
    case "connecting":
      return `Connecting to ${call.peer}…`;
    case "live":
      return `In a call with ${call.peer}`;
    case "restoring":
      return `The connection to ${call.peer} has broken. Restoring it…`;
    case "ended":
      return call.words;
  }
}

/** Why the room did not do what was asked of it for a call. */
export function failureWords(peer: string, code: string, detail: string): string {
  switch (code) {
    case "USER_OFFLINE":
      return `${peer} is not here any more.`;
    case "USER_BUSY":
      return `${peer} is in another call.`;
    case "SELF_CALL":
      return "That is you. Call somebody else.";
    case "NO_ANSWER":
      return `${peer} did not answer.`;
    case "NO_CALL":
      return `The call with ${peer} was over already.`;
    case "ANSWERED_ELSEWHERE":
      return ELSEWHERE;
    case "RATE_LIMITED":
      return "That was too fast for the server. Try again in a moment.";
    default:
      return detail === "" ? `The call with ${peer} could not be made.` : detail;
  }
}

const ELSEWHERE = "You took the call on another device.";

/** Why a call is over that the other side, or the room, has ended. */
export function endWords(call: ActiveCall, reason: string | undefined): string {
  const { peer } = call;
  switch (reason) {
    case "ANSWERED_ELSEWHERE":
      return ELSEWHERE;
    case "LEFT":
      return `${peer} left the room.`;
    case "CONNECTION_LOST":
      return `The call with ${peer} has ended: the connection to the room was lost.`;
    case "MOVED":
      return `The call with ${peer} has ended: the room has moved to another host.`;
    case "DECLINED":
      return isRinging(call) ? "You declined the call on another device." : `${peer} declined the call.`;
    default:
      break;
  }
  if (isRinging(call)) {
    return `You missed a call from ${peer}.`;
  }
  return isAgreed(call) ? `${peer} ended the call.` : `${peer} declined the call.`;
}

function isRinging(call: ActiveCall): boolean {
  return call.phase === "ringing" || (call.phase === "preparing" && call.taking);
}
