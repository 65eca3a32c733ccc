import { styleSource } from './html.ts';

export const CSS = `
:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d8dde3;--urgent:#b42318;--act:#0b57d0;--on-act:#fff;--good:#18794e;--on-good:#fff;--drill:#7a4100;--drill-bg:#ffe8c7}
@media (prefers-color-scheme:dark){:root{--bg:#111418;--card:#1b2026;--ink:#e8eaed;--soft:#a3adb8;--line:#333b44;--urgent:#ff8a80;--act:#8ab4f8;--on-act:#0b1b33;--good:#5fd39a;--on-good:#06251a;--drill:#ffd699;--drill-bg:#45300f}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:17px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:32rem;margin:0 auto;padding:1rem 1rem 2rem}
.system{margin:.25rem 0 .75rem;color:var(--soft);font-size:.875rem}
.drill{margin:0 0 .75rem;padding:.6rem .9rem;border-radius:10px;background:var(--drill-bg);color:var(--drill);font-weight:700}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.1rem 1rem}
.urgency{margin:0;color:var(--urgent);font-weight:700}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.3;overflow-wrap:anywhere}
h1.good{color:var(--good)}
p{margin:.35rem 0}
dl{margin:.9rem 0 0;border-top:1px solid var(--line)}
dl div{display:grid;grid-template-columns:5.5rem 1fr;gap:.5rem;padding:.55rem 0;border-bottom:1px solid var(--line)}
dl div:last-child{border-bottom:0;padding-bottom:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.duty dd{font-weight:600}
form{margin:1rem 0 0}
button,.button{display:block;width:100%;min-height:56px;padding:.8rem 1rem;border:0;border-radius:12px;background:var(--act);color:var(--on-act);font:inherit;font-size:1.25rem;font-weight:700;text-align:center;text-decoration:none;cursor:pointer}
button+button,label+button,.button{margin-top:.75rem}
button.arrived{background:var(--good);color:var(--on-good)}
button.declined{background:transparent;color:var(--urgent);border:2px solid var(--urgent);font-size:1.0625rem}
button:focus-visible,a:focus-visible,textarea:focus-visible,summary:focus-visible{outline:3px solid var(--act);outline-offset:3px}
label{display:block;color:var(--soft);font-size:.9375rem;margin:1rem 0 .75rem}
textarea{display:block;width:100%;min-height:4.5rem;margin-top:.25rem;padding:.6rem .75rem;border:1px solid var(--soft);border-radius:10px;background:var(--card);color:var(--ink);font:inherit;resize:vertical}
details{margin:1rem 0 0}
summary{min-height:44px;line-height:44px;color:var(--soft);text-align:center;cursor:pointer}
.note{margin:.75rem 0 0;color:var(--soft);text-align:center}
a{color:var(--act)}
.phone{display:inline-block;min-height:44px;line-height:44px;margin:-.5rem 0;font-weight:600;font-variant-numeric:tabular-nums}
`;

/** No script, no image, no other server; the form posts to its own address only. */
export const RECEIPT_CSP = `default-src 'none'; style-src ${styleSource(CSS)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** The headers every receipt page is sent with: the address in its bar is a key, so it is neither kept nor passed on. */
export const RECEIPT_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': RECEIPT_CSP,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
};
