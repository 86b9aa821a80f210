/**
 * Which rows of a long list are in view. Browsers cannot make an element taller than some thirty million pixels, which
 * is less than a million rows need. So the scrolled height is capped, small movements go row by row all the same, and
 * only large ones (the scroll bar, a jump) are taken as a share of the whole.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

const TALLEST = 8_000_000;
/** Rows drawn beyond those in view, in each direction. */
const SPARE = 10;
/** The drawn rows move on by this many at once: most frames of a scroll then draw nothing new. */
const STEP = 4;

export interface Window {
  first: number;
  last: number;
  /** How far from the top of the scrolled element the first row is drawn, in pixels. */
  top: number;
  height: number;
  goTo: (index: number, align?: "start" | "nearest") => void;
}

export function useWindow(scroller: RefObject<HTMLElement | null>, count: number, rowHeight: number): Window {
  const real = count * rowHeight;
  const height = Math.min(real, TALLEST);
  const state = useRef({ scrolled: 0, offset: 0 });
  const [shown, setShown] = useState<Omit<Window, "height" | "goTo">>({ first: 0, last: Math.min(count - 1, 30), top: 0 });
  const draw = useCallback(
    (position: number, offset: number, view: number) => {
      const first = Math.max(0, Math.floor((position / rowHeight - SPARE) / STEP) * STEP);
      const last = Math.min(count - 1, Math.ceil(((position + view) / rowHeight + SPARE) / STEP) * STEP);
      const top = first * rowHeight - offset;
      setShown((before) => (before.first === first && before.last === last && before.top === top ? before : { first, last, top }));
    },
    [count, rowHeight],
  );

  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const view = element.clientHeight;
    const kept = state.current;
    const now = element.scrollTop;
    const room = Math.max(1, height - view);
    if (real <= height) kept.offset = 0;
    else if (Math.abs(now - kept.scrolled) > view * 2 || now <= 0 || now >= room - 1) {
      kept.offset = Math.round((now / room) * (real - view)) - now;
    }
    kept.scrolled = now;
    const position = Math.max(0, Math.min(real - view, now + kept.offset));
    draw(position, position - now, view);
  }, [scroller, real, height, draw]);

  useLayoutEffect(look, [look]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let waiting = 0;
    const onScroll = () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(look);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      cancelAnimationFrame(waiting);
      element.removeEventListener("scroll", onScroll);
      sizes.disconnect();
    };
  }, [scroller, look]);

  const goTo = useCallback(
    (index: number, align: "start" | "nearest" = "nearest") => {
      const element = scroller.current;
      if (!element) return;
      const view = element.clientHeight;
      const kept = state.current;
      const position = element.scrollTop + kept.offset;
      const target = index * rowHeight;
      if (align === "nearest" && target >= position && target + rowHeight <= position + view) return;
      const wanted = Math.max(0, Math.min(real - view, align === "start" || target < position ? target : target + rowHeight - view));
      const room = Math.max(1, height - view);
      const scrolled = real <= height ? wanted : Math.round((wanted / Math.max(1, real - view)) * room);
      kept.offset = wanted - scrolled;
      kept.scrolled = scrolled;
      element.scrollTop = scrolled;
      draw(wanted, kept.offset, view);
    },
    [scroller, real, height, rowHeight, draw],
  );

  return { ...shown, height, goTo };
}
