import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { lengthOf, MAX_TEXT_LENGTH, tidied } from "../chat/chat-events.ts";
import { recallDraft, rememberDraft } from "../shell/browser-memory.ts";
import { focusWithoutKeyboard } from "./hooks.ts";
import { SendIcon } from "./icons.tsx";

interface ComposerProps {
  readonly roomId: string;
  /** The connection is over: the text stays, but cannot be sent. */
  readonly closed: boolean;
  /** False when the text could not be taken. */
  readonly onSend: (text: string) => boolean;
}

/** The id of the field that a message is written in. */
export const COMPOSER_FIELD = "message";

/** Where the count of characters left begins to be shown. */
const COUNT_FROM = MAX_TEXT_LENGTH - 100;
const MOST_ROWS = 6;

/** Enter sends, Shift+Enter begins a new line. */
export function Composer({ roomId, closed, onSend }: ComposerProps) {
  const [text, setText] = useState(() => recallDraft(roomId));
  const [full, setFull] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => focusWithoutKeyboard(field.current), []);
  const length = lengthOf(text);
  const sendable = !closed && length > 0 && length <= MAX_TEXT_LENGTH;

  const write = (written: string): void => {
    setText(written);
    setFull(false);
    rememberDraft(roomId, written);
  };
  const send = (): void => {
    if (!sendable) {
      return;
    }
    if (onSend(tidied(text))) {
      write("");
    } else {
      setFull(true);
    }
    field.current?.focus();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  const pressed = (event: KeyboardEvent): void => {
    // An Enter that ends the composition of a character is not meant for us.
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };

  return (
    <form className="composer" onSubmit={submit}>
      <label className="visually-hidden" htmlFor={COMPOSER_FIELD}>Message</label>
      <div className="composer-field">
        <textarea
          id={COMPOSER_FIELD}
          ref={field}
          data-testid="message-input"
          rows={Math.min(MOST_ROWS, text.split("\n").length)}
          placeholder={closed ? "Not connected" : "Write a message"}
          enterKeyHint="send"
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={pressed}
          aria-describedby="message-hint"
          aria-invalid={length > MAX_TEXT_LENGTH}
        />
        <button type="submit" className="button-send" data-testid="message-send" aria-disabled={!sendable} aria-label="Send">
          <SendIcon />
        </button>
      </div>
      <p id="message-hint" className="composer-hint" aria-live="polite">
        {full && "Too many messages are waiting. Send this one when the room is back."}
        {closed && length > 0 && "Not connected. Your text is kept."}
        {!full && !closed && <LengthHint length={length} />}
      </p>
    </form>
  );
}

function LengthHint({ length }: { readonly length: number }) {
  if (length > MAX_TEXT_LENGTH) {
    return <span className="over">{length - MAX_TEXT_LENGTH} characters too long</span>;
  }
  if (length >= COUNT_FROM) {
    return <span>{MAX_TEXT_LENGTH - length} characters left</span>;
  }
  return <span className="keys"><kbd>Enter</kbd> to send, <kbd>Shift</kbd>+<kbd>Enter</kbd> for a new line</span>;
}
