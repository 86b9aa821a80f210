/**
 * The rows of a filter, however many: the outline says how many there are in each month, and only the months in view
 * are read, from their newest day on. A row's place in the list is known before the row is.
 */
import { answer, api, type Schema } from "@/api/client";
import { daysOf, isWithin, parts, type Days } from "./days";
import { isByDate, type Filter } from "./filter";

export type Row = Schema<"Transaction">;

interface Bucket {
  /** Days of the bucket, none where rows do not come by date. */
  days: Days | null;
  start: number;
  count: number;
  rows: Row[];
  /** Where the next page begins; undefined before the first, null after the last. */
  cursor: string | null | undefined;
  loading: boolean;
  wanted: number;
  stale: boolean;
  /** Whether it is too long to be read from its beginning and no attempt was made yet to part it. */
  long: boolean;
}

const PAGE = 200;
const MOST_ROWS = 40_000;
/** Rows read beyond those in view, in each direction. */
const AHEAD = 60;
/** A bucket is parted into spans of days when so many of its rows lie between those read and those wanted. */
const FAR = 1_500;

const empty = (days: Days | null, start: number, count: number): Bucket => ({
  days, start, count, rows: [], cursor: undefined, loading: false, wanted: 0, stale: false, long: days !== null && count > FAR,
});

export class RowStore {
  readonly total: number;
  private readonly buckets: Bucket[];
  private readonly starts: { month: string; start: number; count: number }[] = [];
  private readonly byDate: boolean;
  private readonly listeners = new Set<() => void>();
  private version = 0;
  private stopped = new AbortController();
  failure: Error | null = null;

  /** `before` is the list as it was: its rows stay in sight until they have been read again. */
  constructor(readonly filter: Filter, outline: Schema<"Outline">, before?: RowStore) {
    this.total = outline.total;
    this.byDate = isByDate(filter);
    const months = this.byDate ? outline.months : [{ month: "", count: outline.total }];
    let start = 0;
    this.buckets = months.map(({ month, count }) => {
      const bucket = empty(month ? daysOf(month) : null, start, count);
      if (this.byDate) this.starts.push({ month, start, count });
      start += count;
      const old = before?.buckets.find((item) => item.days?.first === bucket.days?.first && item.days?.last === bucket.days?.last);
      if (old) Object.assign(bucket, { rows: old.rows.slice(0, count), wanted: Math.min(old.wanted, count), stale: old.rows.length > 0 });
      return bucket;
    });
  }

  subscribe = (tell: () => void): (() => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };

  seen = (): number => this.version;

  stop(): void {
    this.stopped.abort();
  }

