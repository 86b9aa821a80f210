/** Searches a household keeps. */
import { answer, api } from "@/api/client";
import { useAnswer, useCommand } from "@/api/questions";

export interface SavedSearches {
  list: readonly { id: string; name: string; query: string }[];
  /** Whether this search is kept. */
  has: (query: string) => boolean;
  /** Keeps this search under its own words, or keeps it no longer. */
  toggle: (query: string) => void;
}

export function useSavedSearches(): SavedSearches {
  const list = useAnswer("/api/v1/searches", undefined, { staleTime: 300_000 }).data?.items ?? [];
  const change = useCommand(async (query: string) => {
    const kept = list.filter((search) => search.query === query);
    if (kept.length === 0) return void (await answer(api.POST("/api/v1/searches", { body: { name: query.slice(0, 200), query } })));
    for (const { id } of kept) await answer(api.DELETE("/api/v1/searches/{search_id}", { params: { path: { search_id: id } } }));
  });
  return { list, has: (query) => list.some((search) => search.query === query), toggle: change.mutate };
}
