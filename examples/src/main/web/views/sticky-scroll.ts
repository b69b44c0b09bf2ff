import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { Entry, Timeline } from "../chat/timeline.ts";

/** How near to an edge counts as being there, in pixels. */
const NEAR = 80;

interface StickyScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: RefObject<HTMLOListElement | null>;
  /** Messages that came below while the reader was further up. */
  readonly unseen: number;
  onScroll(): void;
  toEnd(): void;
}

/** The row that the reader has at the top, and where it stands among the rows, in pixels. */
interface Anchor {
  readonly row: HTMLElement;
  readonly top: number;
}

/**
 * Keeps the newest message in view for a reader who is at the end, and everything where it is for one who has scrolled up, also when
 * rows are put above or let go there, or the on-screen keyboard takes half of the screen.
 */
export function useStickyScroll(timeline: Timeline, onTop: () => void): StickyScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const anchor = useRef<Anchor>(undefined);
  const shown = useRef(timeline);
  const [unseen, setUnseen] = useState(0);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) {
      return;
    }
    const before = shown.current;
    shown.current = timeline;
    if (atEnd.current || timeline.outgoing.length > before.outgoing.length) {
      element.scrollTop = element.scrollHeight;
    } else {
      hold(element, anchor.current);
      setUnseen((count) => count + arrivedSince(before.entries, timeline.entries));
    }
    anchor.current = anchorOf(element, rows.current);
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
    anchor.current = anchorOf(element, rows.current);
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
  return { scroller, rows, unseen, onScroll, toEnd };
}

function hold(scroller: HTMLElement, anchor: Anchor | undefined): void {
  if (anchor?.row.isConnected === true) {
    scroller.scrollTop += anchor.row.offsetTop - anchor.top;
  }
}

/** The first message that is not wholly above the top edge; by halving, since there may be a thousand. A divider may not last. */
function anchorOf(scroller: HTMLElement, list: HTMLElement | null): Anchor | undefined {
  const rows = list?.children ?? [];
  let first = 0;
  let end = rows.length;
  while (first < end) {
    const middle = (first + end) >> 1;
    const row = rows[middle] as HTMLElement;
    if (row.offsetTop + row.offsetHeight <= scroller.scrollTop) {
      first = middle + 1;
    } else {
      end = middle;
    }
  }
  while (rows[first]?.classList.contains("divider") === true) {
    first++;
  }
  const row = rows[first] as HTMLElement | undefined;
  return row === undefined ? undefined : { row, top: row.offsetTop };
}

function arrivedSince(before: readonly Entry[], now: readonly Entry[]): number {
  const newest = before.at(-1)?.key;
  const at = now.findLastIndex((entry) => entry.key === newest);
  return at < 0 ? 0 : now.length - 1 - at;
}
