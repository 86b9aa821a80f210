/** The list's filter is the page's address, in the names of the API. */
import { useMemo } from "react";
import { useSearchParams } from "react-router";

export const FIELDS = ["q", "account_id", "category_id", "merchant_id", "tag", "from", "to", "min_amount", "max_amount", "kind", "need", "status", "asks", "import_id", "sort"] as const;
export type Filter = Partial<Record<(typeof FIELDS)[number], string>>;

export function useFilter(): [Filter, (changes: Filter) => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const filter = useMemo(() => {
    const params = new URLSearchParams(text);
    return Object.fromEntries(FIELDS.flatMap((name) => (params.get(name) ? [[name, params.get(name)!]] : []))) as Filter;
  }, [text]);
  const change = (changes: Filter) => {
    const next = { ...filter, ...changes };
    setSearch(Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as Record<string, string>, { replace: true });
  };
  return [filter, change];
}

/** Whether the rows come newest first, so that months and days can be jumped to. */
export const isByDate = (filter: Filter): boolean => !filter.sort && !/\bsort:/.test(filter.q ?? "");

const quoted = (text: string) => `"${text.replaceAll('"', '\\"')}"`;

/** The filter in the search language, for a bulk edit of everything it finds; null when it cannot be said there. */
export function asQuery(filter: Filter): string | null {
  if (filter.merchant_id) return null;
  const parts = [
    filter.q && `(${filter.q})`,
    filter.account_id && `account:${quoted(filter.account_id)}`,
    filter.category_id && `category:${quoted(filter.category_id)}`,
    filter.tag && `tag:${quoted(filter.tag)}`,
    filter.from && `from:${filter.from}`,
    filter.to && `to:${filter.to}`,
    filter.min_amount && `value>=${filter.min_amount}`,
    filter.max_amount && `value<=${filter.max_amount}`,
    filter.kind && `flow:${filter.kind}`,
    filter.need && `need:${filter.need}`,
    filter.status && `status:${filter.status}`,
    filter.asks === "true" && "is:asked",
    filter.import_id && `import:${quoted(filter.import_id)}`,
  ].filter(Boolean);
  return parts.length ? parts.join(" ") : null;
}
