import type { Kind } from "../calls/local-media.ts";
import type { ConnectionLike } from "../calls/media-link.ts";
import type { Candidate, Description } from "../calls/signals.ts";

/** A camera or a microphone, or what comes from one. */
export class FakeTrack {
  enabled = true;
  stopped = false;
  onended: (() => void) | null = null;

  constructor(readonly kind: Kind) {}

  stop(): void {
    this.stopped = true;
  }

  asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

/** Opens fake devices; each call can be made to fail by a name of the browser's errors. */
export class FakeDevices {
  readonly opened: FakeTrack[] = [];
  readonly asked: string[] = [];
  missing: Partial<Record<Kind, string>> = {};
  gate: Promise<void> = Promise.resolve();

  readonly open = async (kinds: readonly Kind[]): Promise<MediaStreamTrack[]> => {
    this.asked.push(kinds.join("+"));
    await this.gate;
    const failure = kinds.map((kind) => this.missing[kind]).find((name) => name !== undefined);
    if (failure !== undefined) {
      throw Object.assign(new Error("no device"), { name: failure });
    }
    const tracks = kinds.map((kind) => new FakeTrack(kind));
    this.opened.push(...tracks);
    return tracks.map((track) => track.asTrack());
  };
}

class FakeTransceiver {
  readonly receiver: { track: FakeTrack };
  /** What both sides have agreed on; set by the test. */
  currentDirection: string | null = null;
  readonly sender = {
    track: null as FakeTrack | null,
    replaceTrack: (track: FakeTrack | null): Promise<void> => {
      this.sender.track = track;
      return Promise.resolve();
    },
    setStreams: (): void => {},
  };
  #direction: string;

  constructor(kind: Kind, direction: string, readonly changed: () => void) {
    this.receiver = { track: new FakeTrack(kind) };
    this.#direction = direction;
  }

  get direction(): string {
    return this.#direction;
  }

  set direction(direction: string) {
    const before = this.#direction;
    this.#direction = direction;
    if (before !== direction) {
      this.changed();
    }
  }
}

/** The rules of a browser's connection, as far as a call depends on them, without any network. */
export class FakeConnection {
  connectionState: RTCPeerConnectionState = "new";
  signalingState: RTCSignalingState = "stable";
  localDescription: Description | null = null;
  remoteDescription: Description | null = null;
  onnegotiationneeded: ((event: Event) => void) | null = null;
  onicecandidate: ((event: RTCPeerConnectionIceEvent) => void) | null = null;
  onconnectionstatechange: ((event: Event) => void) | null = null;
  readonly transceivers: FakeTransceiver[] = [];
  readonly candidates: Candidate[] = [];
  restarts = 0;
  closed = false;
  #descriptions = 0;
  #needed = false;
  #proposed = false;

  constructor(readonly name: string) {}

  as(): { connection: ConnectionLike; group: MediaStream } {
    return { connection: this as unknown as ConnectionLike, group: {} as MediaStream };
  }

  addTransceiver(trackOrKind: FakeTrack | Kind, init: { direction: string }): FakeTransceiver {
    const kind = typeof trackOrKind === "string" ? trackOrKind : trackOrKind.kind;
    const transceiver = new FakeTransceiver(kind, init.direction, () => this.#need());
    transceiver.sender.track = typeof trackOrKind === "string" ? null : trackOrKind;
    this.transceivers.push(transceiver);
    this.#need();
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  createOffer(): Promise<Description> {
    this.#proposed = this.#needed;
    return Promise.resolve(this.#described("offer"));
  }

  async setLocalDescription(description?: Description): Promise<void> {
    await Promise.resolve();
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    this.localDescription = description ?? this.#described(type);
    // An answer settles what could be, an offer everything; what was only proposed is still wanted.
    this.#needed = type === "answer" && this.#proposed;
    this.#proposed = false;
    this.#become(type === "offer" ? "have-local-offer" : "stable");
  }

  #described(type: "offer" | "answer"): Description {
    return { type, sdp: `${this.name}-${type}-${++this.#descriptions}` };
  }

  async setRemoteDescription(description: Description): Promise<void> {
    await Promise.resolve();
    if (description.sdp === "nonsense") {
      throw Object.assign(new Error("cannot be read"), { name: "OperationError" });
    }
    if (description.type === "answer" && this.signalingState !== "have-local-offer") {
      throw new Error("an answer without an offer");
    }
    if (description.type === "offer") {
      if (this.signalingState !== "stable") {
        throw new Error("an offer beside another one");
      }
      for (const kind of ["audio", "video"] as const) {
        if (!this.transceivers.some(({ receiver }) => receiver.track.kind === kind)) {
          this.transceivers.push(new FakeTransceiver(kind, "recvonly", () => this.#need()));
        }
      }
    }
    this.remoteDescription = description;
    this.#become(description.type === "offer" ? "have-remote-offer" : "stable");
  }

  addIceCandidate(candidate: Candidate): Promise<void> {
    this.candidates.push(candidate);
    return candidate.candidate === "nonsense" ? Promise.reject(new Error("cannot be read")) : Promise.resolve();
  }

  restartIce(): void {
    this.restarts++;
    this.#need();
  }

  close(): void {
    this.closed = true;
  }

  /** The way between the two machines changes. */
  way(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.(new Event("connectionstatechange"));
  }

  finds(candidate: string | null): void {
    const found = candidate === null ? null : { toJSON: () => ({ candidate }) };
    this.onicecandidate?.({ candidate: found } as unknown as RTCPeerConnectionIceEvent);
  }

  #need(): void {
    this.#needed = true;
    this.#ask();
  }

  #become(state: RTCSignalingState): void {
    this.signalingState = state;
    this.#ask();
  }

  #ask(): void {
    void Promise.resolve().then(() => {
      if (this.#needed && this.signalingState === "stable" && !this.closed) {
        this.onnegotiationneeded?.(new Event("negotiationneeded"));
      }
    });
  }
}
