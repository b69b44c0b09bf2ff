import type { ConnectionState } from "../routing/room-connection.ts";
import { CallLine, type Request } from "./call-line.ts";
import { CallMedia, NOTHING_RECEIVED, type MediaEnvironment, type RemoteTracks } from "./call-media.ts";
import { describe, endWords, failureWords, IDLE, isActive, isAgreed, type CallState } from "./call-state.ts";
import { NOTHING_SENT, type OwnSnapshot } from "./own-media.ts";
import { readSignal, type Offer, type Signal } from "./signals.ts";

/** Everything a view needs to show a call. Immutable; a new one for every change. */
export interface CallSnapshot {
  readonly call: CallState;
  readonly own: OwnSnapshot;
  readonly remote: RemoteTracks;
  /** The newest thing to say aloud; numbered, so that the same words twice are told twice. */
  readonly announcement: { readonly number: number; readonly words: string };
}

export interface CallEnvironment extends MediaEnvironment {
  readonly request: Request;
}

/** The server gives up ringing after 30 s; this is for a server that does not tell. */
const RING_LIMIT_MS = 40_000;
const CONNECT_LIMIT_MS = 30_000;
const END_SHOWN_MS = 8_000;

/**
 * One user's calls in one room, one at a time: turns the user's actions and the room's events into the states of a call. Signals
 * pass through the room's connection, which keeps them in order over a break.
 */
export class CallMachine {
  readonly #environment: CallEnvironment;
  readonly #media: CallMedia;
  readonly #subscribers = new Set<() => void>();
  #snapshot: CallSnapshot = { call: IDLE, own: NOTHING_SENT, remote: NOTHING_RECEIVED, announcement: { number: 0, words: "" } };
  /** A new one for each call, so that what belongs to an earlier one is noticed. */
  #line: CallLine | undefined;
  #offer: Offer | undefined;
  #cancelLimit = (): void => {};

