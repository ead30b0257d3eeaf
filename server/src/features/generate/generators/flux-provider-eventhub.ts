import {
  EVENT_HUB_RULE,
  EVENT_HUBS_NAMESPACE_RULE,
  isEventHubName,
  isEventHubsNamespace,
} from '../../../azure/event-hubs.ts';
import { type Generator, given } from '../generator.ts';
import { ENCRYPT_NOTE, fluxServiceAccount, OBJECT_LEVEL, reference, secret } from '../manifests.ts';
import {
  clientIdStep,
  cloudOf,
  cloudStep,
  nameStep,
  namespaceStep,
  rule,
  serviceAccountStep,
  tenantIdStep,
  whenAuth,
} from '../steps.ts';
import { apiVersion, atLeast, needsFlux } from '../versions.ts';
import { commented, documents } from '../yaml-text.ts';

export const fluxProviderEventhub: Generator = {
  name: 'flux-provider-eventhub',
  title: 'Provider and Alert for Azure Event Hubs',
  detail: 'Sends events of Flux to an event hub: with an identity, a connection string or a token',
  steps: [
    nameStep('Provider and the Alert', 'events'),
    namespaceStep('flux-system'),
    cloudStep(),
    {
      key: 'eventHubsNamespace',
      title: 'Event Hubs namespace',
      prompt: 'Name of the Event Hubs namespace',
      kind: 'text',
      example: 'contoso-events',
      validate: rule(isEventHubsNamespace, EVENT_HUBS_NAMESPACE_RULE),
    },
    {
      key: 'eventHub',
      title: 'Event hub',
      prompt: 'Name of the event hub',
      kind: 'text',
      example: 'flux',
      validate: rule(isEventHubName, EVENT_HUB_RULE),
    },
    {
      key: 'severity',
      title: 'Severity',
      prompt: 'Which events?',
      kind: 'choice',
      choices: () => [
        { value: 'info', title: 'All events' },
        { value: 'error', title: 'Errors only' },
      ],
      default: 'info',
    },
    {
      key: 'auth',
      title: 'Authentication',
      prompt: 'How shall notification-controller authenticate?',
      kind: 'choice',
      choices: (_, { fluxVersion }) => [
        {
          value: 'controller',
          title: 'Identity of notification-controller',
          refused: needsFlux(fluxVersion, '2.6', 'An identity for Event Hubs'),
        },
        {
          value: 'serviceAccount',
          title: 'Identity of a ServiceAccount',
          detail: 'Needs the feature gate ObjectLevelWorkloadIdentity',
          refused: needsFlux(fluxVersion, '2.6', 'An identity for Event Hubs'),
        },
        { value: 'sas', title: 'A connection string with a shared access key' },
        {
          value: 'jwt',
          title: 'A token in a Secret',
          detail: atLeast(fluxVersion, '2.7') ? 'Deprecated since Flux 2.7' : 'A JWT that somebody renews',
        },
      ],
      default: (_, { fluxVersion }) => (atLeast(fluxVersion, '2.6') ? 'controller' : 'sas'),
    },
    serviceAccountStep('events', { when: whenAuth('serviceAccount') }),
    clientIdStep({ when: whenAuth('serviceAccount') }),
    tenantIdStep({ when: whenAuth('serviceAccount') }),
  ],
  render: (values, { fluxVersion }) => {
    const { name, namespace, auth } = values as Record<string, string>;
    const cloud = cloudOf(values);
    const host = `${values.eventHubsNamespace}.${cloud.serviceBusSuffix}`;
    // Old releases know only the bare name, which is enough in the public cloud.
    const channel = cloud.id === 'public' ? values.eventHubsNamespace : host;
    const account = auth === 'serviceAccount' ? given(values, 'serviceAccount') : undefined;
    const secretName = auth === 'sas' || auth === 'jwt' ? `${name}-auth` : undefined;
    return [
      {
        path: `${name}-alert.yaml`,
        language: 'yaml',
        content: documents(
          account === undefined
            ? undefined
            : fluxServiceAccount(account, namespace!, values.clientId!, values.tenantId!),
          {
            apiVersion: apiVersion('Provider', fluxVersion),
            kind: 'Provider',
            metadata: { name, namespace },
            spec: {
              type: 'azureeventhub',
              // The connection string in the Secret holds both.
              address: auth === 'sas' ? undefined : commented('The event hub.', values.eventHub),
              channel: auth === 'sas' ? undefined : commented('Its namespace.', channel),
              serviceAccountName: account && commented(OBJECT_LEVEL, account),
              secretRef: reference(secretName),
            },
          },
          {
            apiVersion: apiVersion('Alert', fluxVersion),
            kind: 'Alert',
            metadata: { name, namespace },
            spec: {
              providerRef: { name },
              eventSeverity: values.severity,
              eventSources: [
                { kind: 'Kustomization', name: '*' },
                { kind: 'HelmRelease', name: '*' },
              ],
            },
          },
        ),
        note:
          secretName === undefined
            ? 'The identity needs Azure Event Hubs Data Sender on the namespace or the event hub.'
            : undefined,
      },
      ...(secretName === undefined
        ? []
        : [
            {
              path: `${secretName}-secret.yaml`,
              language: 'yaml' as const,
              content: documents(
                secret(
                  { name: secretName, namespace },
                  auth === 'sas'
                    ? {
                        address: commented(
                          'EntityPath names the event hub: from Flux 2.7 nothing is sent without it.',
                          `Endpoint=sb://${host}/;SharedAccessKeyName=flux-send;SharedAccessKey=\${EVENT_HUBS_KEY};EntityPath=${values.eventHub}`,
                        ),
                      }
                    : { token: '${EVENT_HUBS_TOKEN}' },
                ),
              ),
              note: ENCRYPT_NOTE,
            },
          ]),
    ];
  },
};
