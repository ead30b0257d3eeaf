import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cloudById } from '../../../server/src/azure/clouds.ts';
import {
  devOpsHttpsUrl,
  devOpsSshUrl,
  isDevOpsHost,
  isOrganizationName,
  parseDevOpsUrl,
} from '../../../server/src/azure/devops.ts';
import {
  isConnectionString,
  isEventHubName,
  isEventHubsNamespace,
  parseConnectionString,
} from '../../../server/src/azure/event-hubs.ts';
import {
  isKeyName,
  isKeyVersion,
  isVaultName,
  KEY_URL_WITH_VERSION,
  keyUrl,
  parseKeyUrl,
  parseVaultHost,
  vaultObjectThatIsNoKey,
} from '../../../server/src/azure/key-vault.ts';
import {
  isAcrHost,
  isLoginLabel,
  isRegistryName,
  isRepositoryPath,
  parseImage,
  parseLoginServer,
  registryHostOf,
} from '../../../server/src/azure/registries.ts';
import {
  blobEndpoint,
  isContainerName,
  isStorageAccountName,
  parseBlobEndpoint,
} from '../../../server/src/azure/storage.ts';
import { isTenant, tenantKind } from '../../../server/src/azure/tenants.ts';

const VERSION = '0123456789abcdef0123456789abcdef';

test('a key URL gives its parts and where they stand', () => {
  const text = ` https://contoso.vault.azure.net/keys/sops-key/${VERSION}\r`;
  const url = parseKeyUrl(text)!;
  assert.equal(url.vaultUrl, 'https://contoso.vault.azure.net');
  assert.equal(url.vault?.name, 'contoso');
  assert.equal(url.vault?.cloud?.id, 'public');
  assert.equal(url.key, 'sops-key');
  assert.equal(url.version, VERSION);
  const cut = (r: { start: number; end: number }) => text.slice(r.start, r.end);
  assert.equal(cut(url.at.vault), 'contoso');
  assert.equal(cut(url.at.host), 'contoso.vault.azure.net');
  assert.equal(cut(url.at.key), 'sops-key');
  assert.equal(cut(url.at.version!), VERSION);
});

test('key URLs that SOPS accepts and refuses', () => {
  assert.equal(parseKeyUrl('https://v.vault.azure.net/keys/k')?.version, undefined);
  assert.equal(parseKeyUrl('https://v.vault.azure.net/keys/k/')?.version, undefined);
  assert.equal(parseKeyUrl('https://v.managedhsm.azure.net:443/keys/k')?.vault?.hsm, true);
  assert.equal(parseKeyUrl('https://vault.example.org/keys/k')?.vault, undefined);
  for (const text of [
    'http://v.vault.azure.net/keys/k',
    'v.vault.azure.net/keys/k',
    'https://v.vault.azure.net/Keys/k',
    `https://v.vault.azure.net/keys/k/${VERSION}/`,
    'https://v.vault.azure.net/secrets/k',
  ])
    assert.equal(parseKeyUrl(text), undefined, text);
  assert.equal(vaultObjectThatIsNoKey('https://v.vault.azure.net/secrets/k'), 'secret');
  assert.equal(vaultObjectThatIsNoKey('https://v.vault.azure.net/certificates/k/1'), 'certificate');
  assert.equal(vaultObjectThatIsNoKey('https://v.vault.azure.net/keys/k'), undefined);
  assert.match(keyUrl(cloudById('china'), 'contoso', 'k', VERSION), KEY_URL_WITH_VERSION);
});

test('vault hosts, names and versions', () => {
  assert.equal(parseVaultHost('kv.vault.internal.example', ['.vault.internal.example'])?.name, 'kv');
  assert.equal(parseVaultHost('kv.vault.internal.example'), undefined);
  for (const name of ['kv1', 'Contoso-fleet', 'a'.repeat(24)]) assert.ok(isVaultName(name), name);
  for (const name of ['kv', '1kv', 'kv-', 'k--v', 'a'.repeat(25), 'k_v']) assert.ok(!isVaultName(name), name);
  assert.ok(isKeyName('a-1') && !isKeyName('a_1') && !isKeyName('') && !isKeyName('a'.repeat(128)));
  assert.ok(isKeyVersion(VERSION) && !isKeyVersion(VERSION.slice(1)));
});

test('registries', () => {
  assert.equal(registryHostOf('oci://Contoso.azurecr.io:443/app'), 'Contoso.azurecr.io');
  assert.ok(isAcrHost('oci://contoso.azurecr.cn/app') && !isAcrHost('mcr.microsoft.com') && !isAcrHost('azurecr.io'));
  assert.equal(parseLoginServer('contoso.azurecr.us/app')?.cloud.id, 'usGovernment');
  assert.equal(parseLoginServer('ghcr.io/app'), undefined);
  assert.ok(isRegistryName('contoso') && !isRegistryName('con-toso') && !isRegistryName('cont'));
  assert.ok(isLoginLabel('contoso-a1b2c3') && !isLoginLabel('contoso-'));
  assert.deepEqual(parseImage('contoso.azurecr.io/team/app:1.0@sha256:ab'), {
    registry: 'contoso.azurecr.io',
    repository: 'team/app',
    tag: '1.0',
    digest: 'sha256:ab',
  });
  assert.equal(parseImage('oci://contoso.azurecr.io/app'), undefined);
  assert.equal(parseImage('app'), undefined);
  assert.ok(
    isRepositoryPath('team/app_1') &&
      !isRepositoryPath('Team/app') &&
      !isRepositoryPath('app:1') &&
      !isRepositoryPath('/app'),
  );
});

