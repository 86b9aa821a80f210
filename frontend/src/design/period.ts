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
