import { useId } from 'react';

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  isCompact?: boolean;
  onChange: (value: T) => void;
}

/** One of a few, by the list of the browser: it is read aloud and works by keyboard everywhere. */
export function Choice<T extends string>({ label, value, options, isCompact, onChange }: Props<T>) {
  const id = useId();
  return (
    <div className={isCompact ? 'choice' : 'field'}>
      <label htmlFor={id} className={isCompact ? 'unseen' : undefined}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          onChange(event.target.value as T);
        }}
      >
        {options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
