import { Plus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import { Answered, Empty, SkeletonLines } from "@/design/states";
import styles from "./wealth.module.css";

interface Holding {
  id: string;
  name: string;
  currency: string;
}

interface HoldingsProps<Item extends Holding> {
  /** Where the texts of its title and of an empty list stand. */
  texts: "assets" | "loans";
  asked: { data: { items: Item[] } | undefined; error: Error | null; isPending: boolean; refetch: () => unknown };
  about: (item: Item) => string;
  amount: (item: Item) => string | null | undefined;
  opened: (item: Item, close: () => void) => ReactNode;
  form: (close: () => void) => ReactNode;
}

/** What the household owns or owes: a list that opens one by one, and a way to add to it. */
export function Holdings<Item extends Holding>({ texts, asked, about, amount, opened, form }: HoldingsProps<Item>) {
  const { t } = useTranslation(["wealth", "common"]);
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const one = asked.data?.items.find((item) => item.id === open);
  return (
    <Card title={t(`${texts}.title`)} aside={<Button size="sm" icon={<Plus />} onClick={() => setAdding(true)}>{t("common:action.add")}</Button>}>
      <Answered of={asked} loading={<SkeletonLines count={3} />}>
        {({ items }) => (
          <>
            {items.length === 0 && <Empty title={t(`${texts}.none`)}>{t(`${texts}.about`)}</Empty>}
            <ul className={styles["list"]}>
              {items.map((item) => (
                <li key={item.id}>
                  <button type="button" className={styles["entry"]} onClick={() => setOpen(item.id)}>
                    <span className="grow"><span className="cut">{item.name}</span><span className="muted small">{about(item)}</span></span>
                    <Money amount={amount(item)} currency={item.currency} whole />
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </Answered>
      {one && opened(one, () => setOpen(null))}
      {adding && form(() => setAdding(false))}
    </Card>
  );
}
