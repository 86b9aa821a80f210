import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, type Answer } from "@/api/questions";
import { IconButton } from "@/design/Button";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import { monthAfter, weeksOf } from "@/design/period";
import { Answered, Empty, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import styles from "./reports.module.css";

type Due = Answer<"/api/v1/reports/recurring-payments/calendar">["items"][number];

/** What is expected in the weeks ahead: a month as a calendar, on a phone as a list of days. */
export function Calendar() {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const asked = useAnswer("/api/v1/reports/recurring-payments/calendar");
  const streams = useAnswer("/api/v1/reports/recurring-payments");
  const currency = streams.data?.currency ?? "INR";
  const [chosen, setChosen] = useState<string | null>(null);
  const today = streams.data?.as_of ?? "";
  const items = asked.data?.items ?? [];
  const first = (items[0]?.date ?? today).slice(0, 7);
  const last = items.reduce((latest, item) => (item.date.slice(0, 7) > latest ? item.date.slice(0, 7) : latest), first);
  const month = chosen ?? first;
  const pager = first !== "" && (
    <div className={styles["pager"]}>
      <IconButton label={t("calendar.before")} disabled={month <= first} onClick={() => setChosen(monthAfter(month, -1))}><ChevronLeft /></IconButton>
      <strong aria-live="polite">{format.month(month)}</strong>
      <IconButton label={t("calendar.after")} disabled={month >= last} onClick={() => setChosen(monthAfter(month, 1))}><ChevronRight /></IconButton>
    </div>
  );
  return (
    <Card title={t("calendar.title")} aside={pager}>
      <Answered of={asked} loading={<SkeletonLines count={5} />}>
        {(calendar) => {
          if (calendar.items.length === 0) return <Empty title={t("recurring.none")} />;
          const due = calendar.items.filter((item) => item.date.startsWith(month));
          return (
            <>
              <MonthGrid month={month} today={today} due={due} currency={currency} />
              <div className={styles["agenda"]}><Agenda due={due} currency={currency} /></div>
            </>
          );
        }}
      </Answered>
    </Card>
  );
}

function MonthGrid({ month, today, due, currency }: { month: string; today: string; due: Due[]; currency: string }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const days = weeksOf(month);
  return (
    <div className={styles["month"]} role="list" aria-label={t("calendar.of", { month: format.month(month) })}>
      {days.slice(0, 7).map((day) => <p key={day} className={styles["weekday"]} role="presentation">{format.weekdayShort(day)}</p>)}
      {days.map((day) => {
        const own = due.filter((item) => item.date === day);
        return (
          <div key={day} className={styles["cell"]} role="listitem" data-outside={!day.startsWith(month) || undefined} data-today={day === today || undefined}>
            <p aria-label={format.day(day)}>{Number(day.slice(8))}</p>
            <ul>
              {own.map((item, index) => (
                <li key={index} data-likely={!item.certain || undefined}>
                  <span className="cut" title={item.name}>{item.name}</span>
                  <Money amount={item.amount} currency={currency} whole toned={!item.amount.startsWith("-")} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </div>
  );
}

function Agenda({ due, currency }: { due: Due[]; currency: string }) {
  const format = useFormat();
  return (
    <ul className={styles["list"]}>
      {due.map((item, index) => (
        <li key={index} className={styles["due"]} data-likely={!item.certain || undefined}>
          <span className="muted small">{format.dayShort(item.date)}</span>
          <span className="grow cut">{item.name}</span>
          <Money amount={item.amount} currency={currency} whole toned={!item.amount.startsWith("-")} />
        </li>
      ))}
    </ul>
  );
}
