import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { SelectField, TextField } from "@/design/Field";
import { Modal } from "@/design/Overlay";
import { Fault } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { shareOf } from "@/preferences/percentage";
import { AssetDrawer } from "./AssetDrawer";
import { Holdings } from "./Holdings";

type Kind = Schema<"AssetBody">["kind"];
const KINDS: readonly Kind[] = ["bank", "cash", "deposit", "retirement", "stock", "fund", "bond", "gold", "property", "vehicle", "crypto", "other"];

/** What the household owns beside its accounts. */
export function Assets({ currency }: { currency: string }) {
  const { t } = useTranslation("wealth");
  const format = useFormat();
  const asked = useAnswer("/api/v1/assets", { params: { query: { limit: 500 } } });
  return (
    <Holdings
      texts="assets"
      asked={asked}
      about={(asset) => [t(`group.${asset.kind}`), asset.valued_on && format.day(asset.valued_on)].filter(Boolean).join(" · ")}
      amount={(asset) => asset.value}
      opened={(asset, close) => <AssetDrawer key={asset.id} asset={asset} close={close} />}
      form={(close) => <AssetForm currency={currency} close={close} />}
    />
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
