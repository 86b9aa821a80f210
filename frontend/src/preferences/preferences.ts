/** What a person prefers in this browser. Nothing here changes what the household's figures are. */
import { useSyncExternalStore } from "react";

export const LANGUAGES = { en: "English", hi: "हिन्दी", de: "Deutsch", es: "Español" } as const;
export type Language = keyof typeof LANGUAGES;

export interface Preferences {
  theme: "system" | "light" | "dark";
  language: Language;
  /** How digits are grouped: by the language, in lakh and crore, or in thousands and millions. */
  grouping: "language" | "indian" | "western";
  /** Large amounts as 12.4 lakh rather than in full, where a figure is a headline. */
  compact: boolean;
  /** Amounts are blurred. */
  private: boolean;
  /** The day on which the person's month begins. */
  monthStart: number;
}

const KEY = "finapp.preferences";

function ofBrowser(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in LANGUAGES);
  return (wanted as Language | undefined) ?? "en";
}

function load(): Preferences {
  const standard: Preferences = {
    theme: "system",
    language: ofBrowser(),
    grouping: "language",
    compact: false,
    private: false,
    monthStart: 1,
  };
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>) };
  } catch {
    return standard;
  }
}

let current = load();
const listeners = new Set<() => void>();

/** Puts the preferences on the document, where the styles see them. */
export function show(): void {
  const root = document.documentElement;
  if (current.theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = current.theme;
  if (current.private) root.dataset["private"] = "";
  else delete root.dataset["private"];
  root.lang = current.language;
}

export function prefer(changes: Partial<Preferences>): void {
  current = { ...current, ...changes };
  localStorage.setItem(KEY, JSON.stringify(current));
  show();
  for (const tell of listeners) tell();
}

export const preferences = (): Preferences => current;

window.addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  current = load();
  show();
  for (const tell of listeners) tell();
});

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences);
