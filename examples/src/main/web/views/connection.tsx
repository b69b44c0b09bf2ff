import type { ConnectionState } from "../routing/room-connection.ts";
import { WaitBanner } from "./banner.tsx";

const LABELS: Record<ConnectionState["phase"], string> = {
  connecting: "Connecting",
  open: "Connected",
  reconnecting: "Reconnecting",
  closed: "Disconnected",
};

/** The state of the connection, as a dot and a word. */
export function ConnectionBadge({ connection }: { readonly connection: ConnectionState }) {
  return (
    <span className="badge" role="status" data-testid="connection-state" data-state={connection.phase}>
      <span className="badge-dot" aria-hidden="true" />
      <span className="badge-label">{LABELS[connection.phase]}</span>
    </span>
  );
}

interface ConnectionNoticeProps {
  readonly connection: ConnectionState;
  readonly onRetryNow: () => void;
}

/** While the room is away: why, and when it is tried again. */
export function ConnectionNotice({ connection, onRetryNow }: ConnectionNoticeProps) {
  if (connection.phase === "open" || connection.phase === "closed" || connection.wait === undefined) {
    return null;
  }
  return (
    <WaitBanner wait={connection.wait}>
      <button type="button" className="button-plain" onClick={onRetryNow}>Try now</button>
    </WaitBanner>
  );
}
