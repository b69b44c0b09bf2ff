import { KINDS, type Kind } from "./local-media.ts";
import { NO_MORE_CANDIDATES, type Candidate, type Description } from "./signals.ts";

/** The part of a browser's RTCPeerConnection that a call needs. */
export interface ConnectionLike {
  readonly connectionState: RTCPeerConnectionState;
  readonly signalingState: RTCSignalingState;
  readonly localDescription: RTCSessionDescription | null;
  readonly remoteDescription: RTCSessionDescription | null;
  onnegotiationneeded: ((event: Event) => void) | null;
  onicecandidate: ((event: RTCPeerConnectionIceEvent) => void) | null;
  onconnectionstatechange: ((event: Event) => void) | null;
  addTransceiver(trackOrKind: MediaStreamTrack | string, init?: RTCRtpTransceiverInit): RTCRtpTransceiver;
  getTransceivers(): RTCRtpTransceiver[];
  createOffer(): Promise<Description>;
  setLocalDescription(description?: Description): Promise<void>;
  setRemoteDescription(description: Description): Promise<void>;
  addIceCandidate(candidate: Candidate): Promise<void>;
  restartIce(): void;
  close(): void;
}

export interface MediaLinkListener {
  /** To be passed to the other side, in this order. */
  offer(offer: Description): void;
  answer(answer: Description): void;
  candidate(candidate: Candidate): void;
  stateChanged(state: RTCPeerConnectionState): void;
  /** What comes from the other side has changed. */
  remoteChanged(): void;
  /** The two sides do not understand each other; the link is of no more use. */
  broken(error: unknown): void;
}

type Track = MediaStreamTrack | undefined;

/** Far more than a machine has addresses. */
const MOST_EARLY_CANDIDATES = 256;

/**
 * The media between two parties, and how they agree on it. Either may make an offer at any time; when both do at once, the one of
 * the yielding side does not count. That side therefore makes an offer its own description only with the answer to it: taking a
 * description back (a rollback) leaves tracks in Chromium dark that come again later. What comes from the other side is taken in one after the other, and candidates that come before
 * there is a description to which they belong are kept until then.
 */
export class MediaLink {
  readonly #connection: ConnectionLike;
  readonly #group: MediaStream;
  readonly #yielding: boolean;
  readonly #listener: MediaLinkListener;
  readonly #tracks: Partial<Record<Kind, MediaStreamTrack>> = {};
  #early: Candidate[] = [];
  #work: Promise<void> = Promise.resolve();
  /** Our offer on its way, while we may still have to yield. */
  #proposed: Description | undefined;
  #passedOver = false;
  #closed = false;

  /** What is sent in one group is played in step. */
  constructor(connection: ConnectionLike, group: MediaStream, yielding: boolean, listener: MediaLinkListener) {
    this.#connection = connection;
    this.#group = group;
    this.#yielding = yielding;
    this.#listener = listener;
    connection.onnegotiationneeded = () => this.#then(() => this.#negotiate());
    connection.onicecandidate = ({ candidate }) => listener.candidate(candidate?.toJSON() ?? NO_MORE_CANDIDATES);
    connection.onconnectionstatechange = () => listener.stateChanged(connection.connectionState);
  }

  /** Prepares both kinds, sent or not, and with it makes the first offer. */
  begin(tracks: Readonly<Partial<Record<Kind, MediaStreamTrack>>>): void {
    Object.assign(this.#tracks, tracks);
    for (const kind of KINDS) {
      const track = tracks[kind];
      this.#connection.addTransceiver(track ?? kind, this.#sending(track));
    }
  }

  /** What the answer to the first offer will bring along. */
  prepare(tracks: Readonly<Partial<Record<Kind, MediaStreamTrack>>>): void {
    Object.assign(this.#tracks, tracks);
  }

  /** Sends this track from now on, or none; the other side is told by an offer where that is needed. */
  send(kind: Kind, track: Track): void {
    if (track === undefined) {
      delete this.#tracks[kind];
    } else {
      this.#tracks[kind] = track;
    }
    this.#then(() => this.#apply(kind));
  }

  /**
   * What comes in of this kind; undefined while the other side sends none. Goes by what was agreed: whether a browser marks the
   * track as muted is not to be relied on once an offer was taken back.
   */
  remote(kind: Kind): Track {
    const transceiver = this.#transceiver(kind);
    const agreed = transceiver?.currentDirection;
    return agreed === "sendrecv" || agreed === "recvonly" ? transceiver?.receiver.track : undefined;
  }

  takeOffer(offer: Description): void {
    this.#then(async () => {
      this.#passedOver = this.#connection.signalingState !== "stable";
      if (this.#passedOver) {
        return;
      }
      this.#proposed = undefined;
      await this.#describe(offer);
      for (const kind of KINDS) {
        await this.#apply(kind);
      }
      await this.#connection.setLocalDescription();
      this.#pass((description) => this.#listener.answer(description));
      this.#listener.remoteChanged();
    });
  }

