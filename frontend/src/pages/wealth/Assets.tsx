import { Plus } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { SelectField, TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Modal } from "@/design/Overlay";
import { Answered, Empty, Fault, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { shareOf } from "@/preferences/percentage";
import { AssetDrawer } from "./AssetDrawer";
import styles from "./wealth.module.css";

type Kind = Schema<"AssetBody">["kind"];
const KINDS: readonly Kind[] = ["bank", "cash", "deposit", "retirement", "stock", "fund", "bond", "gold", "property", "vehicle", "crypto", "other"];

/** What the household owns beside its accounts. */
export function Assets({ currency }: { currency: string }) {
  const { t } = useTranslation(["wealth", "common"]);
  const format = useFormat();
  const asked = useAnswer("/api/v1/assets", { params: { query: { limit: 500 } } });
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Card title={t("assets.title")} aside={<Button size="sm" icon={<Plus />} onClick={() => setAdding(true)}>{t("common:action.add")}</Button>}>
      <Answered of={asked} loading={<SkeletonLines count={3} />}>
        {(page) => (
          <>
            {page.items.length === 0 && <Empty title={t("assets.none")}>{t("assets.about")}</Empty>}
            <ul className={styles["list"]}>
              {page.items.map((asset) => (
                <li key={asset.id}>
                  <button type="button" className={styles["entry"]} onClick={() => setOpened(asset.id)}>
                    <span className="grow"><span className="cut">{asset.name}</span><span className="muted small">{t(`group.${asset.kind}`)}{asset.valued_on && ` · ${format.day(asset.valued_on)}`}</span></span>
                    <Money amount={asset.value} currency={asset.currency} whole />
                  </button>
                </li>
              ))}
            </ul>
            {page.items.filter((asset) => asset.id === opened).map((asset) => <AssetDrawer key={asset.id} asset={asset} close={() => setOpened(null)} />)}
          </>
        )}
      </Answered>
      {adding && <AssetForm currency={currency} close={() => setAdding(false)} />}
    </Card>
  );
}

function AssetForm({ currency, close }: { currency: string; close: () => void }) {
  const { t } = useTranslation(["wealth", "common"]);
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Kind>("deposit");
  const [value, setValue] = useState("");
  const [rate, setRate] = useState("");
  const save = useCommand(
    () => answer(api.POST("/api/v1/assets", { body: { name, kind, currency, value: value || null, accrual_rate: rate ? shareOf(rate) : null } as Schema<"AssetBody"> })),
    { done: close },
  );
  const about = (field: string) => (save.error instanceof Problem ? save.error.about(field) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <Modal open close={close} title={t("assets.new")}>
      <form onSubmit={submit} className="stack">
        <TextField label={t("field.name")} value={name} onChange={(event) => setName(event.target.value)} fault={about("name")} required />
        <SelectField label={t("field.kind")} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          {KINDS.map((each) => <option key={each} value={each}>{t(`group.${each}`)}</option>)}
        </SelectField>
        <TextField label={t("field.value", { currency })} inputMode="decimal" value={value} onChange={(event) => setValue(event.target.value)} fault={about("value")} hint={t("assets.valueHint")} />
        <TextField label={t("field.accrual")} inputMode="decimal" value={rate} onChange={(event) => setRate(event.target.value)} fault={about("accrual_rate")} hint={t("assets.accrualHint")} />
        <Fault>{save.error instanceof Problem && save.error.status !== 422 ? save.error.detail : null}</Fault>
        <Button type="submit" look="primary" busy={save.isPending}>{t("common:action.save")}</Button>
      </form>
    </Modal>
  );
}
