import { useEffect, useRef, useState } from "react";
import type { CallMachine, CallSnapshot } from "../calls/call-machine.ts";
import { describe, type ActiveCall, type DeviceState } from "../calls/call-state.ts";
import { elapsedWords } from "../shell/times.ts";
import { Avatar } from "./avatar.tsx";
import { COMPOSER_FIELD } from "./composer.tsx";
import { focusWithoutKeyboard } from "./hooks.ts";
import { CameraIcon, CameraOffIcon, CloseIcon, HangUpIcon, MicrophoneIcon, MicrophoneOffIcon } from "./icons.tsx";
import { Picture, Sound } from "./media.tsx";

interface CallStageProps {
  readonly calls: CallMachine;
  readonly call: ActiveCall;
  readonly snapshot: CallSnapshot;
}

/** The two pictures, what state the call is in, and what the user can do about it. */
export function CallStage({ calls, call, snapshot }: CallStageProps) {
  const { own, remote } = snapshot;
  const stage = useRef<HTMLElement>(null);
  useEffect(() => {
    stage.current?.focus();
    return () => {
      // Whoever was at the buttons of the call, which are gone, goes back to writing.
      if (document.activeElement === document.body) {
        focusWithoutKeyboard(document.getElementById(COMPOSER_FIELD));
      }
    };
  }, []);

  return (
    <section ref={stage} className="call" tabIndex={-1} aria-label={`Call with ${call.peer}`} data-testid="call" data-state={call.phase}>
      <div className="call-screen">
        {remote.video === undefined ? <Faceless peer={call.peer} call={call} /> : (
          <Picture track={remote.video} className="call-remote" label={`${call.peer}'s camera`} testId="remote-video" />
        )}
        <Sound track={remote.audio} />
        {own.picture !== undefined && <Picture track={own.picture} className="call-own" label="Your camera" testId="own-video" />}
        <p className="call-state">
          <span className="badge-dot" aria-hidden="true" />
          <span data-testid="call-state">{describe(call)}</span>
          {call.phase === "live" && <Elapsed since={call.since} />}
        </p>
        <div className="call-controls" role="group" aria-label="Call controls">
          <DeviceButton device="microphone" state={own.audio} onToggle={() => calls.toggleMicrophone()} />
          <DeviceButton device="camera" state={own.video} onToggle={() => calls.toggleCamera()} />
          <button type="button" className="call-button call-button-end" data-testid="call-end" onClick={() => calls.hangUp()}>
            <HangUpIcon /><span className="label">{call.phase === "calling" || call.phase === "preparing" ? "Cancel" : "Hang up"}</span>
          </button>
        </div>
      </div>
      {own.problem !== undefined && (
        <div className="banner banner-wait" role="status" data-testid="device-problem">
          <p>{own.problem}</p>
          <button type="button" className="button-icon" onClick={() => calls.dismissProblem()} aria-label="Dismiss"><CloseIcon /></button>
        </div>
      )}
    </section>
  );
}

function Faceless({ peer, call }: { readonly peer: string; readonly call: ActiveCall }) {
  return (
    <div className={call.phase === "calling" ? "call-faceless call-waiting" : "call-faceless"}>
      <Avatar name={peer} />
      <p className="call-peer">{peer}</p>
      {call.phase === "live" && <p>Camera off</p>}
    </div>
  );
}

function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <span className="call-elapsed" role="timer" aria-live="off">{elapsedWords(Math.max(0, now - since))}</span>;
}

interface DeviceButtonProps {
  readonly device: "microphone" | "camera";
  readonly state: DeviceState;
  readonly onToggle: () => void;
}

function DeviceButton({ device, state, onToggle }: DeviceButtonProps) {
  const isOn = state === "on";
  const words = device === "microphone" ? (isOn ? "Mute" : "Unmute") : isOn ? "Camera off" : "Camera on";
  const icon = device === "microphone"
    ? (isOn ? <MicrophoneIcon /> : <MicrophoneOffIcon />)
    : isOn ? <CameraIcon /> : <CameraOffIcon />;
  return (
    <button
      type="button"
      className={isOn ? "call-button" : "call-button call-button-off"}
      aria-disabled={state === "opening"}
      onClick={onToggle}
      data-testid={`call-${device}`}
      data-state={state}
    >
      {icon}<span className="label">{state === "opening" ? "Starting…" : words}</span>
    </button>
  );
}
