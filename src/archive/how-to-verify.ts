import { escapeHtml } from '../receipts/html.ts';
import { section } from './page-parts.ts';

/** What somebody does who wants to know that nothing was changed, with this system and without. */
export const howToVerify = (fingerprint: string): string =>
  section(
    'verify',
    '如何核验',
    `<div class="box"><p>取得本系统的程序后，在任何一台计算机上离线运行（不需要服务器、数据库和密钥）：</p>
<p><code>fenghuo audit 归档文件.zip --key 公钥指纹</code></p>
<p>它逐一核对清单中每个文件的大小与 SHA-256、清单的签名、时间线的链、个人信息与文书的摘要、附件与扫描件、流程历史，并指明哪个文件、第几条有何不符。</p>
<p>生成时的公钥指纹如下。请与该单位另行公布的指纹核对：任何人都能用自己的密钥另造一份归档，只有指纹相符的才出自该单位。</p>
<p class="hash">${escapeHtml(fingerprint)}</p></div>
<p>不用本系统也可以核验：用任何工具计算各文件的 SHA-256，与 <code>manifest.json</code> 相比；用 <code>signature.json</code> 中的公钥（SPKI，Ed25519）验证 <code>manifest.json</code> 的签名。
时间线每条的校验值为 SHA-256，输入依次为文本 <code>fenghuo-entry-v1</code>、换行、上一条的校验值（首条为 64 个 0）、换行、该条的规范化 JSON（RFC 8785，字段 incidentId、seq、at、kind、data、personal，其中 personal 只含摘要）。
个人信息的摘要为以其盐值为密钥的 HMAC-SHA-256。</p>`,
  );
