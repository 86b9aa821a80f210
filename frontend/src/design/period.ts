/** Periods of whole months that a page asks for. Days are ISO texts, counted without time zones. */

export interface Period {
  from: string;
  to: string;
}

export type Span = "month" | "quarter" | "year" | "twoYears";

const MONTHS: Record<Span, number> = { month: 1, quarter: 3, year: 12, twoYears: 24 };

function monthsBack(day: Date, months: number): Date {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - months, 1));
}

const iso = (day: Date): string => day.toISOString().slice(0, 10);

/** The whole months of a span that ended before `today`; `month` is the present one until today. */
export function period(span: Span, today: string): Period {
  const now = new Date(`${today}T00:00:00Z`);
  if (span === "month") return { from: `${today.slice(0, 7)}-01`, to: today };
  const end = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0));
  return { from: iso(monthsBack(now, MONTHS[span])), to: iso(end) };
}

/** The month `step` months after `2026-07`. */
export function monthAfter(month: string, step: number): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return iso(new Date(Date.UTC(year, number - 1 + step, 1))).slice(0, 7);
}

/** The days of the weeks, Monday first, that a month lies in. */
export function weeksOf(month: string): string[] {
  const [year, number] = month.split("-").map(Number) as [number, number];
  const lead = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7;
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const cells = Math.ceil((lead + length) / 7) * 7;
  return Array.from({ length: cells }, (_, index) => iso(new Date(Date.UTC(year, number - 1, 1 - lead + index))));
}
