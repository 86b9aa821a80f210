/** How a figure came about: its formula, its inputs, and theirs in turn, down to the rows. */
import { ArrowLeft, ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { IconButton } from "@/design/Button";
import { Drawer } from "@/design/Overlay";
import { Answered } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { pathOf, usePath, valueAt, type Based, type Basis } from "./explained";
import type { Explained } from "./Figure";
import { RowsOf } from "./RowsOf";
import styles from "./explain.module.css";

type Step = Omit<Explained, "shown"> & { shown?: ReactNode; rows?: boolean };

export default function FigureDrawer({ close, ...first }: Explained & { close: () => void }) {
  const { t } = useTranslation();
  const [steps, setSteps] = useState<readonly Step[]>([first]);
  const step = steps[steps.length - 1]!;
  const back = steps.length > 1 && (
    <IconButton label={t("action.back")} onClick={() => setSteps(steps.slice(0, -1))}><ArrowLeft /></IconButton>
  );
  return (
    <Drawer open close={close} title={<span className={styles["title"]}>{step.title}</span>}>
      {back}
      {step.rows ? <RowsOf query={step.source} /> : <Explanation step={step} open={(next) => setSteps([...steps, next])} />}
    </Drawer>
  );
}

function Explanation({ step, open }: { step: Step; open: (next: Step) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = usePath<Based>(pathOf(step.source));
  return (
    <Answered of={asked}>
      {(answer) => {
        const basis = answer.basis ?? ({ formula: "", version: 1 } as Basis);
        const figure = basis.figures?.[step.name];
        const value = valueAt(answer, step.name);
        return (
          <div className="stack">
            {(typeof value === "string" || typeof value === "number") && <p className={styles["value"]}>{step.shown ?? <Text value={String(value)} currency={answer.currency} />}</p>}
            <p className="muted small">
              {step.shown && (typeof value === "string" || typeof value === "number") && <>{t("explain.exactly")} <Text value={String(value)} currency={answer.currency} /> · </>}
              {answer.as_of && t("explain.asOf", { day: format.day(answer.as_of) })}
            </p>
            {figure?.formula && <p className={styles["formula"]}>{figure.formula}</p>}
            {figure?.inputs && figure.inputs.length > 0 && (
              <section className="stack">
                <h3>{t("explain.inputs")}</h3>
                <ul className={styles["inputs"]}>
                  {figure.inputs.map((input) => <Input key={input.id} input={input} from={step} currency={answer.currency} open={open} />)}
                </ul>
              </section>
            )}
            {figure?.transactions_query && <RowsOf query={figure.transactions_query} negated={isMagnitude(value)} />}
            <Assumptions basis={basis} />
          </div>
        );
      }}
    </Answered>
  );
}

const isMagnitude = (value: unknown): boolean => typeof value === "string" && !value.startsWith("-");

function Text({ value, currency }: { value: string; currency: string | undefined }) {
  const format = useFormat();
  const isNumber = /^-?\d+(\.\d+)?$/.test(value);
  return <span className="amount">{isNumber ? format.exact(value, currency) : value}</span>;
}

function Input({ input, from, currency, open }: { input: Schema<"Input">; from: Step; currency: string | undefined; open: (next: Step) => void }) {
  const name = input.name.replaceAll("_", " ");
  const path = input.source === "this answer" ? from.source : pathOf(input.source);
  const isRows = path?.startsWith("/api/v1/transactions?") ?? false;
  const line = (
    <>
      <span className="grow">{name}{/\.\d{4}-\d{2}$/.test(input.id) && <span className="muted"> {input.id.slice(-7)}</span>}</span>
      <span className="num">{input.value === null ? "–" : <Text value={input.value} currency={currency} />}</span>
    </>
  );
  if (path === null || (path === from.source && input.source !== "this answer")) {
    return <li className={styles["input"]}>{line}</li>;
  }
  const next: Step = { source: path, name: input.id.replace(/\.\d{4}-\d{2}$/, ""), title: name, rows: isRows };
  return (
    <li>
      <button type="button" className={styles["input"]} onClick={() => open(next)}>
        {line}
        <ChevronRight aria-hidden />
      </button>
    </li>
  );
}

function Assumptions({ basis }: { basis: Basis }) {
  const { t } = useTranslation();
  const entries = Object.entries(basis.assumptions ?? {});
  return (
    <details className={styles["assumptions"]}>
      <summary>{t("explain.method")}</summary>
      <dl>
        {entries.map(([name, text]) => (
          <div key={name}>
            <dt>{name.replaceAll("_", " ")}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div><dt>{t("explain.formula")}</dt><dd>{basis.formula}, {basis.version}</dd></div>
        {basis.rows && <div><dt>{t("explain.rows")}</dt><dd>{basis.rows.count} ({basis.rows.first} – {basis.rows.last})</dd></div>}
      </dl>
    </details>
  );
}
