import type { Clock } from "./clock.ts";
import type { ConnectionState } from "./room-connection.ts";

/** Most breaks are over before anybody has noticed. */
const UNNOTICED_MS = 1_000;

/** Passes states on; but that a connection is being restored only once it has taken a second. */
export class QuietBreaks {
  readonly #clock: Clock;
  readonly #tell: (state: ConnectionState) => void;
  #told: ConnectionState["phase"] | undefined;
  #kept: ConnectionState | undefined;
  #cancel: () => void = () => {};

  constructor(clock: Clock, tell: (state: ConnectionState) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  become(state: ConnectionState, mayBeUnnoticed: boolean): void {
    if (state.phase !== "reconnecting" || this.#told !== "open" || !mayBeUnnoticed) {
      this.#now(state);
      return;
    }
    if (this.#kept === undefined) {
      this.#cancel = this.#clock.after(UNNOTICED_MS, () => this.#now(this.#kept ?? state));
    }
    this.#kept = state;
  }

  #now(state: ConnectionState): void {
    this.#cancel();
    this.#kept = undefined;
    this.#told = state.phase;
    this.#tell(state);
  }
}
