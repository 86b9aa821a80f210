/** What many pages need of the household: its accounts and categories, read once and kept. */
import { useMemo } from "react";
import type { Schema } from "./client";
import { useAnswer } from "./questions";

export type Account = Schema<"Account">;
export type Category = Schema<"Category">;

const KEPT = { staleTime: 300_000 };

export function useAccounts(): { list: readonly Account[]; byId: ReadonlyMap<string, Account> } {
  const asked = useAnswer("/api/v1/accounts", { params: { query: { limit: 500 } } }, KEPT);
  return useMemo(() => {
    const list = asked.data?.items ?? [];
    return { list, byId: new Map(list.map((item) => [item.id, item])) };
  }, [asked.data]);
}

export function useCategories(): { list: readonly Category[]; byId: ReadonlyMap<string, Category>; leaves: readonly Category[] } {
  const asked = useAnswer("/api/v1/categories", undefined, KEPT);
  return useMemo(() => {
    const list = asked.data?.items ?? [];
    const parents = new Set(list.map((item) => item.parent_id));
    return { list, byId: new Map(list.map((item) => [item.id, item])), leaves: list.filter((item) => !parents.has(item.id) && item.parent_id !== null) };
  }, [asked.data]);
}

export function useHousehold(): Schema<"Person"> | undefined {
  return useAnswer("/api/v1/auth/me", undefined, { staleTime: 3_600_000 }).data;
}
