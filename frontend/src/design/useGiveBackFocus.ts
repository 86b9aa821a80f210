import { useRef } from "react";

/**
 * Gives the focus back to what had it before a dialog opened, for `onCloseAutoFocus`. Radix itself only knows the way
 * back to a trigger of its own, which dialogs that open from the keyboard or from a list do not have.
 */
export function useGiveBackFocus(open: boolean): (event: Event) => void {
  const before = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  if (open && !wasOpen.current) before.current = document.activeElement;
  wasOpen.current = open;
  return (event) => {
    event.preventDefault();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
}
