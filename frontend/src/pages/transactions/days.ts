/** Spans of days, as ISO texts counted without time zones. */

export interface Days {
  first: string;
  last: string;
}

const iso = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The days of `2026-07`. */
export function daysOf(month: string): Days {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return { first: `${month}-01`, last: iso(year, number, 0) };
}

export const isWithin = (day: string, { first, last }: Days): boolean => first <= day && day <= last;

/** About `count` spans of equal length that make up `days` of one month, the latest first. */
export function parts({ first, last }: Days, count: number): Days[] {
  const [year, month, begin] = first.split("-").map(Number) as [number, number, number];
  const length = Number(last.slice(8)) - begin + 1;
  const step = Math.max(1, Math.floor(length / count));
  const made: Days[] = [];
  for (let end = begin + length - 1; end >= begin; end -= step) {
    made.push({ first: iso(year, month - 1, Math.max(begin, end - step + 1)), last: iso(year, month - 1, end) });
  }
  return made;
}
