import { useSyncExternalStore } from "react";

const wide = matchMedia("(min-width: 40rem)");

function subscribe(tell: () => void): () => void {
  wide.addEventListener("change", tell);
  return () => wide.removeEventListener("change", tell);
}

/** Whether a drawing has the room of more than a phone. */
export const useWide = (): boolean => useSyncExternalStore(subscribe, () => wide.matches);
