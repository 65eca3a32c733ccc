/** Loaded into a process that a test starts: when the test's own process is gone, this one stops as if told to. */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 1_000).unref();
