import { Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button, IconButton } from "@/design/Button";
import { Segmented, TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { DeleteButton } from "@/design/Confirm";
import { Drawer } from "@/design/Overlay";
import { Answered, Fault } from "@/design/states";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import { Sale } from "./Sale";
import styles from "./wealth.module.css";

type Asset = Schema<"Asset">;
const TABS = ["valuations", "lots", "sale"] as const;

/** One asset: what it was worth when, what it was bought for, and what selling it would bring. */
export function AssetDrawer({ asset, close }: { asset: Asset; close: () => void }) {
  const { t } = useTranslation(["wealth", "common"]);
  const [tab, setTab] = useState<(typeof TABS)[number]>("valuations");
  return (
    <Drawer open close={close} title={asset.name} about={t(`group.${asset.kind}`)} actions={<DeleteButton name={asset.name} act={() => answer(api.DELETE("/api/v1/assets/{asset_id}", { params: { path: { asset_id: asset.id } } }))} done={close} />}>
      <div className="stack">
        <p className={styles["headline"]}><Money amount={asset.value} currency={asset.currency} /></p>
        <Reason code={asset.value_reason} />
        <Segmented label={asset.name} value={tab} choices={TABS.map((value) => ({ value, label: t(`tab.${value}`) }))} choose={setTab} />
        {tab === "valuations" && <Valuations asset={asset} />}
        {tab === "lots" && <Lots asset={asset} />}
        {tab === "sale" && <Sale asset={asset} />}
      </div>
    </Drawer>
  );
}

function Valuations({ asset }: { asset: Asset }) {
  const { t } = useTranslation(["wealth", "common"]);
  const format = useFormat();
  const path = { asset_id: asset.id };
  const asked = useAnswer("/api/v1/assets/{asset_id}/valuations", { params: { path, query: { limit: 500 } } });
  const [date, setDate] = useState(asset.as_of);
  const [value, setValue] = useState("");
  const add = useCommand(() => answer(api.POST("/api/v1/assets/{asset_id}/valuations", { params: { path }, body: { date, value } })), { done: () => setValue("") });
  const remove = useCommand((id: string) => answer(api.DELETE("/api/v1/assets/{asset_id}/valuations/{valuation_id}", { params: { path: { ...path, valuation_id: id } } })));
  const about = (field: string) => (add.error instanceof Problem ? add.error.about(field) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  return (
    <>
      <form onSubmit={submit} className={styles["inline"]}>
        <TextField label={t("field.date")} type="date" value={date} onChange={(event) => setDate(event.target.value)} fault={about("date")} required />
        <TextField label={t("field.value", { currency: asset.currency })} inputMode="decimal" value={value} onChange={(event) => setValue(event.target.value)} fault={about("value")} required />
        <Button type="submit" busy={add.isPending}>{t("common:action.add")}</Button>
      </form>
      <Fault>{add.error instanceof Problem && add.error.status !== 422 ? add.error.detail : null}</Fault>
      <Answered of={asked}>
        {(page) => (
          <ul className={styles["list"]}>
            {page.items.map((item) => (
              <li key={item.id} className="spread">
                <span>{format.day(item.date)}</span>
                <span className="grow num">{item.value === null ? `${format.number(item.unit_price, 4)} ×` : <Money amount={item.value} currency={asset.currency} />}</span>
                <IconButton label={t("valuations.delete", { day: format.day(item.date) })} onClick={() => remove.mutate(item.id)}><Trash2 /></IconButton>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </>
  );
}

function Lots({ asset }: { asset: Asset }) {
  const { t } = useTranslation(["wealth", "common"]);
  const format = useFormat();
  const path = { asset_id: asset.id };
  const asked = useAnswer("/api/v1/assets/{asset_id}/lots", { params: { path } });
  const [date, setDate] = useState(asset.as_of);
  const [quantity, setQuantity] = useState("");
  const [cost, setCost] = useState("");
  const add = useCommand(() => answer(api.POST("/api/v1/assets/{asset_id}/lots", { params: { path }, body: { date, quantity, cost, fees: "0" } })), {
    done: () => {
      setQuantity("");
      setCost("");
    },
  });
  const about = (field: string) => (add.error instanceof Problem ? add.error.about(field) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  return (
    <>
      <form onSubmit={submit} className={styles["inline"]}>
        <TextField label={t("field.date")} type="date" value={date} onChange={(event) => setDate(event.target.value)} fault={about("date")} required />
        <TextField label={t("field.quantity")} inputMode="decimal" value={quantity} onChange={(event) => setQuantity(event.target.value)} fault={about("quantity")} required />
        <TextField label={t("field.cost", { currency: asset.currency })} inputMode="decimal" value={cost} onChange={(event) => setCost(event.target.value)} fault={about("cost")} required />
        <Button type="submit" busy={add.isPending}>{t("common:action.add")}</Button>
      </form>
      <Fault>{add.error instanceof Problem && add.error.status !== 422 ? add.error.detail : null}</Fault>
      <Answered of={asked}>
        {(page) => (
          <ul className={styles["list"]}>
            {page.items.map((lot) => (
              <li key={lot.id} className="spread">
                <span>{format.day(lot.date)}</span>
                <span className="grow muted num">{format.number(lot.quantity_left, 4)} / {format.number(lot.quantity, 4)}</span>
                <Money amount={lot.cost_left} currency={asset.currency} />
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </>
  );
}
