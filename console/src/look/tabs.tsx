import { Link } from 'react-router';
import './tabs.css';

interface Props {
  label: string;
  /** By the address they lead to. */
  tabs: { to: string; name: string; count?: number }[];
  current: string;
}

/** Pages within a page: links, so that each has an address and the way back works. */
export function Tabs({ label, tabs, current }: Props) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ to, name, count }) => (
        <Link key={to} to={to} aria-current={to === current ? 'page' : undefined}>
          {name}
          {count ? <span className="tab-count">{count}</span> : null}
        </Link>
      ))}
    </nav>
  );
}
