import { RequestNotSent, RequestRefused } from "../routing/room-session.ts";
import { failureWords } from "./call-state.ts";
import { callIdIn, type Candidate, type Description } from "./signals.ts";

/** Sends an event to the room, as a room's link does. */
export type Request = (event: string, data: unknown) => Promise<unknown>;

const UNREACHABLE = "The room cannot be reached now. Try again in a moment.";

/**
 * What is said to the other side of one call, through the room. The room's connection keeps it in order, also over a break; what
 * belongs to an earlier call between the same two is told apart by the call's id.
 */
export class CallLine {
  readonly peer: string;
  readonly #request: Request;
  readonly #failed: (words: string) => void;
  #callId: string | undefined;
  #closed = false;

  /** The callback hears why the call cannot go on. */
  constructor(peer: string, callId: string | undefined, request: Request, failed: (words: string) => void) {
    this.peer = peer;
    this.#callId = callId;
    this.#request = request;
    this.#failed = failed;
  }

  /** Whether what came from this person, about this call, is meant for us. */
  carries(signal: { readonly from: string; readonly callId: string | undefined }): boolean {
    const { from, callId } = signal;
    return from === this.peer && (callId === undefined || this.#callId === undefined || callId === this.#callId);
  }

  offer(offer: Description): void {
    this.#tell("call_user", { offer });
  }

  answer(answer: Description): void {
    this.#tell("call_answer", { answer });
  }

  candidate(candidate: Candidate): void {
    // A candidate that is not wanted is no reason to end a call: others may do.
    this.#send("ice_candidate", { candidate }).catch(() => undefined);
  }

  /** Says that it is over, whatever it was. */
  end(): void {
    this.#closed = true;
    // There is nobody left to whom a failure would matter: the room ends the calls of those who are gone.
    this.#send("end_call", {}).catch(() => undefined);
  }

  /** Nothing more is to be said. */
  close(): void {
    this.#closed = true;
  }

  #tell(event: string, data: Record<string, unknown>): void {
    this.#send(event, data).then(
      (reply) => {
        this.#callId ??= callIdIn(reply);
      },
      (error: unknown) => {
        const words = this.#wordsFor(error);
        if (!this.#closed && words !== undefined) {
          this.#failed(words);
        }
      },
    );
  }

  #send(event: string, data: Record<string, unknown>): Promise<unknown> {
    return this.#request(event, { to: this.peer, ...data, ...(this.#callId === undefined ? {} : { callId: this.#callId }) });
  }

  /** Without an answer nobody knows what has become of it; the connection to the room will tell. */
  #wordsFor(error: unknown): string | undefined {
    if (error instanceof RequestRefused) {
      return failureWords(this.peer, error.error.code, error.error.detail);
    }
    return error instanceof RequestNotSent ? UNREACHABLE : undefined;
  }
}
