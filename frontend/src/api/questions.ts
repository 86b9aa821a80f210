/** Reading and changing: the two hooks that every page uses. */
import {
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from "@tanstack/react-query";
import { flushSync } from "react-dom";
import type { FetchResponse, MaybeOptionalInit } from "openapi-fetch";
import type { PathsWithMethod } from "openapi-typescript-helpers";
import { api, answer } from "./client";
import { Problem } from "./problem";
import { session } from "./session";
import type { paths } from "./schema";

type GetPath = PathsWithMethod<paths, "get">;
type GetInit<P extends GetPath> = MaybeOptionalInit<paths[P], "get">;
/** What GET `P` answers: `Answer<"/api/v1/net-worth">`. */
export type Answer<P extends GetPath> = NonNullable<
  FetchResponse<paths[P]["get"] & Record<string | number, unknown>, GetInit<P>, "application/json">["data"]
>;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 0 || error.status >= 500),
      retryDelay: (count) => 400 * 2 ** count,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

/** The query of a GET, for `useQuery`, `prefetchQuery` and `useQueries`. */
export function question<P extends GetPath>(path: P, init?: GetInit<P>): {
  queryKey: readonly unknown[];
  queryFn: (context: { signal: AbortSignal }) => Promise<Answer<P>>;
} {
  const get = api.GET as (path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
  return {
    queryKey: [path, init ?? null],
    queryFn: ({ signal }) => answer(get(path, { ...init, signal })) as Promise<Answer<P>>,
  };
}

type Options<T> = Pick<
  UseQueryOptions<T, Error>,
  "enabled" | "refetchInterval" | "placeholderData" | "staleTime" | "refetchOnWindowFocus"
>;

/** What GET `path` answers: `useAnswer("/api/v1/net-worth", { params: { query: { as_of } } })`. */
export function useAnswer<P extends GetPath>(
  path: P,
  init?: GetInit<P>,
  options: Options<Answer<P>> = {},
): UseQueryResult<Answer<P>, Error> {
  return useQuery({ ...question(path, init), ...options });
}

/**
 * A command that changes the household: `useCommand((body: GoalBody) => answer(api.POST("/api/v1/goals", { body })))`.
 * Whatever was read before is read again, which costs a 304 where nothing moved.
 */
export function useCommand<Given, Made>(
  command: (given: Given) => Promise<Made>,
  options: { done?: (made: Made, given: Given) => void; failed?: (problem: Error, given: Given) => void } = {},
): UseMutationResult<Made, Error, Given> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: command,
    onSuccess: (made, given) => {
      // What closes because of it must be gone before everything in sight is read again: a deleted row has no history.
      flushSync(() => options.done?.(made, given));
      if (session.state() !== "out") void client.invalidateQueries();
    },
    ...(options.failed ? { onError: options.failed } : {}),
  });
}
