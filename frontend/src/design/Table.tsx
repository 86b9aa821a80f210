import type { ReactNode } from "react";
import styles from "./Table.module.css";

export interface Column<Item> {
  title: ReactNode;
  cell: (item: Item) => ReactNode;
  /** Words rather than a figure: they stand at the start. */
  words?: boolean;
  /** The figure that stands beside the name where a row has become a card. */
  lead?: boolean;
  quiet?: boolean;
  /** Seen only where there is room for it. */
  spare?: boolean;
  className?: string;
}

interface TableProps<Item> {
  label: string;
  /** The first column names the row. */
  columns: readonly Column<Item>[];
  items: readonly Item[];
  rowKey: (item: Item) => string | number;
  /** Attributes of a row, such as `data-best`. */
  row?: (item: Item) => Record<`data-${string}`, string | number | boolean | undefined>;
  /** Longer tables scroll inside. */
  tall?: boolean;
}

/** A table that is a list of cards on a phone: every figure stays in reach without scrolling sideways. */
export function Table<Item>({ label, columns, items, rowKey, row, tall }: TableProps<Item>) {
  const [name, ...figures] = columns;
  const looks = (column: Column<Item>) =>
    [column.words ? "" : "num", column.quiet ? "muted" : "", column.spare ? styles["spare"] : "", column.className ?? ""].join(" ");
  return (
    <div className={tall ? styles["tall"] : undefined} {...(tall ? { tabIndex: 0, role: "region", "aria-label": label } : {})}>
      <table className={styles["table"]} role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column, index) => <th key={index} scope="col" role="columnheader" className={looks(index ? { ...column, quiet: false } : { ...column, words: true })}>{column.title}</th>)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((item) => (
            <tr key={rowKey(item)} role="row" {...row?.(item)}>
              <th scope="row" role="rowheader">{name?.cell(item)}</th>
              {figures.map((column, index) => (
                <td key={index} role="cell" className={looks(column)} data-lead={column.lead || undefined}>
                  {!column.lead && <span className={styles["title"]} aria-hidden>{column.title}</span>}
                  {column.cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
