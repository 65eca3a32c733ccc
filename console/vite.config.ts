import { defineConfig } from 'vite';

/** The console, built into `console/dist`, which the API serves under /console/. JSX is turned by Vite itself. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true, // what scripts/build-console.mjs reads
    sourcemap: false,
    // Scripts from our address only, and none inline: the content security policy allows no other.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // Component libraries mark files for a server we do not have.
      onLog(level, log, handle) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8420' } },
});
