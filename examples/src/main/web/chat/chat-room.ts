import { readWireError } from "../routing/protocol.ts";
import type { ConnectionState, RoomConnectionListener, RoomLink } from "../routing/room-connection.ts";
import { RequestNotSent, RequestRefused, RequestUnanswered } from "../routing/room-session.ts";
import { explain } from "../routing/words.ts";
import {
  readAnnouncement, readHistoryPage, readMessage, readNames, readReceipt, readUsername, type Announcement, type HistoryPage,
  type Message,
} from "./chat-events.ts";
import { withNotice, withoutNotice, type Notice } from "./notices.ts";
import { changeWords, everybody, NOBODY, withoutPerson, withPerson, type Presence } from "./presence.ts";
import {
  EMPTY, withAllFailed, withFailure, withHistory, withMessage, withOlder, withoutOutgoing, withQueued, withReceipt,
  withRetry, withTry, type Outgoing, type Timeline,
} from "./timeline.ts";

/** Everything a view needs to show the room. Immutable; a new one for every change. */
export interface ChatSnapshot {
  readonly connection: ConnectionState;
  /** `host:port` of the last host that let us in. */
  readonly host: string | undefined;
  readonly timeline: Timeline;
  readonly older: "idle" | "loading" | "failed";
  readonly presence: Presence;
  /** What the operators said, oldest first, until the user dismisses it. */
  readonly notices: readonly Notice[];
  /** The newest thing to say aloud; numbered, so that the same words twice are told twice. */
  readonly announcement: { readonly number: number; readonly words: string };
  /** An error that the user may dismiss. */
  readonly problem: string | undefined;
}

/** A message that was written so often without an answer is left to the user. */
const MOST_TRIES = 3;
const UNREADABLE = "The server sent something that this page could not read.";

/**
 * The chat in one room: turns events of the link into snapshots, and the user's actions into requests. A link that is resumed has
 * missed nothing, and the view stays as it is. Otherwise messages written meanwhile wait and go out, in order, once the room's
 * history has shown which of them had arrived after all.
 */
