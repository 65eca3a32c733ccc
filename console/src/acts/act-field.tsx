import { useWords } from '../words/words.tsx';
import type { Field } from './form.ts';
import { ACTS } from './words.ts';

interface Props {
  field: Field;
  value: string;
  set(value: string): void;
}

/** One thing to fill in. */
export function ActField({ field, value, set }: Props) {
  const words = useWords(ACTS);
  const { label, kind, required = false, max, choices = [] } = field;
  const same = { value, required, maxLength: max };
  if (kind === 'several') {
    const picked = new Set(value.split(',').filter(Boolean));
    return (
      <fieldset className="several">
        <legend>{label}</legend>
        {choices.map((one) => (
          <label key={one.value}>
            <input
              type="checkbox"
              checked={picked.has(one.value)}
              onChange={({ target }) => {
                if (target.checked) picked.add(one.value);
                else picked.delete(one.value);
                set([...picked].join(','));
              }}
            />
            {one.label}
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <label>
      {label}
      {required && <span className="required"> *</span>}
      {kind === 'words' ? (
        <textarea rows={3} {...same} onChange={({ target }) => set(target.value)} />
      ) : kind === 'choice' ? (
        <select value={value} required={required} onChange={({ target }) => set(target.value)}>
          <option value="">{required ? words.choose : '—'}</option>
          {choices.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          type={kind === 'time' ? 'datetime-local' : kind === 'tel' ? 'tel' : 'text'}
          autoComplete="off"
          {...same}
          onChange={({ target }) => set(target.value)}
        />
      )}
    </label>
  );
}
