import { memo } from "react";
import type { Message } from "../chat/chat-events.ts";
import type { Outgoing } from "../chat/timeline.ts";
import { timeOf } from "../shell/times.ts";
import { Avatar } from "./avatar.tsx";
import { WarningIcon } from "./icons.tsx";

interface ArrivedMessageProps {
  readonly message: Message;
  readonly day: string | undefined;
  readonly continued: boolean;
  readonly mine: boolean;
}

export const ArrivedMessage = memo(function ArrivedMessage({ message, day, continued, mine }: ArrivedMessageProps) {
  const { username, text, timestamp } = message;
  const kinds = ["message", mine ? "message-mine" : "message-theirs", continued ? "message-continued" : ""];
  return (
    <>
      {day !== undefined && <li className="divider">{day}</li>}
      <li className={kinds.filter((kind) => kind !== "").join(" ")} data-testid="message" data-username={username} data-delivery="sent">
        {!mine && !continued && <Avatar name={username} />}
        <div className="message-body">
          {!mine && <p className={continued ? "visually-hidden" : "message-author"}>{username}</p>}
          {mine && <span className="visually-hidden">You said: </span>}
          <div className="bubble">
            <p className="message-text" dir="auto">{text}</p>
            <time className="message-time" dateTime={timestamp}>{timeOf(timestamp)}</time>
          </div>
        </div>
      </li>
    </>
  );
});

const STATUS_WORDS: Record<Outgoing["status"], string> = {
  queued: "waiting…",
  "in-flight": "sending…",
  failed: "not sent",
};

interface OutgoingMessageProps {
  readonly outgoing: Outgoing;
  readonly me: string;
  /** Whether sending again has a chance. */
  readonly retryable: boolean;
  readonly onRetry: (key: string) => void;
  readonly onDiscard: (key: string) => void;
}

export function OutgoingMessage({ outgoing, me, retryable, onRetry, onDiscard }: OutgoingMessageProps) {
  const failed = outgoing.status === "failed";
  return (
    <li className={`message message-mine ${failed ? "message-failed" : "message-pending"}`} data-testid="message" data-username={me}
      data-delivery={failed ? "failed" : "pending"}>
      <div className="message-body">
        <span className="visually-hidden">You said: </span>
        <div className="bubble">
          <p className="message-text" dir="auto">{outgoing.text}</p>
          <span className="message-time">{STATUS_WORDS[outgoing.status]}</span>
        </div>
        {failed && (
          <p className="message-failure" role="alert">
            <WarningIcon /> <span>{outgoing.words}</span>
            {retryable && (
              <button type="button" className="button-plain" onClick={() => onRetry(outgoing.key)}>Send again</button>
            )}
            <button type="button" className="button-plain" onClick={() => onDiscard(outgoing.key)}>Discard</button>
          </p>
        )}
      </div>
    </li>
  );
}
