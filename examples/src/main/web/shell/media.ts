import type { MediaEnvironment } from "../calls/call-media.ts";
import type { OpenDevices } from "../calls/local-media.ts";

/** Half of full HD: sharp enough for a face, light enough for an old machine at both ends. */
const PICTURE: MediaTrackConstraints = { width: { ideal: 960 }, height: { ideal: 540 }, facingMode: "user" };

/** With `?relay` in the address the page connects by relays only; for finding out whether they work. */
const RELAYS_ONLY = new URLSearchParams(location.search).has("relay");

/** How this browser makes calls; undefined when it does not. */
export function connectMedia(): MediaEnvironment["connect"] {
  if (typeof RTCPeerConnection === "undefined") {
    return undefined;
  }
  return (iceServers) => ({
    connection: new RTCPeerConnection({ iceServers, iceTransportPolicy: RELAYS_ONLY ? "relay" : "all" }),
    group: new MediaStream(),
  });
}

/** How this browser opens camera and microphone; undefined on a page that it does not trust with them. */
export function openDevices(): OpenDevices | undefined {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) {
    return undefined;
  }
  return async (kinds) => {
    const stream = await devices.getUserMedia({ audio: kinds.includes("audio"), video: kinds.includes("video") && PICTURE });
    return stream.getTracks();
  };
}