test('Azure DevOps repositories in every form', () => {
  const form = (text: string) => {
    const r = parseDevOpsUrl(text);
    return r && [r.form, r.user ?? '-', r.organization, r.project, r.repository].join(' ');
  };
  assert.equal(form('https://dev.azure.com/org/proj/_git/repo'), 'https - org proj repo');
  assert.equal(form('https://org@dev.azure.com/org/My%20Project/_git/repo/'), 'https org org My%20Project repo');
  assert.equal(form('https://dev.azure.com/org/_git/repo'), 'short - org repo repo');
  assert.equal(form('https://org.visualstudio.com/DefaultCollection/proj/_git/repo'), 'visualstudio - org proj repo');
  assert.equal(form('https://org.visualstudio.com/_git/repo'), 'visualstudio - org repo repo');
  assert.equal(form('ssh://git@ssh.dev.azure.com/v3/org/proj/repo'), 'ssh git org proj repo');
  assert.equal(form('ssh://git@ssh.dev.azure.com:22/v3/org/proj/repo'), 'ssh git org proj repo');
  assert.equal(form('git@ssh.dev.azure.com:v3/org/proj/repo'), 'scp git org proj repo');
  for (const text of [
    'https://dev.azure.com/org/proj/repo',
    'https://dev.azure.com/org/proj/_git/repo/x',
    'https://github.com/org/_git/repo',
    'ssh://git@ssh.dev.azure.com/org/proj/repo',
    'git@github.com:v3/o/p/r',
    'ssh://git@ssh.dev.azure.com:v3/o/p/r',
    '',
  ])
    assert.equal(form(text), undefined, text);
  const named = parseDevOpsUrl('git@ssh.dev.azure.com:v3/org/proj/repo')!;
  assert.equal(devOpsHttpsUrl(named), 'https://dev.azure.com/org/proj/_git/repo');
  assert.equal(devOpsSshUrl(named), 'ssh://git@ssh.dev.azure.com/v3/org/proj/repo');
  assert.ok(isDevOpsHost('ssh.dev.azure.com') && isDevOpsHost('org.visualstudio.com') && !isDevOpsHost('azure.com'));
  assert.ok(isOrganizationName('contoso-1') && !isOrganizationName('-contoso') && !isOrganizationName('con.toso'));
});

test('blob endpoints and storage names', () => {
  const endpoint = parseBlobEndpoint('https://acct.blob.core.usgovcloudapi.net/box/');
  assert.equal(endpoint?.account, 'acct');
  assert.equal(endpoint?.cloud?.id, 'usGovernment');
  assert.equal(endpoint?.path, 'box');
  assert.equal(parseBlobEndpoint('acct.blob.core.windows.net'), undefined);
  assert.equal(blobEndpoint(cloudById('public'), 'acct'), 'https://acct.blob.core.windows.net');
  assert.ok(isStorageAccountName('acct01') && !isStorageAccountName('Acct') && !isStorageAccountName('ab'));
  for (const name of ['box', 'my-box', '$web']) assert.ok(isContainerName(name), name);
  for (const name of ['bo', 'Box', '-box', 'my--box', 'box-', '$x']) assert.ok(!isContainerName(name), name);
});

test('Event Hubs names and connection strings', () => {
  assert.ok(
    isEventHubsNamespace('contoso-events') && !isEventHubsNamespace('short') && !isEventHubsNamespace('1contoso'),
  );
  assert.ok(isEventHubName('flux.events') && !isEventHubName('-flux') && !isEventHubName('flux/1'));
  const sas =
    'Endpoint=sb://contoso-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${KEY};EntityPath=flux';
  assert.ok(isConnectionString(sas));
  const parsed = parseConnectionString(sas)!;
  assert.equal(parsed.namespace, 'contoso-events');
  assert.equal(parsed.entityPath, 'flux');
  assert.equal(parsed.hasKey, true);
  assert.equal(parseConnectionString('Endpoint=sb://x.servicebus.windows.net/;SharedAccessKey=;')?.hasKey, false);
  assert.equal(parseConnectionString('flux'), undefined);
});

test('tenants are GUIDs or domains', () => {
  assert.equal(tenantKind('11111111-2222-4333-8444-555555555555'), 'guid');
  assert.equal(tenantKind('contoso.onmicrosoft.com'), 'domain');
  assert.equal(tenantKind('contoso'), 'word');
  assert.equal(tenantKind('con toso'), 'invalid');
  assert.ok(isTenant('contoso.example') && !isTenant('common'));
});
