import type { JSX } from 'preact';
import { isRecord, type Json, number, text } from '../json.ts';
import { plainText } from '../text/text-object.tsx';
import { RichText } from './rich-text.tsx';

type Row = readonly Json[];

/** A `table` block: its first row heads the columns. */
export function Table({ block }: { readonly block: Json }): JSX.Element {
  const [head, ...body] = rowsOf(block.rows);
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const style = (column: number) => cellStyle(settings[column]);
  return (
    <div class="table-frame" tabIndex={0} role="group" aria-label="Table">
      <table>
        {head && <HeadRow row={head} style={style} />}
        <tbody>
          {body.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} style={style(column)}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A `data_table`: like a table, with a caption; all its rows are shown. */
export function DataTable({ block }: { readonly block: Json }): JSX.Element {
  return (
    <figure class="data-table">
      <figcaption>{plainText(block.caption)}</figcaption>
      <Table block={block} />
    </figure>
  );
}

interface HeadRowProps {
  readonly row: Row;
  readonly style: (column: number) => Record<string, string>;
}

function HeadRow({ row, style }: HeadRowProps): JSX.Element {
  return (
    <thead>
      <tr>
        {row.map((cell, column) => (
          <th key={column} scope="col" style={style(column)}>
            <Cell cell={cell} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Cell({ cell }: { readonly cell: Json }): JSX.Element {
  if (cell.type === 'rich_text') return <RichText block={cell} />;
  return <>{text(cell.text) ?? number(cell.value) ?? ''}</>;
}

function rowsOf(rows: unknown): Row[] {
  return Array.isArray(rows) ? rows.filter(Array.isArray).map((row: unknown[]) => row.filter(isRecord)) : [];
}

function cellStyle(setting: unknown): Record<string, string> {
  if (!isRecord(setting)) return {};
  const align = text(setting.align);
  return {
    ...(align !== undefined && { textAlign: align }),
    ...(setting.is_wrapped === true && { whiteSpace: 'normal' }),
  };
}
