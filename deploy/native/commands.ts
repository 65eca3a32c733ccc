import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from '../places.ts';
import type { Service } from '../service.ts';
import type { Command } from './child.ts';
import type { Tools } from './find-tools.ts';
import { foldersOf, ROOT } from './place.ts';
import type { TemporalServer } from './provide-temporal-server.ts';

/** What commands of the topology are on this machine. */
export interface Machine {
  data: string;
  place: Place;
  tools: Tools;
  temporal: TemporalServer;
  /** As whom PostgreSQL runs, which refuses root. */
  postgresUser: { uid: number; gid: number } | undefined;
  /** More settings for our own processes, or others. */
  settings: Record<string, string>;
}

/** How this machine runs what the service's image would: the same arguments and settings, other paths to the command itself. */
export async function commandOf(machine: Machine, service: Service): Promise<Command> {
  const { data, place, tools, temporal, postgresUser, settings } = machine;
  const folders = foldersOf(data);
  const [name, ...args] = service.command!;
  const common = {
    args,
    cwd: ROOT,
    logFile: join(folders.logs, `${service.name}.log`),
    environment: { ...base(), ...service.environment },
  };
  switch (name) {
    case 'postgres': {
      const here = ['-D', folders.postgres, '-p', String(place.port('postgres'))];
      const only = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
      const file = join(tools.postgres, 'postgres');
      return {
        ...common,
        file,
        args: [...here, ...only, ...args],
        user: postgresUser,
        cwd: folders.postgres,
      };
    }
    case 'sh': {
      const tool = { SQL_TOOL: temporal.sqlTool, SCHEMA: temporal.schema };
      return { ...common, file: '/bin/sh', environment: { ...common.environment, ...tool } };
    }
    case 'temporal-server':
      return { ...common, file: temporal.server };
    case 'nginx':
      await mkdir(folders.scratch, { recursive: true });
      return { ...common, file: tools.nginx };
    case 'node': {
      const ownBox = service.name === 'mailbox' ? { MAILBOX: folders.mailbox } : settings;
      return { ...common, file: process.execPath, environment: { ...common.environment, ...ownBox } };
    }
    case undefined:
    default:
      throw new Error(`nothing here runs ${name}`);
  }
}

function base(): Record<string, string> {
  const { PATH = '', HOME = '', LANG = 'C.UTF-8' } = process.env;
  return { PATH, HOME, LANG };
}
