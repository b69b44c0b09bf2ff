import { ChatRoom } from "../chat/chat-room.ts";
import type { RoomApi } from "../routing/api.ts";
import { systemClock } from "../routing/clock.ts";
import { RoomConnection, type RoomConnectionEnvironment } from "../routing/room-connection.ts";

/** A chat room over this browser's own network, clock and sockets; it connects once its link is started. */
export function connectChat(api: RoomApi, userId: string, roomId: string): ChatRoom {
  const environment: RoomConnectionEnvironment = {
    lookUp: (id, intent, signal) => (intent === "find" ? api.findRoom(id, signal) : api.findOrStartRoom(id, signal)),
    openSocket: (url, protocols) => new WebSocket(url, protocols),
    random: Math.random,
    clock: systemClock,
  };
  return new ChatRoom(userId, newKey, (listener) => new RoomConnection(roomId, environment, listener));
}

/** Unique across the windows of a user. `crypto.randomUUID` would need a secure page. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
