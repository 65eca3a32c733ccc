/** Of `index.html`: no file beside it, no font of another's, readable on a phone and on paper. */
export const PAGE_STYLE = `
:root{color-scheme:light;--ink:#1f2328;--soft:#57606a;--line:#d0d7de;--red:#b42318;--ground:#f6f8fa}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--ink);font:16px/1.7 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:1080px;margin:0 auto;padding:24px 20px 64px}
header{border-bottom:3px solid var(--red);margin-bottom:8px}
h1{font-size:1.6rem;line-height:1.35;margin:0 0 4px}
h2{font-size:1.2rem;margin:40px 0 12px;padding-left:10px;border-left:4px solid var(--red)}
h3{font-size:1rem;margin:20px 0 8px}
p{margin:6px 0}
.soft{color:var(--soft)}
.mark{display:inline-block;border:1px solid var(--red);color:var(--red);padding:0 8px;border-radius:3px;margin-right:8px}
.box{background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:12px 16px}
nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;padding:0;margin:12px 0}
a{color:#0b57d0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.925rem}
th,td{border:1px solid var(--line);padding:6px 10px;text-align:left;vertical-align:top}
thead th{background:var(--ground);white-space:nowrap;font-weight:600}
tbody th{font-weight:600;width:9em;background:var(--ground)}
td.at{white-space:nowrap}
.hash,code{font:13px/1.6 ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
ol.line{list-style:none;margin:0;padding:0}
ol.line>li{display:grid;grid-template-columns:3.2em 11.5em 1fr;gap:0 12px;padding:8px 0;border-bottom:1px solid var(--line)}
ol.line .nr{color:var(--soft)}
dl{margin:4px 0 0;display:grid;grid-template-columns:max-content 1fr;gap:0 10px;font-size:.925rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
.gone{color:var(--red)}
@media(max-width:640px){main{padding:16px 14px 48px}h1{font-size:1.3rem}
ol.line>li{grid-template-columns:3.2em 1fr}ol.line .what{grid-column:1/-1}
.facts,.facts tbody,.facts tr,.facts th,.facts td{display:block;width:auto;border:0;padding:0}
.facts tr{border-bottom:1px solid var(--line);padding:6px 0}.facts th{background:none;color:var(--soft);font-weight:400}
.wide{min-width:680px}}
@media print{a{color:inherit;text-decoration:none}nav{display:none}}
`;
