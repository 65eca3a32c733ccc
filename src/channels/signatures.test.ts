import { expect, test } from '@jest/globals';
import { signAcs3 } from './acs3.ts';
import { signTc3 } from './tc3.ts';

test('ACS3: the worked example of Alibaba Cloud’s documentation has the signature it gives', () => {
  const { query, headers } = signAcs3(
    { id: 'YourAccessKeyId', secret: 'YourAccessKeySecret' },
    {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
      now: Date.parse('2023-10-26T10:22:32Z'),
      nonce: '3156853299f313e23d1673dc12e1703d',
    },
  );
  expect(query).toBe('ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai');
  expect(headers.authorization).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,' +
      'SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,' +
      'Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );
});

test('ACS3: values are encoded the way they are signed', () => {
  const { query } = signAcs3(
    { id: 'k', secret: 's' },
    { host: 'h', action: 'a', version: 'v', query: { b: "报警 (1)*'!~", a: '{"x":"1+1"}' }, now: 0 },
  );
  expect(query).toBe('a=%7B%22x%22%3A%221%2B1%22%7D&b=%E6%8A%A5%E8%AD%A6%20%281%29%2A%27%21~');
});

/** The documentation's example lists instances that are called 未命名. */
const listInstances = {
  host: 'cvm.tencentcloudapi.com',
  service: 'cvm',
  body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
  now: 1_551_113_065_000,
};

test('TC3: the worked example of Tencent Cloud’s documentation has the signature it gives', () => {
  const key = { id: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' };
  expect(signTc3(key, listInstances)).toBe(
    'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, ' +
      'SignedHeaders=content-type;host, ' +
      'Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  );
});

test('TC3: its later example, which signs the action, too', () => {
  const key = { id: 'any', secret: '*'.repeat(32) };
  const headers = { 'x-tc-action': 'describeinstances' };
  expect(signTc3(key, { ...listInstances, headers })).toMatch(
    /SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f$/,
  );
});
