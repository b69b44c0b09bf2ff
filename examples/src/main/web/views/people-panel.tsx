import { useEffect, useRef, type FocusEvent, type RefObject } from "react";
import type { Presence } from "../chat/presence.ts";
import { Avatar } from "./avatar.tsx";
import { CameraIcon, CloseIcon } from "./icons.tsx";

interface PeoplePanelProps {
  readonly presence: Presence;
  readonly me: string;
  /** On a narrow screen the panel covers the chat and is shown on request; elsewhere it is always there. */
  readonly shown: boolean;
  readonly onClose: () => void;
  /** Calls a person; undefined where this browser cannot. */
  readonly onCall: ((peer: string) => void) | undefined;
  /** Whether a call could begin now. */
  readonly callable: boolean;
}

export function PeoplePanel({ presence, me, shown, onClose, onCall, callable }: PeoplePanelProps) {
  const close = useRef<HTMLButtonElement>(null);
  useFocusWhile(shown, close);
  const left = (event: FocusEvent): void => {
    const next = event.relatedTarget;
    if (shown && next !== null && !event.currentTarget.contains(next)) {
      onClose();
    }
  };
  return (
    <aside id="people" className={shown ? "people people-shown" : "people"} aria-labelledby="people-heading" onBlur={left}>
      <div className="people-head">
        <h2 id="people-heading">In the room</h2>
        <button ref={close} type="button" className="button-icon people-close" onClick={onClose} aria-label="Close">
          <CloseIcon />
        </button>
      </div>
      <ul data-testid="presence-list">
        {presence.names.map((name) => (
          <li key={name} data-testid="presence-user" data-username={name}>
            <Avatar name={name} />
            <span className="people-name">{name}</span>
            {name === me && <span className="people-you">you</span>}
            {name !== me && onCall !== undefined && (
              <button type="button" className="button-icon people-call" disabled={!callable} onClick={() => onCall(name)}
                data-testid="call-person" aria-label={`Video call with ${name}`} title={`Video call with ${name}`}>
                <CameraIcon />
              </button>
            )}
          </li>
        ))}
        {presence.more > 0 && <li className="muted">and {presence.more} more</li>}
      </ul>
    </aside>
  );
}

/** Moves the keyboard into what has been opened, and back to where it came from afterwards. */
function useFocusWhile(shown: boolean, target: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!shown) {
      return undefined;
    }
    const before = document.activeElement;
    target.current?.focus();
    return () => {
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, [shown, target]);
}
