/** Changes of rows, each with a toast that takes it back and, for a category, the rows like it. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useCommand } from "@/api/questions";
import { toast, toastProblem } from "@/design/Toaster";
import type { Row } from "./rowStore";

export type Values = Partial<Schema<"BulkValuesBody">>;

const bulk = (body: Schema<"BulkBody">) => answer(api.PATCH("/api/v1/transactions", { body }));

export function useEditing(changed: () => void) {
  const { t } = useTranslation("transactions");
  const [like, setLike] = useState<{ row: Row; matched: number } | null>(null);

  const undo = useCommand((change_id: string) => answer(api.POST("/api/v1/transactions/undo/{change_id}", { params: { path: { change_id } } })), {
    done: () => {
      changed();
      toast({ text: t("done.undone") });
    },
    failed: toastProblem,
  });

  const said = (result: Schema<"ChangeResult">, extra: { label: string; run: () => void } | null = null) => {
    changed();
    const id = result.change_id;
    toast({ text: t("done.changed", { count: result.changed }), ...(id ? { undo: () => undo.mutate(id) } : {}), ...(extra ? { action: extra } : {}) });
  };

  const edit = useCommand(({ rows, values }: { rows: readonly Row[]; values: Values }) => bulk({ dry_run: false, ids: rows.map((row) => row.id), changes: values as Schema<"BulkValuesBody"> }), {
    done: (result, { rows, values }) => {
      const only = rows.length === 1 && values.category_id ? rows[0]! : null;
      if (!only) return said(result);
      void similar(only.id, true).then(
        ({ matched }) => said(result, matched > 0 ? { label: t("like.offer", { count: matched }), run: () => setLike({ row: only, matched }) } : null),
        () => said(result),
      );
    },
    failed: toastProblem,
  });

  const editAll = useCommand(({ query, values }: { query: string; values: Values }) => bulk({ dry_run: false, query, changes: values as Schema<"BulkValuesBody"> }), { done: (result) => said(result), failed: toastProblem });

  const applyLike = useCommand((row: Row) => similar(row.id, false), {
    done: (result) => {
      setLike(null);
      said(result);
    },
    failed: toastProblem,
  });

  return { edit, editAll, undo, said, like, setLike, applyLike };
}

export const similar = (transaction_id: string, dry_run: boolean) =>
  answer(api.POST("/api/v1/transactions/{transaction_id}/similar", { params: { path: { transaction_id } }, body: { dry_run } }));

export type Editing = ReturnType<typeof useEditing>;
