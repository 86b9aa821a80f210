/** Keyboard shortcuts of the whole page. Those of one page are listed by it with `usePageKeys`. */
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { address, PAGES } from "./navigation";

const PATIENCE_MS = 1200;

/** Whether a key press belongs to a control that takes text. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

const inDialog = (): boolean => document.querySelector("[data-modal]") !== null;

/** g and a letter go to a page, Ctrl or Cmd and K opens the palette, ? lists the shortcuts. */
export function useShortcuts({ palette, help }: { palette: () => void; help: () => void }): void {
  const navigate = useNavigate();
  const pressed = useRef(0);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        palette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || inDialog()) return;
      const page = Date.now() - pressed.current < PATIENCE_MS ? PAGES.find((entry) => entry.key === event.key) : undefined;
      pressed.current = event.key === "g" ? Date.now() : 0;
      if (page) {
        event.preventDefault();
        // The page's own keys must not hear the second letter.
        event.stopImmediatePropagation();
        void navigate(address(page));
      } else if (event.key === "?") help();
    };
    document.addEventListener("keydown", listen, { capture: true });
    return () => document.removeEventListener("keydown", listen, { capture: true });
  }, [navigate, palette, help]);
}

/** A page's own keys: `usePageKeys({ j: next, k: previous })`. They rest while one types or a dialog is open. */
export function usePageKeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  const present = useRef(keys);
  present.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || inDialog()) return;
      const act = present.current[event.key];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