  takeAnswer(answer: Description): void {
    this.#then(async () => {
      const proposed = this.#proposed;
      if (proposed !== undefined) {
        this.#proposed = undefined;
        await this.#connection.setLocalDescription(proposed);
      }
      // An answer to an offer that does not count any more says nothing.
      if (this.#connection.signalingState === "have-local-offer") {
        await this.#describe(answer);
        this.#listener.remoteChanged();
      }
    });
  }

  takeCandidate(candidate: Candidate): void {
    this.#then(async () => {
      if (this.#connection.remoteDescription === null) {
        if (this.#early.length < MOST_EARLY_CANDIDATES) {
          this.#early.push(candidate);
        }
        return;
      }
      await this.#add(candidate);
    });
  }

  /** Looks for another way between the two sides. */
  restart(): void {
    this.#connection.restartIce();
  }

  /** Ends it; the listener hears nothing more. */
  close(): void {
    this.#closed = true;
    this.#connection.onnegotiationneeded = null;
    this.#connection.onicecandidate = null;
    this.#connection.onconnectionstatechange = null;
    this.#connection.close();
  }

  /** While an offer is open nothing is to be done: the browser asks again once it is settled. */
  async #negotiate(): Promise<void> {
    if (this.#connection.signalingState !== "stable" || this.#proposed !== undefined) {
      return;
    }
    if (this.#yielding) {
      const { type, sdp = "" } = await this.#connection.createOffer();
      this.#proposed = { type, sdp };
      this.#listener.offer(this.#proposed);
    } else {
      await this.#connection.setLocalDescription();
      this.#pass((description) => this.#listener.offer(description));
    }
  }

  async #describe(description: Description): Promise<void> {
    await this.#connection.setRemoteDescription(description);
    for (const candidate of this.#early.splice(0)) {
      await this.#add(candidate);
    }
  }

  async #add(candidate: Candidate): Promise<void> {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch (error) {
      // One that belongs to an offer that we passed over fits nothing; another way may still be found without one that cannot be used.
      if (!this.#passedOver && !this.#closed) {
        console.warn("A candidate of the other side could not be used", error);
      }
    }
  }

  async #apply(kind: Kind): Promise<void> {
    const track = this.#tracks[kind];
    const transceiver = this.#transceiver(kind);
    if (transceiver === undefined) {
      if (track !== undefined) {
        this.#connection.addTransceiver(track, this.#sending(track));
      }
      return;
    }
    const { sender } = transceiver;
    await sender.replaceTrack(track ?? null);
    if (track !== undefined && "setStreams" in sender) {
      sender.setStreams(this.#group);
    }
    transceiver.direction = directionOf(track);
  }

  #sending(track: Track): RTCRtpTransceiverInit {
    return { direction: directionOf(track), streams: [this.#group] };
  }

  #transceiver(kind: Kind): RTCRtpTransceiver | undefined {
    return this.#connection.getTransceivers().find(({ receiver }) => receiver.track.kind === kind);
  }

  #pass(tell: (description: Description) => void): void {
    const description = this.#connection.localDescription;
    if (description !== null && !this.#closed) {
      tell({ type: description.type, sdp: description.sdp });
    }
  }

  /** Does it once everything before it is done. */
  #then(work: () => Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#closed ? undefined : work()))
      .catch((error: unknown) => {
        if (!this.#closed) {
          this.#listener.broken(error);
        }
      });
  }
}

function directionOf(track: Track): RTCRtpTransceiverDirection {
  return track === undefined ? "recvonly" : "sendrecv";
}
