import { CallMachine } from "../calls/call-machine.ts";
import { ChatRoom } from "../chat/chat-room.ts";
import type { RoomApi } from "../routing/api.ts";
import { systemClock } from "../routing/clock.ts";
import { RoomConnection, type RoomConnectionEnvironment, type RoomLink } from "../routing/room-connection.ts";
import { connectMedia, openDevices } from "./media.ts";

/** What a user does in one room. */
export interface RoomClient {
  readonly link: RoomLink;
  readonly chat: ChatRoom;
  readonly calls: CallMachine;
}

/** A room over this browser's own network, clock, sockets and devices; it connects once its link is started. */
export function connectRoom(api: RoomApi, userId: string, roomId: string): RoomClient {
  const environment: RoomConnectionEnvironment = {
    lookUp: (id, intent, signal) => (intent === "find" ? api.findRoom(id, signal) : api.findOrStartRoom(id, signal)),
    openSocket: (url, protocols) => new WebSocket(url, protocols),
    random: Math.random,
    clock: systemClock,
  };
  const calls = new CallMachine({
    clock: systemClock,
    request: (event, data) => chat.link.request(event, data),
    iceServers: () => api.iceServers(),
    connect: connectMedia(),
    openDevices: openDevices(),
  });
  const chat = new ChatRoom(userId, newKey, (listener) => new RoomConnection(roomId, environment, {
    stateChanged: (state) => {
      listener.stateChanged(state);
      calls.connectionChanged(state);
    },
    event: (name, data) => {
      listener.event(name, data);
      calls.event(name, data);
    },
    unreadable: (why) => listener.unreadable(why),
  }));
  return { link: chat.link, chat, calls };
}

/** Unique across the windows of a user. `crypto.randomUUID` would need a secure page. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
