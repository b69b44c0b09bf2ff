import { useSyncExternalStore } from "react";
import type { CallMachine } from "../calls/call-machine.ts";
import { isActive } from "../calls/call-state.ts";
import { Announcer } from "./announcer.tsx";
import { CallStage } from "./call-stage.tsx";
import { CloseIcon } from "./icons.tsx";
import { IncomingCall } from "./incoming-call.tsx";

interface CallViewProps {
  readonly calls: CallMachine;
  /** Whether somebody can be called now. */
  readonly live: boolean;
}

/** The user's call in this room, in whatever state it is. */
export function CallView({ calls, live }: CallViewProps) {
  const snapshot = useSyncExternalStore(calls.subscribe, calls.snapshot);
  const { call } = snapshot;
  return (
    <>
      {call.phase === "ringing" && (
        <IncomingCall peer={call.peer} onAccept={() => calls.accept()} onDecline={() => calls.hangUp()} />
      )}
      {isActive(call) && call.phase !== "ringing" && <CallStage calls={calls} call={call} snapshot={snapshot} />}
      {call.phase === "ended" && (
        <div className="banner banner-plain" data-testid="call-ended">
          <p>{call.words}</p>
          {live && <button type="button" className="button-plain" onClick={() => calls.call(call.peer)}>Call again</button>}
          <button type="button" className="button-icon" onClick={() => calls.dismissEnd()} aria-label="Dismiss"><CloseIcon /></button>
        </div>
      )}
      <Announcer announcement={snapshot.announcement} />
    </>
  );
}
