import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client.ts';

interface Ways {
  password: true;
  oidc: string | null;
}

interface Props {
  words: { elsewhere: string; or: string };
  /** In a window of its own: what is typed here is not left. */
  aside: boolean;
}

/** The way in by the bureau's own identity provider, where there is one. Comes back to this page. */
export function SingleSignOn({ words, aside }: Props) {
  const ways = useQuery({
    queryKey: ['ways'],
    queryFn: () => ask<Ways>('/api/session/ways'),
    staleTime: Infinity,
    retry: false, // without an answer there is the password
  });
  if (!ways.data?.oidc) return null;
  const to = window.location.pathname + window.location.search;
  return (
    <div className="elsewhere">
      <a
        className="primary"
        href={`${ways.data.oidc}?to=${encodeURIComponent(to)}`}
        target={aside ? '_blank' : undefined}
      >
        {words.elsewhere}
      </a>
      <p className="soft">{words.or}</p>
    </div>
  );
}
