import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keep, kept } from './look/keep.ts';
import { App } from './app.tsx';
import './look/base.css';

// A page left open over an upgrade asks for parts that are no longer there: it opens itself anew, once a minute at most.
window.addEventListener('vite:preloadError', () => {
  const last = kept<number>('fenghuo.reloaded') ?? 0;
  if (Date.now() - last < 60_000 || !navigator.onLine) return;
  keep('fenghuo.reloaded', Date.now());
  window.location.reload();
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
