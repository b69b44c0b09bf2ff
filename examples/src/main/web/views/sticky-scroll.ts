import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { Timeline } from "../chat/timeline.ts";

/** How near to an edge counts as being there, in pixels. */
const NEAR = 80;

interface StickyScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Messages that came below while the reader was further up. */
  readonly unseen: number;
  onScroll(): void;
  toEnd(): void;
}

/**
 * Keeps the newest message in view for a reader who is at the end, and everything where it is for one who has scrolled up, also when
 * older messages are put above or the on-screen keyboard takes half of the screen.
 */
export function useStickyScroll(timeline: Timeline, onTop: () => void): StickyScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const before = useRef({ timeline, height: 0 });
  const [unseen, setUnseen] = useState(0);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) {
      return;
    }
    const { timeline: last, height } = before.current;
    const lost = last.entries[0]?.key !== timeline.entries[0]?.key;
    const sent = timeline.outgoing.length > last.outgoing.length;
    if (atEnd.current || sent) {
      element.scrollTop = element.scrollHeight;
    } else if (lost) {
      element.scrollTop += element.scrollHeight - height;
    } else {
      setUnseen((count) => count + Math.max(0, timeline.entries.length - last.entries.length));
    }
    before.current = { timeline, height: element.scrollHeight };
  }, [timeline]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) {
      return undefined;
    }
    const resized = new ResizeObserver(() => {
      if (atEnd.current) {
        element.scrollTop = element.scrollHeight;
      }
    });
    resized.observe(element);
    return () => resized.disconnect();
  }, []);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) {
      return;
    }
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    if (atEnd.current) {
      setUnseen(0);
    } else if (element.scrollTop < NEAR) {
      onTop();
    }
  };
  const toEnd = (): void => {
    const element = scroller.current;
    if (element !== null) {
      element.scrollTop = element.scrollHeight;
    }
  };
  return { scroller, unseen, onScroll, toEnd };
}
