/** How amounts, shares, days and months are written, after the language and the grouping a person prefers. */
import { usePreferences, type Preferences } from "./preferences";

const REGION = { en: "en-GB", hi: "hi-IN", de: "de-DE", es: "es-ES" } as const;

/** Currencies whose own people count in lakh and crore. */
const LAKH = new Set(["INR", "PKR", "BDT", "NPR", "LKR"]);

function numberLocale({ language, grouping }: Preferences, currency?: string): string {
  if (grouping === "language" && language === "en" && currency && LAKH.has(currency)) return "en-IN";
  if (grouping === "indian") return language === "hi" ? "hi-IN-u-nu-latn" : "en-IN";
  if (grouping === "western") return language === "hi" || language === "en" ? "en-US" : REGION[language];
  return language === "hi" ? "hi-IN-u-nu-latn" : REGION[language];
}

type Amount = string | number | null | undefined;

// A formatter costs more to make than a hundred figures to write: each is made once, when it is first needed.
const kept = new Map<string, unknown>();

function made<Format>(key: string, make: () => Format): Format {
  if (!kept.has(key)) kept.set(key, make());
  return kept.get(key) as Format;
}

const numbers = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  made(`n ${locale} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options));

const days = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  made(`d ${locale} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options));

/** Minus signs as wide as a plus, so that columns of amounts stand straight. */
const withMinus = (text: string): string => text.replace("-", "\u2212");

export interface MoneyStyle {
  /** `always` puts a plus before what comes in. */
  sign?: "auto" | "always" | "never";
  /** No minor units, for headlines. */
  whole?: boolean;
  /** 12.4 lakh, 3.2 M. */
  compact?: boolean;
}

const DAY = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
const DAY_SHORT = { day: "numeric", month: "short", timeZone: "UTC" } as const;
const WEEKDAY = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" } as const;
const WEEKDAY_SHORT = { weekday: "short", timeZone: "UTC" } as const;
const MONTH = { month: "long", year: "numeric", timeZone: "UTC" } as const;
const MONTH_SHORT = { month: "short", year: "2-digit", timeZone: "UTC" } as const;
const INSTANT = { dateStyle: "medium", timeStyle: "short" } as const;

function formats(preferred: Preferences) {
  const locale = numberLocale(preferred);
  const words = REGION[preferred.language];
  const at = (text: string) => new Date(`${text.length === 7 ? `${text}-01` : text}T00:00:00Z`);
  return {
    /** An amount in its currency. The API's decimal string is formatted as it is, without passing through a float. */
    money(amount: Amount, currency: string, style: MoneyStyle = {}): string {
      if (amount === null || amount === undefined) return "–";
      const signDisplay = style.sign === "always" ? "exceptZero" : (style.sign ?? "auto");
      const compact = style.compact ? ({ notation: "compact", maximumSignificantDigits: 4 } as const) : {};
      const digits = style.whole && !style.compact ? { maximumFractionDigits: 0 } : {};
      const format = numbers(numberLocale(preferred, currency), { style: "currency", currency, signDisplay, currencyDisplay: "narrowSymbol", ...digits, ...compact });
      return withMinus(format.format(amount as Intl.StringNumericLiteral));
    },
    /** A fraction as a percentage: 0.085 is 8.5 %. */
    percent(fraction: number | null | undefined, digits = 1, sign: MoneyStyle["sign"] = "auto"): string {
      if (fraction === null || fraction === undefined) return "–";
      const signDisplay = sign === "always" ? "exceptZero" : sign;
      return withMinus(numbers(locale, { style: "percent", maximumFractionDigits: digits, signDisplay }).format(fraction));
    },
    number(value: number | null | undefined, digits = 1): string {
      if (value === null || value === undefined) return "–";
      return withMinus(numbers(locale, { maximumFractionDigits: digits }).format(value));
    },
    /** A decimal string with its digits grouped and none lost. */
    exact(text: string, currency?: string): string {
      const places = Math.min(12, text.split(".")[1]?.length ?? 0);
      const least = places === 2 ? 2 : 0;
      return withMinus(numbers(numberLocale(preferred, currency), { minimumFractionDigits: least, maximumFractionDigits: places }).format(text as Intl.StringNumericLiteral));
    },
    day: (text: string) => days(words, DAY).format(at(text)),
    dayShort: (text: string) => days(words, DAY_SHORT).format(at(text)),
    weekday: (text: string) => days(words, WEEKDAY).format(at(text)),
    weekdayShort: (text: string) => days(words, WEEKDAY_SHORT).format(at(text)),
    month: (text: string) => days(words, MONTH).format(at(text)),
    monthShort: (text: string) => days(words, MONTH_SHORT).format(at(text)),
    instant: (text: string) => days(words, INSTANT).format(new Date(text)),
    /** "in 3 days", counted from `today`. */
    daysFrom(text: string, today: string): string {
      const ago = made(`a ${words}`, () => new Intl.RelativeTimeFormat(words, { numeric: "auto" }));
      return ago.format(Math.round((at(text).getTime() - at(today).getTime()) / 86_400_000), "day");
    },
  };
}

export type Formats = ReturnType<typeof formats>;

let latest: { of: Preferences; formats: Formats } | null = null;

export function useFormat(): Formats {
  const preferred = usePreferences();
  if (latest?.of !== preferred) latest = { of: preferred, formats: formats(preferred) };
  return latest.formats;
}
