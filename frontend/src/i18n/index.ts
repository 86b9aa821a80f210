/**
 * Interface texts. `src/texts/<language>.json` is the namespace `common`; `src/pages/<page>/texts/<language>.json` is
 * the namespace `<page>`. A page's texts load with the page. English is the language of reference: it types the keys.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { preferences, prefer, type Language } from "@/preferences/preferences";

type Texts = { default: Record<string, unknown> };
const files = import.meta.glob<Texts>(["../texts/*.json", "../pages/*/texts/*.json"]);

function path(language: string, namespace: string): string {
  return namespace === "common" ? `../texts/${language}.json` : `../pages/${namespace}/texts/${language}.json`;
}

let started: Promise<unknown> | null = null;

/** Loads the texts of a page together with its code, and with the texts of the frame where those are on their way. */
export async function loadTexts(namespace: string): Promise<void> {
  void files[path(preferences().language, namespace)]?.();
  await startTexts();
  await i18next.loadNamespaces(namespace);
}

export function startTexts(): Promise<unknown> {
  started ??= i18next
    .use({
      type: "backend",
      async read(language: string, namespace: string) {
        const load = files[path(language, namespace)];
        if (!load) throw new Error(`no texts for ${namespace} in ${language}`);
        return (await load()).default;
      },
    } as never)
    .use(initReactI18next)
    .init({
      showSupportNotice: false,
      lng: preferences().language,
      fallbackLng: false,
      supportedLngs: ["en", "hi", "de", "es"],
      ns: ["common"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  return started;
}

export async function speak(language: Language): Promise<void> {
  prefer({ language });
  await i18next.changeLanguage(language);
}
