import { deepEqual, equal } from "node:assert/strict";
import { pathOf, placeOf, roomIdIn } from "./location.ts";

Deno.test("the address of a room link names the room", () => {
  deepEqual(placeOf("/r/aB3_-x"), { page: "room", roomId: "aB3_-x" });
  deepEqual(placeOf("/r/aB3_-x/"), { page: "room", roomId: "aB3_-x" });
  deepEqual(placeOf("/"), { page: "lobby" });
  deepEqual(placeOf("/r/"), { page: "lobby" });
  deepEqual(placeOf("/r/not a room"), { page: "lobby" });
});

Deno.test("a place and its address belong together", () => {
  deepEqual(placeOf(pathOf({ page: "room", roomId: "abc" })), { page: "room", roomId: "abc" });
  equal(pathOf({ page: "lobby" }), "/");
});

Deno.test("a room is found in an id, a path and a whole link", () => {
  equal(roomIdIn("  abc-123 "), "abc-123");
  equal(roomIdIn("/r/abc-123"), "abc-123");
  equal(roomIdIn("http://127.0.0.1:8080/r/abc-123"), "abc-123");
  equal(roomIdIn("https://chat.example/r/abc-123?from=mail#top"), "abc-123");
});

Deno.test("what is no room is told apart", () => {
  equal(roomIdIn(""), undefined);
  equal(roomIdIn("two words"), undefined);
  equal(roomIdIn("https://chat.example/"), undefined);
  equal(roomIdIn("x".repeat(101)), undefined);
});
