import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '../api/problem.ts';
import { SESSION } from '../api/session.ts';
import { DIFFERENCES } from './differences.ts';

/** Says something of a difference; what was typed stays until it was taken. */
export function useSaying(said: () => void) {
  const client = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  async function say(what: () => Promise<unknown>): Promise<void> {
    setState({ busy: true });
    try {
      await what();
      said();
      setState({ busy: false });
      await client.invalidateQueries({ queryKey: DIFFERENCES });
    } catch (error) {
      setState({ busy: false, error });
      if (isProblem(error) && error.status === 401) void client.invalidateQueries({ queryKey: SESSION });
    }
  }
  return { ...state, say };
}