  constructor(environment: CallEnvironment) {
    this.#environment = environment;
    this.#media = new CallMedia(environment, {
      ownChanged: (own) => this.#change({ own }),
      remoteChanged: (remote) => this.#change({ remote }),
      wayChanged: (isThere) => this.#wayChanged(isThere),
      broken: () => this.#end((peer) => `The call with ${peer} failed: the two browsers do not understand each other.`),
    });
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#subscribers.add(changed);
    return () => this.#subscribers.delete(changed);
  };

  readonly snapshot = (): CallSnapshot => this.#snapshot;

  /** Whether this browser can make calls at all. */
  get isSupported(): boolean {
    return this.#environment.connect !== undefined;
  }

  call(peer: string): void {
    if (!isActive(this.#snapshot.call) && this.isSupported) {
      const line = this.#begin(peer, undefined);
      this.#become({ phase: "preparing", peer, taking: false });
      void this.#media.offer(line, () => this.#ringsThere(line));
    }
  }

  accept(): void {
    if (this.#snapshot.call.phase === "ringing" && this.#line !== undefined) {
      this.#take(this.#line);
    }
  }

  /** Declines, hangs up or gives up, whichever it is now. */
  hangUp(): void {
    const { call } = this.#snapshot;
    if (isActive(call)) {
      this.#line?.end();
      this.#finish(isAgreed(call) ? { phase: "ended", peer: call.peer, words: "You ended the call." } : IDLE);
    }
  }

  toggleMicrophone(): void {
    this.#media.toggle("audio");
  }

  toggleCamera(): void {
    this.#media.toggle("video");
  }

  dismissProblem(): void {
    this.#media.dismissProblem();
  }

  dismissEnd(): void {
    if (this.#snapshot.call.phase === "ended") {
      this.#finish(IDLE);
    }
  }

  /** Takes an event of the room, if it is about calls. */
  event(name: string, data: unknown): void {
    const signal = readSignal(name, data);
    if (signal !== undefined) {
      this.#signal(signal);
    }
  }

  /** A room that we had to enter as newcomers knows nothing of our call any more. */
  connectionChanged(state: ConnectionState): void {
    const { call } = this.#snapshot;
    if (!isActive(call)) {
      return;
    }
    if (state.phase === "closed") {
      const words = "The connection to the room has ended, and the call with it.";
      this.#finish(state.closure.kind === "left" ? IDLE : { phase: "ended", peer: call.peer, words });
    } else if (state.phase === "open" && !state.resumed) {
      this.#end(() => "The connection to the room was lost, and the call with it.");
    }
  }

  #signal(signal: Signal): void {
    switch (signal.kind) {
      case "offer":
        this.#offered(signal);
        break;
      case "failed":
        this.#failed(signal.to, signal.code);
        break;
      case "unreadable":
        this.#say("The server sent something about a call that this page could not read.");
        break;
      default:
        if (this.#line?.carries(signal) === true) {
          this.#heard(signal);
        }
        break;
    }
  }

  #heard(signal: Extract<Signal, { readonly kind: "answer" | "candidate" | "ended" }>): void {
    const { call } = this.#snapshot;
    if (signal.kind === "candidate") {
      this.#media.takeCandidate(signal.candidate);
    } else if (signal.kind === "answer") {
      if (call.phase === "calling") {
        this.#connecting(call.peer);
      }
      this.#media.takeAnswer(signal.answer);
    } else if (isActive(call)) {
      this.#finish({ phase: "ended", peer: call.peer, words: endWords(call, signal.reason) });
    }
  }

  /** When two called each other at once, the one whose call gave way is told so too, and is in a call all the same. */
  #failed(to: string, code: string): void {
    const { call } = this.#snapshot;
    if (call.phase === "calling" && to === call.peer) {
      this.#finish({ phase: "ended", peer: to, words: failureWords(to, code, "") });
    }
  }

  #offered(offer: Offer): void {
    const { call } = this.#snapshot;
    if (!isActive(call) && !offer.renegotiation) {
      this.#ring(offer);
    } else if (!isActive(call) || call.peer !== offer.from) {
      this.#turnAway(offer);
    } else if (isAgreed(call)) {
      if (!offer.crossed) {
        this.#media.takeOffer(offer.offer);
      }
    } else if (call.phase === "calling" || (call.phase === "preparing" && !call.taking)) {
      // Both called each other at once. Our own call gives way to this one, and both want to talk.
      const line = this.#begin(offer.from, offer.callId);
      this.#offer = offer;
      this.#take(line);
    } else {
      this.#offer = offer;
    }
  }

  #ring(offer: Offer): void {
    const { from } = offer;
    if (!this.isSupported) {
      this.#turnAway(offer);
      this.#finish({ phase: "ended", peer: from, words: `${from} called, but this browser cannot make calls.` });
      return;
    }
    this.#begin(from, offer.callId);
    this.#offer = offer;
    this.#become({ phase: "ringing", peer: from });
    this.#limit(RING_LIMIT_MS, () => this.#finish({ phase: "ended", peer: from, words: `You missed a call from ${from}.` }));
  }

  #turnAway({ from, callId }: Offer): void {
    new CallLine(from, callId, this.#environment.request, () => {}).end();
  }

  #ringsThere(line: CallLine): boolean {
    if (line !== this.#line) {
      return false;
    }
    this.#become({ phase: "calling", peer: line.peer });
    this.#limit(RING_LIMIT_MS, () => this.#end((peer) => failureWords(peer, "NO_ANSWER", "")));
    return true;
  }

  #take(line: CallLine): void {
    const first = this.#offer;
    if (first === undefined) {
      return;
    }
    this.#cancelLimit();
    this.#become({ phase: "preparing", peer: line.peer, taking: true });
    void this.#media.answer(line, () => (this.#offer ?? first).offer, () => this.#isAnswered(line));
  }

  #isAnswered(line: CallLine): boolean {
    if (line !== this.#line) {
      return false;
    }
    this.#connecting(line.peer);
    return true;
  }

  #connecting(peer: string): void {
    this.#become({ phase: "connecting", peer });
    this.#limit(CONNECT_LIMIT_MS, () => this.#end(() => `No connection to ${peer} could be made. A firewall may stand between you.`));
  }

  #wayChanged(isThere: boolean): void {
    const { call } = this.#snapshot;
    if (isThere && (call.phase === "connecting" || call.phase === "restoring")) {
      this.#cancelLimit();
      const since = call.phase === "connecting" ? this.#environment.clock.now() : call.since;
      this.#become({ phase: "live", peer: call.peer, since });
    } else if (!isThere && call.phase === "live") {
      this.#become({ ...call, phase: "restoring" });
      this.#limit(CONNECT_LIMIT_MS, () => this.#end((peer) => `The connection to ${peer} was lost.`));
    }
  }

  /** Ends the call for both. */
  #end(words: (peer: string) => string): void {
    const line = this.#line;
    if (line !== undefined) {
      line.end();
      this.#finish({ phase: "ended", peer: line.peer, words: words(line.peer) });
    }
  }

  #begin(peer: string, callId: string | undefined): CallLine {
    this.#letGo();
    const line = new CallLine(peer, callId, this.#environment.request, (words) => this.#refused(peer, words));
    this.#line = line;
    return line;
  }

  /** A call that does not come about is nobody's; one that was agreed on is over for the other side too. */
  #refused(peer: string, words: string): void {
    if (isAgreed(this.#snapshot.call)) {
      this.#end(() => words);
    } else {
      this.#finish({ phase: "ended", peer, words });
    }
  }

  #finish(next: CallState): void {
    this.#letGo();
    this.#become(next);
    if (next.phase === "ended") {
      this.#limit(END_SHOWN_MS, () => this.dismissEnd());
    }
  }

  /** Lets everything of the call go, so that nothing of it can call back. */
  #letGo(): void {
    this.#cancelLimit();
    this.#line?.close();
    this.#line = undefined;
    this.#offer = undefined;
    this.#media.stop();
  }

  #limit(delayMs: number, run: () => void): void {
    this.#cancelLimit();
    this.#cancelLimit = this.#environment.clock.after(delayMs, run);
  }

  #become(call: CallState): void {
    this.#change({ call });
    if (call.phase !== "idle" && call.phase !== "ringing") {
      this.#say(describe(call));
    }
  }

  #say(words: string): void {
    this.#change({ announcement: { number: this.#snapshot.announcement.number + 1, words } });
  }

  #change(part: Partial<CallSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const changed of [...this.#subscribers]) {
      changed();
    }
  }
}
