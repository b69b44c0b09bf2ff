import type { Clock } from "../routing/clock.ts";
import type { CallLine } from "./call-line.ts";
import { KINDS, type Kind, type LocalMedia, type OpenDevices } from "./local-media.ts";
import { MediaLink, type ConnectionLike } from "./media-link.ts";
import { OwnMedia, type OwnSnapshot } from "./own-media.ts";
import type { Candidate, Description } from "./signals.ts";

export interface MediaEnvironment {
  readonly clock: Clock;
  /** Helpers for finding a way between two machines; empty when there are none. */
  iceServers(): Promise<RTCIceServer[]>;
  /** Undefined where this browser cannot make calls. */
  readonly connect: ((iceServers: RTCIceServer[]) => { connection: ConnectionLike; group: MediaStream }) | undefined;
  readonly openDevices: OpenDevices | undefined;
}

/** What comes from the other side; a kind that it does not send is undefined. */
export type RemoteTracks = Readonly<Record<Kind, MediaStreamTrack | undefined>>;
export const NOTHING_RECEIVED: RemoteTracks = { audio: undefined, video: undefined };

export interface CallMediaListener {
  ownChanged(own: OwnSnapshot): void;
  remoteChanged(remote: RemoteTracks): void;
  /** There is a way between the two machines; or there is none any more, and another is being looked for. */
  wayChanged(isThere: boolean): void;
  /** The two browsers do not understand each other. */
  broken(): void;
}

/** Most ways that break come back by themselves within this. */
const RESTART_AFTER_MS = 3_000;
/** A call is answered within this even if the user is still being asked for the camera; the picture follows. */
const DEVICES_LIMIT_MS = 8_000;
const MOST_EARLY_CANDIDATES = 256;

/** What is seen and heard in one call after the other: the user's devices, the link to the other side, and its repair. */
export class CallMedia {
  readonly #environment: MediaEnvironment;
  readonly #listener: CallMediaListener;
  readonly #own: OwnMedia;
  #link: MediaLink | undefined;
  #early: Candidate[] = [];
  #cancelRestart = (): void => {};

  constructor(environment: MediaEnvironment, listener: CallMediaListener) {
    this.#environment = environment;
    this.#listener = listener;
    this.#own = new OwnMedia(environment.openDevices, {
      changed: (own) => listener.ownChanged(own),
      send: (kind, track) => this.#link?.send(kind, track),
    });
  }

  /** Opens the devices, asks whether to go on, and makes the offer. */
  async offer(line: CallLine, goOn: () => boolean): Promise<void> {
    const [iceServers, tracks] = await Promise.all([this.#iceServers(), this.#own.start()]);
    if (goOn()) {
      this.#connect(line, iceServers, false)?.begin(tracks);
    }
  }

  /** Opens the devices, asks whether to go on, and answers the newest offer; without waiting for a user who has to allow them first. */
  async answer(line: CallLine, newest: () => Description, goOn: () => boolean): Promise<void> {
    const opening = this.#own.start();
    const [iceServers, tracks] = await Promise.all([this.#iceServers(), this.#soon(opening)]);
    if (!goOn()) {
      return;
    }
    const link = this.#connect(line, iceServers, true);
    link?.prepare(tracks ?? {});
    link?.takeOffer(newest());
    this.#early.splice(0).forEach((candidate) => link?.takeCandidate(candidate));
    if (tracks === undefined) {
      await this.#follow(link, opening);
    }
  }

  takeOffer(offer: Description): void {
    this.#link?.takeOffer(offer);
  }

  takeAnswer(answer: Description): void {
    this.#link?.takeAnswer(answer);
  }

  /** One that comes before the call is answered is kept. */
  takeCandidate(candidate: Candidate): void {
    if (this.#link !== undefined) {
      this.#link.takeCandidate(candidate);
    } else if (this.#early.length < MOST_EARLY_CANDIDATES) {
      this.#early.push(candidate);
    }
  }

  toggle(kind: Kind): void {
    this.#own.toggle(kind);
  }

  dismissProblem(): void {
    this.#own.dismissProblem();
  }

  /** Lets everything go, for another call. */
  stop(): void {
    this.#cancelRestart();
    this.#link?.close();
    this.#link = undefined;
    this.#early = [];
    this.#own.stop();
    this.#listener.remoteChanged(NOTHING_RECEIVED);
  }

  async #follow(link: MediaLink | undefined, opening: Promise<LocalMedia["tracks"]>): Promise<void> {
    const tracks = await opening;
    if (link === this.#link) {
      KINDS.forEach((kind) => link?.send(kind, tracks[kind]));
    }
  }

  #connect(line: CallLine, iceServers: RTCIceServer[], yielding: boolean): MediaLink | undefined {
    const made = this.#environment.connect?.(iceServers);
    if (made === undefined) {
      return undefined;
    }
    const link = new MediaLink(made.connection, made.group, yielding, {
      offer: (offer) => line.offer(offer),
      answer: (answer) => line.answer(answer),
      candidate: (candidate) => line.candidate(candidate),
      stateChanged: (state) => this.#stateChanged(link, state),
      remoteChanged: () => this.#listener.remoteChanged({ audio: link.remote("audio"), video: link.remote("video") }),
      broken: (error) => {
        console.error("The two sides of the call do not understand each other", error);
        this.#listener.broken();
      },
    });
    this.#link = link;
    return link;
  }

  #stateChanged(link: MediaLink, state: RTCPeerConnectionState): void {
    if (state === "connected") {
      this.#cancelRestart();
      this.#listener.wayChanged(true);
    } else if (state === "disconnected" || state === "failed") {
      this.#cancelRestart();
      this.#cancelRestart = this.#environment.clock.after(state === "failed" ? 0 : RESTART_AFTER_MS, () => link.restart());
      this.#listener.wayChanged(false);
    }
  }

  /** Without helpers a way may still be found; where it is not, the user is told. */
  async #iceServers(): Promise<RTCIceServer[]> {
    try {
      return await this.#environment.iceServers();
    } catch (error) {
      console.warn("The server names no helpers for calls now", error);
      return [];
    }
  }

  /** The value if it comes soon. */
  #soon<T>(value: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve) => {
      const cancel = this.#environment.clock.after(DEVICES_LIMIT_MS, () => resolve(undefined));
      void value.then(resolve).finally(cancel);
    });
  }
}
