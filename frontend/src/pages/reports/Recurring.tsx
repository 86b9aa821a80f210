import { Check, Pencil, X } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useAnswer, useCommand, type Answer } from "@/api/questions";
import { Button, IconButton } from "@/design/Button";
import { Card } from "@/design/Card";
import { Segmented, TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Modal } from "@/design/Overlay";
import { Answered, Empty, SkeletonLines } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import { Calendar } from "./Calendar";
import styles from "./reports.module.css";

type Recurrences = Answer<"/api/v1/reports/recurring-payments">;
type Stream = Recurrences["streams"][number];
type Changes = Schema<"StreamBody">;
const SOURCE = "/api/v1/reports/recurring-payments";

/** What comes and goes again and again, with the household's word on it. */
export function Recurring() {
  const { t } = useTranslation("reports");
  const asked = useAnswer("/api/v1/reports/recurring-payments");
  const [direction, setDirection] = useState<"out" | "in">("out");
  const choices = (["out", "in"] as const).map((value) => ({ value, label: t(`recurring.${value}`) }));
  return (
    <div className="stack">
      <Answered of={asked} loading={<SkeletonLines count={6} />}>
        {(found) => (
          <>
            <Alerts found={found} />
            <Card title={t("recurring.title")} aside={<Segmented label={t("recurring.direction")} value={direction} choices={choices} choose={setDirection} />}>
              <dl className={styles["totals"]}>
                {(["monthly_out", "monthly_in"] as const).map((name) => (
                  <div key={name}>
                    <dt className="muted small">{t(`recurring.${name}`)}</dt>
                    <dd>{found[name] === null ? <Reason code={found[`${name}_reason` as const]} /> : <Figure source={SOURCE} name={name} title={t(`recurring.${name}`)}><Money amount={found[name]} currency={found.currency} whole /></Figure>}</dd>
                  </div>
                ))}
              </dl>
              <Streams streams={found.streams.filter((stream) => stream.direction === direction)} currency={found.currency} />
            </Card>
          </>
        )}
      </Answered>
      <Calendar />
    </div>
  );
}

function Alerts({ found }: { found: Recurrences }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  if (found.alerts.length === 0) return null;
  return (
    <ul className={styles["alerts"]}>
      {found.alerts.map((alert, index) => (
        <li key={index}>
          <strong>{alert.name}</strong> {t(`alert.${alert.kind}`)}
          {alert.on && ` · ${format.day(alert.on)}`}
          {alert.yearly_cost && <> · <Money amount={alert.yearly_cost} currency={found.currency} whole sign="always" /> {t("alert.aYear")}</>}
        </li>
      ))}
    </ul>
  );
}

function Streams({ streams, currency }: { streams: Stream[]; currency: string }) {
  const { t } = useTranslation("reports");
  if (streams.length === 0) return <Empty title={t("recurring.none")} />;
  // What runs comes before what has ended, and what costs most before the rest.
  const ended = (stream: Stream) => Number(stream.status === "ended");
  const sorted = [...streams].sort((a, b) => ended(a) - ended(b) || Number(b.yearly_cost) - Number(a.yearly_cost));
  return <ul className={styles["list"]}>{sorted.map((stream) => <StreamLine key={stream.id} stream={stream} currency={currency} />)}</ul>;
}

function StreamLine({ stream, currency }: { stream: Stream; currency: string }) {
  const { t } = useTranslation(["reports", "common"]);
  const format = useFormat();
  const [naming, setNaming] = useState(false);
  const say = useCommand((body: Changes) => answer(api.PATCH("/api/v1/reports/recurring-payments/{stream_id}", { params: { path: { stream_id: stream.id } }, body })), {
    done: (_, { decision }) => {
      setNaming(false);
      if (decision === "dismissed") toast({ text: t("recurring.dismissed", { name: stream.name }), undo: () => say.mutate({ decision: stream.decision } as Changes) });
    },
    failed: toastProblem,
  });
  return (
    <li className={styles["stream"]} data-status={stream.status}>
      <div className="grow">
        <p className="cut"><strong>{stream.name}</strong></p>
        <p className="muted small">
          {t(`frequency.${stream.frequency}`)} · {t(`status.${stream.status}`)}
          {stream.next_on && ` · ${t("recurring.next", { day: format.day(stream.next_on) })}`}
          {stream.price_changes.length > 0 && ` · ${t("recurring.prices", { count: stream.price_changes.length })}`}
        </p>
      </div>
      <div className="num">
        <p><Money amount={stream.amount.last} currency={currency} /></p>
        <p className="muted small"><Money amount={stream.yearly_cost} currency={currency} whole /> {t("alert.aYear")}</p>
      </div>
      <div className={styles["buttons"]} data-screen-only>
        <IconButton label={t("recurring.rename", { name: stream.name })} onClick={() => setNaming(true)}><Pencil /></IconButton>
        <IconButton label={t("recurring.confirm", { name: stream.name })} aria-pressed={stream.decision === "confirmed"} onClick={() => say.mutate({ decision: "confirmed" } as Changes)}><Check /></IconButton>
        <IconButton label={t("recurring.dismiss", { name: stream.name })} onClick={() => say.mutate({ decision: "dismissed" } as Changes)}><X /></IconButton>
      </div>
      {naming && <Naming stream={stream} busy={say.isPending} close={() => setNaming(false)} name={(name) => say.mutate({ name } as Changes)} />}
    </li>
  );
}

function Naming({ stream, busy, close, name }: { stream: Stream; busy: boolean; close: () => void; name: (name: string) => void }) {
  const { t } = useTranslation(["reports", "common"]);
  const [text, setText] = useState(stream.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    name(text);
  };
  return (
    <Modal open close={close} title={t("recurring.rename", { name: stream.name })}>
      <form onSubmit={submit} className="stack">
        <TextField label={t("recurring.name")} value={text} onChange={(event) => setText(event.target.value)} required />
        <Button type="submit" look="primary" busy={busy}>{t("common:action.save")}</Button>
      </form>
    </Modal>
  );
}
