interface Props {
  columns: readonly (string | Column)[];
}

interface Column {
  text: string;
  /** Whether it holds numbers, which stand to the right. */
  isNumber?: boolean;
  /** Whether it is read aloud only. */
  isUnseen?: boolean;
}

/** The head of a table. */
export function Head({ columns }: Props) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const { text, isNumber, isUnseen } =
            typeof column === 'string' ? ({ text: column } as Column) : column;
          return (
            <th key={text} scope="col" className={isNumber ? 'number' : undefined}>
              {isUnseen ? <span className="unseen">{text}</span> : text}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
