/** What is told about a room, in the order and the words in which it is shown. Pure functions over what the server says. */
import { count, span } from "./words.js";

const KNOWN = new Set([
  "name", "type", "clients", "limit", "locked", "visibility", "epoch", "openFor", "metadata", "members",
]);

/** `12 / 50`; the limit is left out where there is none. */
export function occupancy({ clients = 0, limit }) {
  return limit === undefined ? count(clients) : `${count(clients)} / ${count(limit)}`;
}

/** What is not as with any other room. */
export function marks({ locked, visibility }) {
  return [...(locked === true ? ["locked"] : []), ...(visibility === "public" ? ["public"] : [])];
}

/** What this server tells of its rooms besides, such as a port. */
export function moreFields(room) {
  return Object.keys(room).filter((name) => !KNOWN.has(name) && isPlain(room[name]));
}

/** All there is to say: a key, a title, and the words. */
export function facts(room) {
  const told = [
    ["Type", room.type],
    ["Clients", room.clients === undefined ? undefined : occupancy(room)],
    ["Open for", room.openFor === undefined ? undefined : span(room.openFor)],
    ["Visibility", room.visibility],
    ["Locked", room.locked === true ? "yes, nobody else can join" : undefined],
    ["Epoch", room.epoch],
    ...moreFields(room).map((name) => [named(name), room[name]]),
  ];
  const metadata = Object.entries(room.metadata ?? {}).map(([name, value]) => ({ key: `metadata ${name}`, title: name, words: value }));
  return [...told.map(([title, words]) => ({ key: title, title, words })), ...metadata]
    .filter(({ words }) => words !== undefined && words !== "");
}

/** Whether a room has the words anywhere where one would look for them. */
export function matches(room, words) {
  const wanted = words.trim().toLowerCase();
  const texts = [room.name, room.type, ...Object.values(room.metadata ?? {}), ...moreFields(room).map((name) => room[name])];
  return wanted === "" || texts.some((text) => text !== undefined && String(text).toLowerCase().includes(wanted));
}

/** `publicPort` becomes `Public port`. */
export function named(field) {
  const spaced = field.replace(/([a-z])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function isPlain(value) {
  return ["string", "number", "boolean"].includes(typeof value);
}
