import { Plus, Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand, type Answer } from "@/api/questions";
import { Button, IconButton } from "@/design/Button";
import { Card } from "@/design/Card";
import { Confirm } from "@/design/Confirm";
import { TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Modal } from "@/design/Overlay";
import { Answered, Fault, SkeletonLines } from "@/design/states";
import { Table, type Column } from "@/design/Table";
import { useFormat } from "@/preferences/format";

type Scenario = Answer<"/api/v1/fire/scenarios/comparison">["items"][number];

/** The plan beside what might become of it. */
export function Scenarios() {
  const { t } = useTranslation(["independence", "common"]);
  const format = useFormat();
  const asked = useAnswer("/api/v1/fire/scenarios/comparison");
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Scenario | null>(null);
  const columns = (currency: string): readonly Column<Scenario>[] => [
    { title: t("scenarios.name"), cell: (item) => (item.id === null ? t("scenarios.plan") : item.name) },
    { title: t("numbers.number"), cell: (item) => <Money amount={item.fire_number} currency={currency} whole /> },
    { title: t("numbers.date"), lead: true, cell: (item) => (item.date ? format.month(item.date.slice(0, 7)) : item.status === "reached" ? t("numbers.reached") : t("numbers.never")) },
    { title: t("scenarios.later"), quiet: true, cell: (item) => (item.months_later === null ? "–" : t("levers.later", { value: format.number(item.months_later, 0) })) },
    { title: <span className="sr-only">{t("common:action.delete")}</span>, cell: (item) => item.id !== null && <IconButton label={t("scenarios.delete", { name: item.name })} onClick={() => setRemoving(item)}><Trash2 /></IconButton> },
  ];
  return (
    <Card title={t("scenarios.title")} aside={<Button size="sm" icon={<Plus />} onClick={() => setAdding(true)}>{t("common:action.add")}</Button>}>
      <Answered of={asked} loading={<SkeletonLines count={3} />}>
        {(found) => (
          <Table label={t("scenarios.title")} columns={columns(found.currency)} items={found.items} rowKey={(item) => item.id ?? "plan"} />
        )}
      </Answered>
      {removing?.id && <Confirm title={t("scenarios.delete", { name: removing.name })} about={t("common:confirm.forGood")} act={() => answer(api.DELETE("/api/v1/fire/scenarios/{scenario_id}", { params: { path: { scenario_id: removing.id ?? "" } } }))} close={() => setRemoving(null)} />}
      {adding && <ScenarioForm close={() => setAdding(false)} />}
    </Card>
  );
}

function ScenarioForm({ close }: { close: () => void }) {
  const { t } = useTranslation(["independence", "common"]);
  const [name, setName] = useState("");
  const [spending, setSpending] = useState("");
  const [saving, setSaving] = useState("");
  const save = useCommand(
    () =>
      answer(
        api.POST("/api/v1/fire/scenarios", {
          body: { name, own: { ...(spending ? { annual_expenses: spending } : {}), ...(saving ? { monthly_savings: saving } : {}) } } as Schema<"ScenarioBody">,
        }),
      ),
    { done: close },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <Modal open close={close} title={t("scenarios.new")} about={t("scenarios.about")}>
      <form onSubmit={submit} className="stack">
        <TextField label={t("scenarios.name")} value={name} onChange={(event) => setName(event.target.value)} required />
        <TextField label={t("trial.slider.spending")} inputMode="decimal" value={spending} onChange={(event) => setSpending(event.target.value)} />
        <TextField label={t("scenarios.saving")} inputMode="decimal" value={saving} onChange={(event) => setSaving(event.target.value)} />
        <Fault>{save.error instanceof Problem ? save.error.detail : null}</Fault>
        <Button type="submit" look="primary" busy={save.isPending}>{t("common:action.save")}</Button>
      </form>
    </Modal>
  );
}
