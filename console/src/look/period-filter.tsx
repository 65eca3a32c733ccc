import { useReportForm } from '../report/form.ts';
import { useSession } from '../api/session.ts';
import { twins, useWords } from '../words/words.tsx';

const WORDS = twins(
  { filters: '筛选', from: '起', to: '止', office: '司法所', all: '全部' },
  { filters: 'Filters', from: 'From', to: 'To', office: 'Office', all: 'All' },
);

export interface Period {
  from: string;
  to: string;
  office: string;
}

export const queryOf = (period: Period): string =>
  new URLSearchParams(Object.entries(period).filter(([, value]) => value !== '')).toString();

/** Days, both included, and an office. */
export function PeriodFilter({ period, change }: { period: Period; change(period: Period): void }) {
  const words = useWords(WORDS);
  const { data: form } = useReportForm();
  const { data: who } = useSession();
  const offices = (form?.offices ?? []).filter(({ id }) => who?.offices.includes(id));
  const day = (name: 'from' | 'to') => (
    <label>
      {words[name]}
      <input
        type="date"
        value={period[name]}
        onChange={({ target }) => change({ ...period, [name]: target.value })}
      />
    </label>
  );
  return (
    <form className="filters" aria-label={words.filters} onSubmit={(event) => event.preventDefault()}>
      {day('from')}
      {day('to')}
      <label>
        {words.office}
        <select value={period.office} onChange={({ target }) => change({ ...period, office: target.value })}>
          <option value="">{words.all}</option>
          {offices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
