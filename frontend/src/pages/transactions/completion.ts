/** What may follow at the place of the search language where the cursor stands. */
import type { Account, Category } from "@/api/household";

export interface Completion {
  /** What stands in the list. */
  label: string;
  /** What replaces the word that is being written. */
  text: string;
}

const FIELDS = ["category", "account", "merchant", "amount", "value", "date", "flow", "need", "status", "tag", "description", "note", "is", "has", "from", "to", "before", "after", "sort"];
const FIXED: Record<string, readonly string[]> = {
  flow: ["income", "expense", "transfer", "investment", "debt", "refund"],
  need: ["essential", "discretionary"],
  status: ["pending", "posted", "reconciled"],
  is: ["asked", "in", "out", "split", "paired", "decided", "uncategorized", "foreign", "imported"],
  has: ["note", "tag", "category", "merchant", "transfer", "split", "original", "import"],
  sort: ["-date", "date", "-amount", "amount"],
};
const DAYS = ["today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-quarter", "last-quarter", "this-year", "last-year", "last-30-days", "last-3-months"];
for (const field of ["date", "from", "to", "before", "after"]) FIXED[field] = DAYS;
const MOST = 8;

const quoted = (text: string) => (/[\s:,()"]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text);

/** The word the cursor stands in, from its start; a quoted text counts as one word. */
export function wordAt(text: string, cursor: number): { start: number; word: string } {
  let start = 0;
  let quoting = false;
  for (let index = 0; index < cursor; index += 1) {
    const sign = text[index];
    if (sign === '"' && text[index - 1] !== "\\") quoting = !quoting;
    if (!quoting && (sign === " " || sign === "(")) start = index + 1;
  }
  return { start, word: text.slice(start, cursor).replace(/^-/, "") };
}

export function completions(word: string, known: { accounts: readonly Account[]; categories: readonly Category[]; merchants: readonly string[] }): Completion[] {
  const [, field, wanted] = /^(\w+)(?::|!=)"?([^"]*)$/.exec(word) ?? [];
  const begins = (text: string) => text.toLowerCase().includes((wanted ?? "").toLowerCase());
  if (field === undefined) {
    if (!word) return [];
    return FIELDS.filter((name) => name.startsWith(word.toLowerCase()) && name !== word).map((name) => ({ label: `${name}:`, text: `${name}:` })).slice(0, MOST);
  }
  const values: { label: string; value: string }[] = (() => {
    if (field === "category") return known.categories.map((item) => ({ label: item.name, value: item.code }));
    if (field === "account") return known.accounts.map((item) => ({ label: item.name, value: item.name }));
    if (field === "merchant") return known.merchants.map((name) => ({ label: name, value: name }));
    return (FIXED[field] ?? []).map((value) => ({ label: value, value }));
  })();
  return values
    .filter((item) => begins(item.label) || begins(item.value))
    .slice(0, MOST)
    .map((item) => ({ label: item.label, text: `${field}:${quoted(item.value)}` }));
}
