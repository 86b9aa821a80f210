/** What is tried out on the page, and the questions it makes of the simulation. */
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { answer, api, type Schema } from "@/api/client";
import type { Answer } from "@/api/questions";

export type Plan = Answer<"/api/v1/fire/plan">;
/** The rules that need nothing but the plan. */
export const RULES = ["constant_real", "constant_percent", "floor_ceiling", "guyton_klinger", "vanguard_dynamic", "ratchet", "vpw", "amortization", "rmd", "ninety_five", "endowment", "hebeler"] as const;
export type Strategy = (typeof RULES)[number];
export type Simulation = Awaited<ReturnType<typeof simulated>>;

export interface Tried {
  portfolio: number;
  spending: number;
  /** Saved in a year until independence. */
  saving: number;
  workYears: number;
  years: number;
  /** Real return a year and its standard deviation, in hundredths of a percent. */
  mean: number;
  volatility: number;
  strategy: Strategy;
}

/** While a slider moves; the answer at rest is drawn with more. */
const QUICK_PATHS = 1_500;
const PATHS = 10_000;

export const COMPARED: readonly Strategy[] = ["constant_real", "guyton_klinger", "vanguard_dynamic", "vpw", "amortization", "constant_percent"];

/** The household's own plan as the place to begin. */
export function begin(plan: Plan): Tried {
  const months = Math.max(0, Math.round(Number(plan.monthly_savings.value ?? 0)));
  return {
    portfolio: Math.max(0, Math.round(Number(plan.invested.value ?? 0))),
    spending: Math.max(1, Math.round(Number(plan.annual_expenses.value ?? 1))),
    saving: months * 12,
    workYears: 20,
    years: 50,
    mean: Math.round((plan.real_return.value ?? 0.04) * 10_000),
    volatility: Math.round((plan.volatility.value ?? 0.12) * 10_000),
    strategy: "constant_real",
  };
}

/** A percentile of a fan; the API names them, so that one might be missing. */
export const percentile = (fan: Record<string, string[]>, name: string): number[] => (fan[name] ?? []).map(Number);

const fraction = (hundredths: number): string => (hundredths / 10_000).toFixed(4);

function body(tried: Tried, paths: number, openPath?: number): Schema<"SimulationBody"> {
  return {
    portfolio: tried.portfolio.toFixed(0),
    annual_spending: tried.spending.toFixed(0),
    contributions: tried.saving.toFixed(0),
    retire_after_years: Math.min(tried.workYears, tried.years),
    years: tried.years,
    mean: fraction(tried.mean),
    volatility: fraction(tried.volatility),
    strategy: tried.strategy,
    paths,
    ...(openPath === undefined ? {} : { open_path: openPath }),
  } as Schema<"SimulationBody">;
}

const simulated = (given: Schema<"SimulationBody">, signal: AbortSignal) => answer(api.POST("/api/v1/fire/simulation", { body: given, signal }));

/** The simulation of what is tried; the curve before stays until the next is there. */
export function useSimulation(tried: Tried, settled: boolean) {
  const given = body(tried, settled ? PATHS : QUICK_PATHS);
  return useQuery({ queryKey: ["simulation", given], queryFn: ({ signal }) => simulated(given, signal), placeholderData: keepPreviousData, retry: false });
}

/** One path of it, year by year. */
export function usePath(tried: Tried, path: number, enabled: boolean) {
  const given = body(tried, PATHS, path);
  return useQuery({ queryKey: ["simulation", given], queryFn: ({ signal }) => simulated(given, signal), placeholderData: keepPreviousData, retry: false, enabled });
}

/** The same household under several spending rules. */
export function useStrategies(tried: Tried, enabled: boolean) {
  return useQueries({
    queries: COMPARED.map((strategy) => {
      const given = body({ ...tried, strategy }, 4_000);
      return { queryKey: ["simulation", given], queryFn: ({ signal }: { signal: AbortSignal }) => simulated(given, signal), enabled, placeholderData: keepPreviousData, retry: false };
    }),
  });
}
