import { startSystem } from '/work/main/test/harness/system.ts';
const s = await startSystem();
console.log('PIDS', s.pid(), s.temporalPid(), s.dataDir);
setInterval(() => {}, 1000);
