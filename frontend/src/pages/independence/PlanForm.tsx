import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { TextField } from "@/design/Field";
import { Modal } from "@/design/Overlay";
import { Fault } from "@/design/states";
import { percentOf, shareOf } from "@/preferences/percentage";
import { ASSUMPTIONS, type Assumption } from "./assumptions";
import type { Plan } from "./trial";

/** Own assumptions in place of derived ones; a field left empty is derived again. */
export function PlanForm({ plan, close }: { plan: Plan; close: () => void }) {
  const { t } = useTranslation(["independence", "common"]);
  const save = useCommand((body: Schema<"PlanBody">) => answer(api.PUT("/api/v1/fire/plan", { body })), { done: close });
  const problem = save.error instanceof Problem ? save.error : null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    save.mutate(Object.fromEntries(ASSUMPTIONS.map((one) => [one.name, sent(one, String(given.get(one.name) ?? "").trim())])));
  };
  return (
    <Modal open close={close} title={t("plan.title")} about={t("plan.formAbout")}>
      <form className="stack" onSubmit={submit}>
        <div className="two">
          {ASSUMPTIONS.map((one) => (
            <TextField
              key={one.name}
              label={`${t(`plan.name.${one.name === "birth_year" ? "birth_year" : one.shown}`)}${one.kind === "rate" ? " (%)" : ""}`}
              name={one.name}
              inputMode={one.kind === "years" ? "numeric" : "decimal"}
              defaultValue={own(one, plan)}
              placeholder={derived(one, plan)}
              fault={problem?.about(one.name)}
            />
          ))}
        </div>
        {problem && problem.errors.length === 0 && <Fault>{problem.detail || problem.title}</Fault>}
        <div className="row"><Button look="primary" type="submit" busy={save.isPending}>{t("common:action.save")}</Button></div>
      </form>
    </Modal>
  );
}

function written(one: Assumption, plan: Plan, value: string | number | null | undefined): string {
  if (value == null) return "";
  if (one.name === "birth_year") return String(Number(plan.as_of.slice(0, 4)) - Number(value));
  return one.kind === "rate" ? percentOf(value) : String(value);
}

function own(one: Assumption, plan: Plan): string {
  return plan[one.shown].origin === "own" ? written(one, plan, plan[one.shown].value) : "";
}

function derived(one: Assumption, plan: Plan): string {
  const found = plan[one.shown];
  return written(one, plan, "derived" in found ? found.derived : null);
}

function sent(one: Assumption, text: string): string | number | null {
  if (!text) return null;
  if (one.kind === "years") return /^\d+$/.test(text) ? Number(text) : (text as never);
  return one.kind === "rate" ? shareOf(text) : text;
}
