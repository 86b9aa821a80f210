import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { useDebounced } from "@/api/useDebounced";
import { Button } from "@/design/Button";
import { SelectField, TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Fault } from "@/design/states";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import styles from "./wealth.module.css";

const METHODS = ["fifo", "lifo", "hifo", "average"] as const;
type Method = (typeof METHODS)[number];

/** What a sale would bring, by lots and holding period, before it is recorded. */
export function Sale({ asset }: { asset: Schema<"Asset"> }) {
  const { t } = useTranslation(["wealth", "common"]);
  const format = useFormat();
  const [quantity, setQuantity] = useState("");
  const [price, setPrice] = useState("");
  const [method, setMethod] = useState<Method>("fifo");
  const body = { asset_id: asset.id, quantity, unit_price: price || null, method, fees: "0" } as Schema<"LiquidationBody">;
  const wanted = useDebounced(body, 120);
  const preview = useQuery({
    queryKey: ["liquidation", wanted],
    queryFn: ({ signal }) => answer(api.POST("/api/v1/liquidations/preview", { body: wanted, signal })),
    enabled: quantity !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  const record = useCommand(() => answer(api.POST("/api/v1/liquidations", { body })), { done: () => setQuantity("") });
  const refused = preview.error ?? record.error;
  const found = preview.error || quantity === "" ? undefined : preview.data;
  return (
    <div className="stack">
      <div className={styles["inline"]}>
        <TextField label={t("field.quantity")} inputMode="decimal" value={quantity} onChange={(event) => setQuantity(event.target.value)} />
        <TextField label={t("field.price", { currency: asset.currency })} inputMode="decimal" value={price} onChange={(event) => setPrice(event.target.value)} />
        <SelectField label={t("sale.method")} value={method} onChange={(event) => setMethod(event.target.value as Method)}>
          {METHODS.map((each) => <option key={each} value={each}>{t(`sale.${each}`)}</option>)}
        </SelectField>
      </div>
      <Fault>{refused instanceof Problem ? refused.detail || refused.title : null}</Fault>
      {found && (
        <>
          <dl className={styles["ledger"]}>
            <div><dt>{t("sale.proceeds")}</dt><dd className="num"><Money amount={found.proceeds} currency={found.currency} /></dd></div>
            <div><dt>{t("sale.basis")}</dt><dd className="num"><Money amount={found.basis} currency={found.currency} /></dd></div>
            <div data-total><dt>{t("sale.gain")}</dt><dd className="num"><Money amount={found.gain} currency={found.currency} sign="always" toned /></dd></div>
            {found.by_term.map((term) => <div key={term.term}><dt className="muted">{t("sale.term", { term: term.term })}</dt><dd className="num"><Money amount={term.gain} currency={found.currency} sign="always" /></dd></div>)}
            {found.tax_estimate && <div><dt>{t("sale.tax")}</dt><dd className="num"><Money amount={found.tax_estimate.tax} currency={found.currency} /></dd></div>}
          </dl>
          <Reason code={found.tax_estimate_reason} />
          <p className="muted small">{t("sale.left", { quantity: format.number(found.quantity_left, 4) })}</p>
          <Button look="primary" busy={record.isPending} onClick={() => record.mutate(undefined)}>{t("sale.record")}</Button>
        </>
      )}
    </div>
  );
}