export class ChatRoom {
  readonly #me: string;
  readonly #newKey: () => string;
  readonly #link: RoomLink;
  readonly #subscribers = new Set<() => void>();
  /** Whether the room has told us since we came in who is there. */
  #listed = false;
  #snapshot: ChatSnapshot = {
    connection: { phase: "connecting", wait: undefined },
    host: undefined,
    timeline: EMPTY,
    older: "idle",
    presence: NOBODY,
    notices: [],
    announcement: { number: 0, words: "" },
    problem: undefined,
  };

  constructor(me: string, newKey: () => string, connect: (listener: RoomConnectionListener) => RoomLink) {
    this.#me = me;
    this.#newKey = newKey;
    this.#link = connect({
      stateChanged: (state) => this.#stateChanged(state),
      event: (name, data) => this.#event(name, data),
      unreadable: () => this.#change({ problem: UNREADABLE }),
    });
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#subscribers.add(changed);
    return () => this.#subscribers.delete(changed);
  };

  readonly snapshot = (): ChatSnapshot => this.#snapshot;

  get link(): RoomLink {
    return this.#link;
  }

  /** Takes the text on its way; false when the connection is over or too many messages wait already. */
  send(text: string): boolean {
    const timeline = this.#snapshot.connection.phase === "closed" ? undefined : withQueued(this.#snapshot.timeline, this.#newKey(), text);
    if (timeline === undefined) {
      return false;
    }
    this.#change({ timeline });
    this.#flush("queued");
    return true;
  }

  retry(key: string): void {
    if (this.#snapshot.connection.phase === "closed") {
      return;
    }
    this.#change({ timeline: withRetry(this.#snapshot.timeline, key) });
    this.#flush("queued");
  }

  discard(key: string): void {
    this.#change({ timeline: withoutOutgoing(this.#snapshot.timeline, key) });
  }

  dismissProblem(): void {
    this.#change({ problem: undefined });
  }

  dismissNotice(key: number): void {
    this.#change({ notices: withoutNotice(this.#snapshot.notices, key) });
  }

  async loadOlder(): Promise<void> {
    const { timeline, older, connection } = this.#snapshot;
    if (timeline.cursor === null || older === "loading" || connection.phase !== "open") {
      return;
    }
    this.#change({ older: "loading" });
    try {
      const page = readHistoryPage(await this.#link.request("load_history", { before: timeline.cursor }));
      if (page === undefined) {
        this.#change({ older: "failed", problem: UNREADABLE });
      } else {
        this.#change({ older: "idle", timeline: withOlder(this.#snapshot.timeline, page) });
      }
    } catch (error) {
      this.#change({ older: "failed", problem: requestWords(error, "Earlier messages could not be loaded.") });
    }
  }

  #stateChanged(connection: ConnectionState): void {
    const { timeline, host } = this.#snapshot;
    this.#change({
      connection,
      host: connection.phase === "open" ? connection.host : host,
      timeline: connection.phase === "closed" ? withAllFailed(timeline, "Not sent: the connection is closed.") : timeline,
    });
    if (connection.phase === "open" && connection.resumed) {
      this.#flush("queued");
    } else if (connection.phase === "open") {
      this.#listed = false;
    }
  }

  #event(name: string, data: unknown): void {
    switch (name) {
      case "message_history":
        this.#read(readHistoryPage(data), (page) => this.#historyCame(page));
        break;
      case "new_message":
        this.#read(readMessage(data), (message) => this.#messageCame(message));
        break;
      case "online_users":
        this.#read(readNames(data), (names) => this.#peopleAre(names));
        break;
      case "user_joined":
        this.#read(readUsername(data), (person) => this.#personJoined(person));
        break;
      case "user_left":
        this.#read(readUsername(data), (person) => this.#personLeft(person));
        break;
      case "announcement":
        this.#read(readAnnouncement(data), (announcement) => this.#announcementCame(announcement));
        break;
      case "error":
        this.#errorCame(data);
        break;
      default:
        // A newer server may tell more than this page knows of.
        break;
    }
  }

  #read<T>(value: T | undefined, take: (value: T) => void): void {
    if (value === undefined) {
      this.#change({ problem: UNREADABLE });
    } else {
      take(value);
    }
  }

  #historyCame(page: HistoryPage): void {
    this.#change({ timeline: withHistory(this.#snapshot.timeline, page, this.#me), older: "idle", problem: undefined });
    this.#flush("queued", "in-flight");
  }

  #messageCame(message: Message): void {
    const timeline = withMessage(this.#snapshot.timeline, message, this.#me);
    this.#change({ timeline, ...(message.username === this.#me ? {} : this.#say(`${message.username}: ${message.text}`)) });
  }

  /** Some servers tell of a change by the whole list. */
  #peopleAre(names: readonly string[]): void {
    const presence = everybody(names, this.#me);
    const words = this.#listed ? changeWords(this.#snapshot.presence, presence) : "";
    this.#listed = true;
    this.#change({ presence, ...(words === "" ? {} : this.#say(words)) });
  }

  #personJoined(person: string): void {
    this.#change({ presence: withPerson(this.#snapshot.presence, person, this.#me), ...this.#say(`${person} joined`) });
  }

  #personLeft(person: string): void {
    this.#change({ presence: withoutPerson(this.#snapshot.presence, person), ...this.#say(`${person} left`) });
  }

  #announcementCame(announcement: Announcement): void {
    this.#change({ notices: withNotice(this.#snapshot.notices, announcement), ...this.#say(`Announcement: ${announcement.text}`) });
  }

  #errorCame(data: unknown): void {
    const { code, detail } = readWireError(data);
    this.#change({ problem: explain(code, detail === "" ? "The server reported an error." : detail) });
  }

  #say(words: string): Pick<ChatSnapshot, "announcement"> {
    return { announcement: { number: this.#snapshot.announcement.number + 1, words } };
  }

  #flush(...statuses: Outgoing["status"][]): void {
    if (this.#snapshot.connection.phase !== "open") {
      return;
    }
    for (const one of this.#snapshot.timeline.outgoing.filter(({ status }) => statuses.includes(status))) {
      if (one.tries >= MOST_TRIES) {
        this.#change({ timeline: withFailure(this.#snapshot.timeline, one.key, "The server did not confirm this message.") });
      } else {
        void this.#write(one);
      }
    }
  }

  async #write(one: Outgoing): Promise<void> {
    this.#change({ timeline: withTry(this.#snapshot.timeline, one.key) });
    try {
      const receipt = readReceipt(await this.#link.request("send_message", { text: one.text, clientId: one.key }));
      if (receipt === undefined) {
        this.#change({ timeline: withFailure(this.#snapshot.timeline, one.key, UNREADABLE) });
      } else {
        this.#change({ timeline: withReceipt(this.#snapshot.timeline, one, receipt, this.#me) });
      }
    } catch (error) {
      if (error instanceof RequestNotSent) {
        this.#waitAgain(one);
      } else if (!(error instanceof RequestUnanswered)) {
        // Without an answer the message stays in flight until the next history tells what became of it.
        const words = requestWords(error, "The server refused this message.");
        this.#change({ timeline: withFailure(this.#snapshot.timeline, one.key, words) });
      }
    }
  }

  /** A message that never left waits for the room's history; what failed because the connection is over stays so. */
  #waitAgain(one: Outgoing): void {
    if (this.#snapshot.connection.phase !== "closed") {
      this.#change({ timeline: withRetry(this.#snapshot.timeline, one.key) });
    }
  }

  #change(part: Partial<ChatSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const changed of [...this.#subscribers]) {
      changed();
    }
  }
}

function requestWords(error: unknown, fallback: string): string {
  if (!(error instanceof RequestRefused)) {
    return fallback;
  }
  const { code, detail } = error.error;
  return explain(code, detail === "" ? fallback : detail);
}
