import styles from "./charts.module.css";

export interface Twin {
  columns: readonly string[];
  /** The first cell of a row is its heading. */
  rows: readonly (readonly string[])[];
}

/** The values of a chart as a table. */
export function TableTwin({ label, twin }: { label: string; twin: Twin }) {
  return (
    <div className={styles["twin"]} tabIndex={0} role="region" aria-label={label}>
      <table>
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>{twin.columns.map((column, index) => <th key={index} scope="col" className={index ? "num" : undefined}>{column}</th>)}</tr>
        </thead>
        <tbody>
          {twin.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => column === 0 ? <th key={column} scope="row">{cell}</th> : <td key={column} className="num amount">{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
