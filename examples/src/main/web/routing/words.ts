/** The stable error codes of the wire, told to a person. */
const WORDS = new Map<string, string>([
  ["UNAUTHENTICATED", "Your log-in is no longer valid."],
  ["FORBIDDEN", "You are not allowed to do that here."],
  ["TICKET_EXPIRED", "The way into the room took too long."],
  ["TICKET_USED", "The way into the room had been used already."],
  ["TICKET_WRONG_HOST", "The room has moved to another host."],
  ["ROOM_NOT_FOUND", "This room does not exist."],
  ["ROOM_FULL", "This room is full."],
  ["ROOM_LOCKED", "This room is locked."],
  ["ROOM_CLOSED", "This room has been closed."],
  ["NOT_OWNER", "The room has moved to another host."],
  ["HOST_DRAINING", "The room is moving to another host."],
  ["NO_CAPACITY", "No host has space for the room right now."],
  ["OVERLOADED", "The server is busy."],
  ["RATE_LIMITED", "That was too fast for the server."],
  ["REGISTRY_UNAVAILABLE", "The server cannot reach its list of rooms right now."],
  ["SCHEDULER_UNAVAILABLE", "The server cannot place rooms right now."],
  ["REPLACED", "You opened this room in another window."],
  ["ALREADY_JOINED", "You are in this room in another window already."],
  ["MOVED", "The room has moved to another host."],
  ["LEASE_LOST", "The room's host lost its hold on the room."],
  ["SERVER_STOPPING", "The room's host is stopping."],
  ["SLOW_CONSUMER", "This connection could not keep up with the room."],
  ["FLOODING", "You were sending too much at once."],
  ["KICKED", "You were asked to leave this room."],
]);

/** The sentence for a code; for a code without one, the fallback. */
export function explain(code: string | undefined, fallback: string): string {
  return (code === undefined ? undefined : WORDS.get(code)) ?? fallback;
}
