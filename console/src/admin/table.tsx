import type { ReactNode } from 'react';

interface Props<T> {
  label: string;
  rows: T[];
  keyOf(row: T): string;
  /** A column: its head, and what it shows of a row. */
  columns: [head: string, cell: (row: T) => ReactNode][];
}

/** A table that becomes cards where there is no room for it. */
export function Table<T>({ label, rows, keyOf, columns }: Props<T>) {
  return (
    <table className="admin-table" aria-label={label}>
      <thead>
        <tr>
          {columns.map(([head], index) => (
            <th key={head || index} scope="col">
              {head || <span className="visually-hidden">{label}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(([head, cell], index) => (
              <td key={head || index} data-head={head}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
