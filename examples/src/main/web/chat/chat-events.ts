/** The payloads of the chat room's events, read defensively: what does not fit is left out or told as undefined. */
import { isRecord } from "../routing/protocol.ts";

/** The longest text the room accepts, in code points. */
export const MAX_TEXT_LENGTH = 1000;

/** The text as the room keeps it. */
export function tidied(text: string): string {
  return text.trim();
}

/** How long the room finds a text, in code points. */
export function lengthOf(text: string): number {
  return [...tidied(text)].length;
}

export interface Message {
  readonly id: string;
  readonly username: string;
  readonly text: string;
  /** ISO-8601. */
  readonly timestamp: string;
}

/** A stretch of history, oldest first; the cursor leads to what came before it, null at the room's beginning. */
export interface HistoryPage {
  readonly messages: readonly Message[];
  readonly cursor: string | null;
}

/** What an operator of the server says to the room. */
export interface Announcement {
  readonly text: string;
  /** ISO-8601. */
  readonly timestamp: string;
}

export interface SendReceipt {
  readonly id: string;
  readonly timestamp: string;
}

export function readMessage(value: unknown): Message | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { id, username, text, timestamp } = value;
  return typeof id === "string" && typeof username === "string" && typeof text === "string"
    && typeof timestamp === "string" ? { id, username, text, timestamp } : undefined;
}

/** The newest page comes as an object with its cursor, or from some servers as a bare list, whose cursor is its oldest message. */
export function readHistoryPage(value: unknown): HistoryPage | undefined {
  if (Array.isArray(value)) {
    const messages = readMessages(value);
    return { messages, cursor: messages[0]?.id ?? null };
  }
  if (!isRecord(value) || !Array.isArray(value["messages"])) {
    return undefined;
  }
  return { messages: readMessages(value["messages"]), cursor: typeof value["cursor"] === "string" ? value["cursor"] : null };
}

function readMessages(values: readonly unknown[]): Message[] {
  return values.map(readMessage).filter((message) => message !== undefined);
}

export function readAnnouncement(value: unknown): Announcement | undefined {
  if (!isRecord(value) || typeof value["text"] !== "string" || typeof value["timestamp"] !== "string") {
    return undefined;
  }
  return { text: value["text"], timestamp: value["timestamp"] };
}

export function readReceipt(value: unknown): SendReceipt | undefined {
  if (!isRecord(value) || typeof value["id"] !== "string" || typeof value["timestamp"] !== "string") {
    return undefined;
  }
  return { id: value["id"], timestamp: value["timestamp"] };
}

export function readNames(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : undefined;
}

export function readUsername(value: unknown): string | undefined {
  return isRecord(value) && typeof value["username"] === "string" ? value["username"] : undefined;
}
