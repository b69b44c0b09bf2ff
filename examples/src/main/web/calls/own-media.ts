import type { DeviceState } from "./call-state.ts";
import {
  KINDS, NO_MEDIA, obstacleWords, oneWords, openBoth, openOnly, stop, type Kind, type LocalMedia, type OpenDevices,
} from "./local-media.ts";

/** What the user sends in a call. Immutable. */
export interface OwnSnapshot {
  readonly audio: DeviceState;
  readonly video: DeviceState;
  /** What our camera sees. */
  readonly picture: MediaStreamTrack | undefined;
  /** What to tell the user about devices that cannot be used. */
  readonly problem: string | undefined;
}

export const NOTHING_SENT: OwnSnapshot = { audio: "off", video: "off", picture: undefined, problem: undefined };

type Tracks = LocalMedia["tracks"];

export interface OwnMediaListener {
  changed(own: OwnSnapshot): void;
  /** From now on this is to be sent, or nothing. */
  send(kind: Kind, track: MediaStreamTrack | undefined): void;
}

/**
 * The user's camera and microphone during one call after the other. A muted microphone stays open and sends silence; a camera
 * that is switched off is closed, so that its light goes out.
 */
export class OwnMedia {
  readonly #open: OpenDevices | undefined;
  readonly #listener: OwnMediaListener;
  #media: LocalMedia = NO_MEDIA;
  #use = 0;
  #snapshot: OwnSnapshot = NOTHING_SENT;

  constructor(open: OpenDevices | undefined, listener: OwnMediaListener) {
    this.#open = open;
    this.#listener = listener;
  }

  /** Opens what there is, for a call; nothing once {@link stop} was called meanwhile. */
  async start(): Promise<Tracks> {
    const use = ++this.#use;
    this.#change({ ...NOTHING_SENT, audio: "opening", video: "opening" });
    const media = await openBoth(this.#open);
    if (use !== this.#use) {
      stop(media);
      return {};
    }
    this.#media = media;
    KINDS.forEach((kind) => this.#watch(kind, media.tracks[kind]));
    this.#change({
      audio: media.obstacles.audio ?? "on",
      video: media.obstacles.video ?? "on",
      picture: media.tracks.video,
      problem: obstacleWords(media),
    });
    return media.tracks;
  }

  /** Switches a device off or on; one that could not be used is tried again. */
  toggle(kind: Kind): void {
    const track = this.#media.tracks[kind];
    if (this.#snapshot[kind] === "opening") {
      return;
    }
    if (track === undefined) {
      void this.#reopen(kind);
    } else if (kind === "audio") {
      track.enabled = !track.enabled;
      this.#change({ audio: track.enabled ? "on" : "off" });
    } else {
      track.stop();
      this.#lose(kind, "off");
    }
  }

  dismissProblem(): void {
    this.#change({ problem: undefined });
  }

  /** Gives all devices back. */
  stop(): void {
    this.#use++;
    stop(this.#media);
    this.#media = NO_MEDIA;
    this.#change(NOTHING_SENT);
  }

  async #reopen(kind: Kind): Promise<void> {
    const use = this.#use;
    this.#change({ [kind]: "opening", problem: undefined });
    const opened = await openOnly([kind], this.#open);
    if (use !== this.#use) {
      stop(opened);
      return;
    }
    const track = opened.tracks[kind];
    if (track === undefined) {
      const obstacle = opened.obstacles[kind] ?? "missing";
      this.#change({ [kind]: obstacle, problem: oneWords(kind, obstacle) });
      return;
    }
    this.#media = { ...this.#media, tracks: { ...this.#media.tracks, [kind]: track } };
    this.#watch(kind, track);
    this.#change({ [kind]: "on", ...(kind === "video" ? { picture: track } : {}) });
    this.#listener.send(kind, track);
  }

  /** A device may be pulled out, or its permission taken back. */
  #watch(kind: Kind, track: MediaStreamTrack | undefined): void {
    if (track === undefined) {
      return;
    }
    track.onended = () => {
      if (this.#media.tracks[kind] === track) {
        this.#lose(kind, "missing");
        this.#change({ problem: `Your ${kind === "audio" ? "microphone" : "camera"} has stopped.` });
      }
    };
  }

  #lose(kind: Kind, state: DeviceState): void {
    const { [kind]: _, ...rest } = this.#media.tracks;
    this.#media = { ...this.#media, tracks: rest };
    this.#change({ [kind]: state, ...(kind === "video" ? { picture: undefined } : {}) });
    this.#listener.send(kind, undefined);
  }

  #change(part: Partial<OwnSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    this.#listener.changed(this.#snapshot);
  }
}
