/** Which page the address means, and which room a pasted text means. Pure functions. */

export type Place = { readonly page: "lobby" } | { readonly page: "room"; readonly roomId: string };

const ROOM_ID = /^[A-Za-z0-9_-]{1,100}$/;
const ROOM_PATH = /\/r\/([A-Za-z0-9_-]{1,100})\/?(?:[?#]|$)/;

export function placeOf(pathname: string): Place {
  const roomId = ROOM_PATH.exec(pathname)?.[1];
  return roomId === undefined ? { page: "lobby" } : { page: "room", roomId };
}

export function pathOf(place: Place): string {
  return place.page === "lobby" ? "/" : `/r/${place.roomId}`;
}

/** The room id in what somebody typed or pasted: an id, a path or a whole link; undefined when there is none. */
export function roomIdIn(pasted: string): string | undefined {
  const trimmed = pasted.trim();
  return ROOM_ID.test(trimmed) ? trimmed : ROOM_PATH.exec(trimmed)?.[1];
}
