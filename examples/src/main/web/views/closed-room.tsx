import type { Closure } from "../routing/room-connection.ts";
import { ErrorBanner } from "./banner.tsx";
import { WarningIcon } from "./icons.tsx";

interface ClosedRoomProps {
  readonly closure: Closure;
  /** Whether there are messages to keep in view; otherwise the words have the page to themselves. */
  readonly beside: boolean;
  readonly onReopen: () => void;
  readonly onLeave: () => void;
}

/** Why the room is closed to this user, and the ways out. */
export function ClosedRoom({ closure, beside, onReopen, onLeave }: ClosedRoomProps) {
  const told = tell(closure);
  if (told === undefined) {
    return null;
  }
  if (!beside) {
    return (
      <div className="closed" role="alert">
        <WarningIcon />
        <p data-testid="error-banner">{told.words}</p>
        <button type="button" className="button-primary" autoFocus onClick={onLeave}>Back to the lobby</button>
        <button type="button" className="button-secondary" onClick={onReopen}>{told.again}</button>
      </div>
    );
  }
  return (
    <ErrorBanner words={told.words}>
      <span className="banner-actions">
        <button type="button" className="button-plain" onClick={onReopen}>{told.again}</button>
        <button type="button" className="button-plain" onClick={onLeave}>Back to the lobby</button>
      </span>
    </ErrorBanner>
  );
}

/** Having left or been logged out is shown by the page that follows. */
function tell(closure: Closure): { words: string; again: string } | undefined {
  switch (closure.kind) {
    case "left":
    case "signed-out":
      return undefined;
    case "not-found":
      return { words: "This room does not exist. It may have been closed, or the link is incomplete.", again: "Open it anew" };
    case "ended":
      return { words: closure.words, again: "Join here" };
    case "refused":
      return { words: closure.words, again: "Try again" };
  }
}
