import type { SecretName, ServiceName } from './places.ts';

/** An address of the service itself that answers with 2xx, a port that takes connections, or a command that ends with 0. */
export type Health = { http: string } | { port: number } | { command: string[] };

/** One service of the topology, wherever it runs. */
export interface Service {
  name: ServiceName;
  image: string;
  /** Arguments of the image's own command, or of the same command on this machine; without it the image's own. */
  command?: string[];
  environment?: Record<string, string>;
  secrets?: SecretName[];
  /** Files it reads: where they are for it → where they come from in the repository. */
  files?: Record<string, string>;
  /** What has to be well, or through, before it starts. */
  needs?: Partial<Record<ServiceName, 'healthy' | 'through' | 'started'>>;
  /** A job that ends; others run on. */
  isJob?: boolean;
  /** How it shows that it is well, asked within the service. */
  health?: Health;
  /** Numbers of the user it runs as. */
  user?: string;
  /** Folders it writes that are gone with it. */
  scratch?: string[];
  /** The folder that has to be kept. */
  keeps?: string;
  /** Ports that people outside reach: what they are there, and within. */
  published?: { from: string; to: number }[];
  /** Why its own files cannot be read-only; all others' are. */
  writes?: string;
  memory: string;
  cpus: string;
  /** Seconds it may take to end what is under way. */
  stopWithin: number;
  /** A job that nobody needs: where it fails that is said, and all else runs. */
  mayFail?: boolean;
  /** Not in production. */
  isDevOnly?: boolean;
  /** The build of the image before this one, while a rollout goes on. */
  isBefore?: boolean;
  /** Why it is left out where there are no containers. */
  leftOutNatively?: string;
}
