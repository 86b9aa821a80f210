/** Searches a person keeps, in this browser. */
import { useState } from "react";
import { useHousehold } from "@/api/household";

const MOST = 20;

function load(key: string): string[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as string[];
  } catch {
    return [];
  }
}

export function useSavedSearches(): { list: readonly string[]; toggle: (search: string) => void } {
  const key = `finapp.searches.${useHousehold()?.household_id ?? ""}`;
  const [, again] = useState(0);
  const list = load(key);
  const toggle = (search: string) => {
    const next = list.includes(search) ? list.filter((item) => item !== search) : [search, ...list].slice(0, MOST);
    localStorage.setItem(key, JSON.stringify(next));
    again((count) => count + 1);
  };
  return { list, toggle };
}
