import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { mayPass } from './api/problem.ts';
import { Fallen } from './look/fallen.tsx';
import { Loading } from './look/loading.tsx';
import { ReportPage } from './report/report-page.tsx';
import { SenderProvider } from './report/sender.tsx';
import { Words } from './words/words.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (times, error) => times < 2 && mayPass(error),
      staleTime: 5_000,
      networkMode: 'always', // a page that waits for the browser to think it is online waits for nothing
    },
    mutations: { networkMode: 'always' },
  },
});

/** Everything but the report page comes later: that one has to open on a bad line. */
const Desk = lazy(() => import('./shell/desk.tsx').then(({ Desk: component }) => ({ default: component })));

export function App() {
  return (
    <Words>
      <QueryClientProvider client={queries}>
        <Fallen>
          <SenderProvider>
            <BrowserRouter basename="/console">
              <Suspense fallback={<Loading />}>
                <Routes>
                  <Route path="/" element={<Navigate to="/board" replace />} />
                  <Route path="/report" element={<ReportPage />} />
                  <Route path="*" element={<Desk />} />
                </Routes>
              </Suspense>
            </BrowserRouter>
          </SenderProvider>
        </Fallen>
      </QueryClientProvider>
    </Words>
  );
}