  private bucketAt(index: number): Bucket | undefined {
    let low = 0;
    let high = this.buckets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.buckets[middle]!.start <= index) low = middle;
      else high = middle - 1;
    }
    return this.buckets[low];
  }

  at(index: number): Row | undefined {
    const bucket = this.bucketAt(index);
    return bucket?.rows[index - bucket.start];
  }

  monthAt(index: number): string {
    return this.bucketAt(index)?.days?.first.slice(0, 7) ?? "";
  }

  months(): readonly { month: string; start: number; count: number }[] {
    return this.starts;
  }

  indexOf(id: string): number {
    for (const bucket of this.buckets) {
      const found = bucket.rows.findIndex((row) => row.id === id);
      if (found >= 0) return bucket.start + found;
    }
    return -1;
  }

  /** Makes the rows from `first` to `last` come. */
  want(first: number, last: number): void {
    const from = Math.max(0, first - AHEAD);
    const to = Math.min(this.total - 1, last + AHEAD);
    for (const bucket of this.buckets) {
      if (bucket.start > to || bucket.start + bucket.count <= from) continue;
      bucket.wanted = Math.max(bucket.wanted, Math.min(bucket.count, to - bucket.start + 1));
      if (bucket.loading || (bucket.rows.length >= bucket.wanted && !bucket.stale)) continue;
      if (bucket.long && from - bucket.start - bucket.rows.length > FAR) void this.part(bucket, from, to);
      else void this.load(bucket);
    }
    this.forgetFar(from, to);
  }

  /** Rows that were changed are shown as they were until they have been read again. */
  refresh(): void {
    for (const bucket of this.buckets) bucket.stale = bucket.rows.length > 0;
  }

  /** Puts spans of days in the place of a long bucket, so that its end can be read without all that comes before. */
  private async part(bucket: Bucket, from: number, to: number): Promise<void> {
    bucket.loading = true;
    const spans = parts(bucket.days!, Math.ceil(bucket.count / FAR));
    const { from: least = "", to: most = "9999" } = this.filter;
    try {
      const counts = await Promise.all(spans.map(async ({ first, last }) => {
        const query = { ...this.filter, from: first > least ? first : least, to: last < most ? last : most };
        return query.from > query.to ? 0 : (await answer(api.GET("/api/v1/transactions/outline", { params: { query: query as never }, signal: this.stopped.signal }))).total;
      }));
      if (counts.reduce((sum, count) => sum + count, 0) === bucket.count) {
        let start = bucket.start;
        const made = spans.map((days, index) => {
          const one = empty(days, start, counts[index]!);
          start += one.count;
          const rows = bucket.rows.filter((row) => isWithin(row.date, days));
          return { ...one, rows, stale: rows.length > 0, long: one.long && days.first < days.last };
        });
        this.buckets.splice(this.buckets.indexOf(bucket), 1, ...made.filter((one) => one.count > 0));
        return this.want(from + AHEAD, to - AHEAD);
      }
    } catch (error) {
      if (this.stopped.signal.aborted) return;
      this.failure = error as Error;
      this.tell();
    } finally {
      bucket.loading = false;
    }
    bucket.long = false;
    void this.load(bucket);
  }

  private async load(bucket: Bucket): Promise<void> {
    bucket.loading = true;
    let rows = bucket.stale ? [] : bucket.rows;
    let cursor = bucket.stale ? undefined : bucket.cursor;
    const enough = Math.max(bucket.wanted, bucket.stale ? bucket.rows.length : 0);
    try {
      while (rows.length < enough && cursor !== null) {
        const { days } = bucket;
        const page = await this.page(cursor ?? (days ? `date:${days.last}` : undefined));
        const own = page.items.filter((row) => !days || isWithin(row.date, days));
        rows = [...rows, ...own];
        cursor = page.next_cursor;
        if (!bucket.stale || rows.length >= enough) this.keep(bucket, rows, cursor);
        if (own.length < page.items.length) break;
      }
      this.keep(bucket, rows, cursor);
      bucket.stale = false;
      this.failure = null;
    } catch (error) {
      if (this.stopped.signal.aborted) return;
      this.failure = error as Error;
      this.tell();
    } finally {
      bucket.loading = false;
    }
    if (bucket.rows.length < bucket.wanted && bucket.cursor !== null && !this.failure && bucket.rows.length >= enough) void this.load(bucket);
  }

  private keep(bucket: Bucket, rows: Row[], cursor: string | null | undefined): void {
    bucket.rows = rows;
    bucket.cursor = cursor;
    this.tell();
  }

  private page(cursor: string | undefined): Promise<Schema<"TransactionPage">> {
    const query = { ...this.filter, limit: PAGE, ...(cursor ? { cursor } : {}) };
    return answer(api.GET("/api/v1/transactions", { params: { query: query as never }, signal: this.stopped.signal }));
  }

  private forgetFar(from: number, to: number): void {
    let held = this.buckets.reduce((sum, bucket) => sum + bucket.rows.length, 0);
    if (held <= MOST_ROWS) return;
    const middle = (from + to) / 2;
    const far = [...this.buckets].sort((a, b) => Math.abs(b.start - middle) - Math.abs(a.start - middle));
    for (const bucket of far) {
      if (held <= MOST_ROWS / 2 || (bucket.start <= to && bucket.start + bucket.count > from)) continue;
      held -= bucket.rows.length;
      Object.assign(bucket, { rows: [], cursor: undefined, wanted: 0 });
    }
  }

  private tell(): void {
    this.version += 1;
    for (const tell of this.listeners) tell();
  }
}
