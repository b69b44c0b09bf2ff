import { deepEqual, equal, ok } from "node:assert/strict";
import { FakeDevices } from "../testing/fake-media.ts";
import { obstacleWords, openBoth, oneWords } from "./local-media.ts";

Deno.test("both devices are asked for at once", async () => {
  const devices = new FakeDevices();
  const media = await openBoth(devices.open);
  deepEqual(devices.asked, ["audio+video"]);
  deepEqual(Object.keys(media.tracks), ["audio", "video"]);
  equal(obstacleWords(media), undefined);
});

Deno.test("without a camera the microphone is used, and the words say so", async () => {
  const devices = new FakeDevices();
  devices.missing = { video: "NotFoundError" };
  const media = await openBoth(devices.open);
  deepEqual(devices.asked, ["audio+video", "audio", "video"]);
  deepEqual([Object.keys(media.tracks), media.obstacles], [["audio"], { video: "missing" }]);
  equal(obstacleWords(media), "No camera was found. The others hear you, but do not see you.");
});

Deno.test("without a microphone the camera is used", async () => {
  const devices = new FakeDevices();
  devices.missing = { audio: "NotReadableError" };
  const media = await openBoth(devices.open);
  deepEqual(Object.keys(media.tracks), ["video"]);
  equal(obstacleWords(media), "Your microphone is in use by another program. The others see you, but do not hear you.");
});

Deno.test("who refuses is not asked over and over, and may still look and listen", async () => {
  const devices = new FakeDevices();
  devices.missing = { audio: "NotAllowedError", video: "NotAllowedError" };
  const media = await openBoth(devices.open);
  deepEqual(devices.asked, ["audio+video", "audio"]);
  deepEqual([media.tracks, media.obstacles], [{}, { audio: "refused", video: "refused" }]);
  ok(obstacleWords(media)?.includes("You can see and hear the other side"));
});

Deno.test("a page that is not trusted gets no devices at all", async () => {
  const media = await openBoth(undefined);
  deepEqual(media.obstacles, { audio: "unsupported", video: "unsupported" });
  ok(obstacleWords(media)?.includes("HTTPS"));
  equal(oneWords("audio", "missing"), "No microphone was found.");
});
