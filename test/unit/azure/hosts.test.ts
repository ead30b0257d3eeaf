import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APPLICATIONS, applicationById, SCOPES } from '../../../server/src/azure/applications.ts';
import {
  authorityUrl,
  CLOUDS,
  cloudById,
  cloudByName,
  cloudOfAuthority,
  hostOf,
  kubeloginCloud,
} from '../../../server/src/azure/clouds.ts';
import { serviceOfHost } from '../../../server/src/azure/hosts.ts';

test('every tool may name a cloud', () => {
  assert.equal(cloudByName('AzureUSGovernment')?.id, 'usGovernment');
  assert.equal(cloudByName('azurechinacloud')?.id, 'china');
  assert.equal(cloudByName('PublicCloud')?.id, 'public');
  assert.equal(cloudByName('AzureStackCloud'), undefined);
  assert.equal(kubeloginCloud('AZUREPUBLIC')?.id, 'public');
  assert.equal(kubeloginCloud('AzureGermanCloud'), undefined);
});

test('authority hosts belong to one cloud', () => {
  assert.equal(cloudOfAuthority('https://login.microsoftonline.us/')?.id, 'usGovernment');
  assert.equal(cloudOfAuthority('login.partner.microsoftonline.cn')?.id, 'china');
  assert.equal(cloudOfAuthority('https://login.example.org'), undefined);
  assert.equal(authorityUrl(cloudById('china')), 'https://login.chinacloudapi.cn/');
  const hosts = CLOUDS.flatMap((cloud) => cloud.authorityHosts);
  assert.equal(new Set(hosts).size, hosts.length);
});

test('the host of a text', () => {
  assert.equal(hostOf('https://git@Dev.Azure.com:443/org/p'), 'dev.azure.com');
  assert.equal(hostOf('contoso.azurecr.io/app:1'), 'contoso.azurecr.io');
  assert.equal(hostOf(''), '');
});

test('hosts tell their service, cloud and name', () => {
  const told = (text: string) => {
    const meaning = serviceOfHost(text);
    return meaning && [meaning.service, meaning.cloud?.id, meaning.name].join(' ');
  };
  assert.equal(told('https://contoso.vault.azure.net/keys/sops'), 'key-vault public contoso');
  assert.equal(told('contoso.managedhsm.azure.cn'), 'managed-hsm china contoso');
  assert.equal(told('oci://contoso-a1b2.azurecr.us/app'), 'container-registry usGovernment contoso-a1b2');
  assert.equal(told('contoso.westeurope.data.azurecr.io'), 'container-registry public contoso');
  assert.equal(told('https://acct.blob.core.chinacloudapi.cn'), 'blob-storage china acct');
  assert.equal(told('events.servicebus.windows.net'), 'service-bus public events');
  assert.equal(told('https://westeurope.oic.prod-aks.azure.com/t/u/'), 'cluster-issuer public westeurope');
  assert.equal(told('https://oidc.prod-aks.azure.com/u/'), 'cluster-issuer public ');
  assert.equal(told('fleet-1234.hcp.westeurope.azmk8s.io:443'), 'cluster-api public fleet-1234');
  assert.equal(told('https://login.microsoftonline.com/'), 'entra public ');
  assert.equal(told('management.azure.com'), 'resource-manager public ');
  assert.equal(told('graph.microsoft.com'), 'graph public ');
  assert.equal(told('mcr.microsoft.com/aks'), 'public-registry  ');
  assert.equal(told('contoso.visualstudio.com'), 'devops  contoso');
  assert.equal(told('github.com'), undefined);
  assert.equal(told('azurecr.io'), undefined);
});

test('well-known applications', () => {
  assert.equal(applicationById('6DAE42F8-4368-4678-94FF-3960E28E3630'), APPLICATIONS.aksServer);
  assert.equal(applicationById('11111111-2222-4333-8444-555555555555'), undefined);
  assert.equal(SCOPES.devops, '499b84ac-1321-427f-aa17-267ca6975798/.default');
});
