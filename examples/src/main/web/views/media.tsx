import { useEffect, useRef } from "react";

interface PictureProps {
  readonly track: MediaStreamTrack;
  readonly className: string;
  readonly label: string;
  readonly testId: string;
}

/** Shows what comes from a camera; without sound. */
export function Picture({ track, className, label, testId }: PictureProps) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => play(element.current, track), [track]);
  return <video ref={element} className={className} aria-label={label} data-testid={testId} autoPlay playsInline muted />;
}

/** Plays what comes from a microphone. */
export function Sound({ track }: { readonly track: MediaStreamTrack | undefined }) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => play(element.current, track), [track]);
  return <audio ref={element} autoPlay />;
}

function play(element: HTMLMediaElement | null, track: MediaStreamTrack | undefined): void {
  if (element !== null) {
    element.srcObject = track === undefined ? null : new MediaStream([track]);
  }
}
