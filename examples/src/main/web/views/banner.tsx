import type { ReactNode } from "react";
import type { Notice } from "../chat/notices.ts";
import type { Wait } from "../routing/patience.ts";
import { timeOf } from "../shell/times.ts";
import { useSecondsUntil } from "./hooks.ts";
import { ClockIcon, CloseIcon, MegaphoneIcon, WarningIcon } from "./icons.tsx";

interface ErrorBannerProps {
  readonly words: string;
  readonly onDismiss?: () => void;
  readonly children?: ReactNode;
}

/** Something went wrong; the children are ways out. */
export function ErrorBanner({ words, onDismiss, children }: ErrorBannerProps) {
  return (
    <div className="banner banner-error" role="alert" data-testid="error-banner">
      <WarningIcon />
      <p>{words}</p>
      {children}
      {onDismiss !== undefined && (
        <button type="button" className="button-icon" onClick={onDismiss} aria-label="Dismiss">
          <CloseIcon />
        </button>
      )}
    </div>
  );
}

interface NoticeBannerProps {
  readonly notice: Notice;
  readonly onDismiss: () => void;
}

/** An operator of the server said something to everybody; the announcer reads it aloud. */
export function NoticeBanner({ notice, onDismiss }: NoticeBannerProps) {
  return (
    <div className="banner banner-notice" data-testid="notice">
      <MegaphoneIcon />
      <p dir="auto">{notice.text}</p>
      <time dateTime={notice.timestamp}>{timeOf(notice.timestamp)}</time>
      <button type="button" className="button-icon" onClick={onDismiss} aria-label="Dismiss">
        <CloseIcon />
      </button>
    </div>
  );
}

interface WaitBannerProps {
  readonly wait: Wait;
  readonly children?: ReactNode;
}

/** Nothing to do but wait; says why and how long. The countdown is for the eye only, or it would be read aloud every second. */
export function WaitBanner({ wait, children }: WaitBannerProps) {
  const seconds = useSecondsUntil(wait.until);
  return (
    <div className="banner banner-wait" role="status">
      <ClockIcon />
      <p>
        {wait.why} <span aria-hidden="true">{seconds > 0 ? `Trying again in ${seconds} s.` : "Trying again…"}</span>
        <span className="visually-hidden">Trying again shortly.</span>
      </p>
      {children}
    </div>
  );
}
