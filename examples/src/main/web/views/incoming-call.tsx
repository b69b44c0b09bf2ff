import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from "react";
import { ring } from "../shell/ring-tone.ts";
import { Avatar } from "./avatar.tsx";
import { CameraIcon, HangUpIcon } from "./icons.tsx";

interface IncomingCallProps {
  readonly peer: string;
  readonly onAccept: () => void;
  readonly onDecline: () => void;
}

/**
 * Somebody calls. The dialog itself takes the keyboard, not one of its buttons: who is just writing must not take the call with the
 * next blank. Tab leads to the buttons, Escape declines; afterwards the keyboard is where it was.
 */
export function IncomingCall({ peer, onAccept, onDecline }: IncomingCallProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.focus();
    return () => element?.close();
  }, []);
  useEffect(ring, []);
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onDecline();
    }
  };

  return (
    <dialog ref={dialog} className="incoming" role="alertdialog" tabIndex={-1} data-testid="incoming-call"
      aria-labelledby="incoming-words" onKeyDown={pressed} onCancel={(event) => event.preventDefault()}>
      <Avatar name={peer} />
      <h2 id="incoming-words"><bdi>{peer}</bdi> is calling</h2>
      <p className="muted">A video call. Your camera and microphone start when you answer.</p>
      <div className="incoming-actions">
        <button type="button" className="call-button call-button-end" data-testid="call-decline" onClick={onDecline}>
          <HangUpIcon /><span className="label">Decline</span>
        </button>
        <button type="button" className="call-button call-button-answer" data-testid="call-accept" onClick={onAccept}>
          <CameraIcon /><span className="label">Answer</span>
        </button>
      </div>
    </dialog>
  );
}
