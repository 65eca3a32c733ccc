import { addressOf, type Place } from './places.ts';
import { APIS } from './topology.ts';

export interface ProxyOptions {
  /** Where nginx puts its pid and what it buffers. */
  scratch: string;
  /** Temporal's UI on a port of its own, where there is one. */
  hasUi: boolean;
}

/**
 * nginx before the APIs: TLS, nothing logged (receipt links are keys), events unbuffered. An API that takes no connection is left
 * out for two seconds; what was sent already is not sent again, since not every act is harmless when repeated.
 */
export const proxyConfig = (place: Place, { scratch, hasUi }: ProxyOptions): string => `\
# Made from deploy/topology.ts by \`node scripts/compose.mjs\`.
worker_processes auto;
pid ${scratch}/nginx.pid;
error_log stderr crit;
events { worker_connections 4096; }
http {
  access_log off;
  server_tokens off;
  client_max_body_size 32m;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((kind) => `  ${kind}_temp_path ${scratch}/nginx-${kind};`)
  .join('\n')}

  ssl_certificate ${place.secret('tls_certificate')};
  ssl_certificate_key ${place.secret('tls_key')};
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:tls:5m;

  upstream api {
${APIS.map((api) => `    server ${addressOf(place, api)} max_fails=1 fail_timeout=2s;`).join('\n')}
  }

  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto https;
  proxy_connect_timeout 2s;
  proxy_read_timeout 75s;
  proxy_next_upstream error timeout;
  proxy_next_upstream_tries ${APIS.length};

  server {
    listen ${listen(place, place.port('proxy'))} ssl;
    location / { proxy_pass http://api; }
    location = /api/events {
      proxy_pass http://api;
      proxy_buffering off;
      proxy_read_timeout 1h;
    }
  }
${hasUi ? uiServer(place) : ''}}
`;

const listen = ({ listenOn }: Place, port: number): string => `${listenOn}:${port}`;

const uiServer = (place: Place): string => `
  server {
    listen ${listen(place, place.port('proxy', 'ui'))} ssl;
    location / { proxy_pass http://${addressOf(place, 'temporal-ui')}; }
  }
`;
