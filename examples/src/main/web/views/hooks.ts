import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "../routing/api-error.ts";
import { systemClock } from "../routing/clock.ts";
import { patiently, type Wait } from "../routing/patience.ts";
import { pathOf, placeOf, type Place } from "../shell/location.ts";

/** The place that the address shows, and a way to go elsewhere. */
export function usePlace(): [Place, (place: Place) => void] {
  const [pathname, setPathname] = useState(location.pathname);
  useEffect(() => {
    const moved = (): void => setPathname(location.pathname);
    addEventListener("popstate", moved);
    return () => removeEventListener("popstate", moved);
  }, []);
  const go = useCallback((place: Place) => {
    history.pushState(null, "", pathOf(place));
    setPathname(location.pathname);
  }, []);
  return [placeOf(pathname), go];
}

export interface Action {
  readonly busy: boolean;
  readonly wait: Wait | undefined;
  readonly problem: string | undefined;
  /** Starts it, unless it runs already. */
  run(action: (signal: AbortSignal) => Promise<void>): void;
  cancel(): void;
  report(problem: string | undefined): void;
}

/** Something a person started and waits for: runs once at a time, waits while the server is busy, and tells failures in words. */
export function useAction(onSignedOut: () => void): Action {
  const [busy, setBusy] = useState(false);
  const [wait, setWait] = useState<Wait>();
  const [problem, setProblem] = useState<string>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = (action: (signal: AbortSignal) => Promise<void>): void => {
    if (running.current !== undefined) {
      return;
    }
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setProblem(undefined);
    patiently(action, controller.signal, systemClock, setWait)
      .catch((error: unknown) => {
        if (controller.signal.aborted) {
          return;
        }
        if (!(error instanceof ApiError)) {
          setProblem("This page failed. Reload it.");
          throw error;
        }
        if (error.status === 401) {
          onSignedOut();
        }
        setProblem(error.words);
      })
      .finally(() => {
        running.current = undefined;
        setBusy(false);
        setWait(undefined);
      });
  };
  return { busy, wait, problem, run, cancel: () => running.current?.abort(), report: setProblem };
}

/** Whole seconds until a moment, counting down; 0 once it has passed. */
export function useSecondsUntil(moment: number | undefined): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (moment === undefined) {
      return undefined;
    }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [moment]);
  return moment === undefined ? 0 : Math.max(0, Math.ceil((moment - now) / 1000));
}

/** Brings the keyboard to an element when it appears, except where that would open an on-screen keyboard. */
export function focusWithoutKeyboard(element: HTMLElement | null): void {
  if (matchMedia("(pointer: fine)").matches) {
    element?.focus();
  }
}
