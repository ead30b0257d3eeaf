import { textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { nameOf } from './_sources.ts';
import { EITHER_CHART, structureProblems } from './_structure.ts';

/** Rules of the CRDs that rules of their own speak of, with what to do about them. */
const OWNED: readonly RegExp[] = [
  /^serviceAccountName can only be set when provider is /, // flux/git-service-account-without-provider
  /^cannot set both \.spec\.secretRef and \.spec\.serviceAccountName$/, // flux/bucket-secret-and-service-account
  /^ServiceAccountName is not supported for the 'generic' Bucket provider$/, // flux/bucket-service-account-without-provider
  /^STS configuration is only supported for the 'aws' and 'generic' Bucket providers$/, // flux/bucket-sts-with-azure
  /^exactly one of spec\.kubeConfig\.configMapRef or spec\.kubeConfig\.secretRef must be specified$/, // flux/kubeconfig-ref-not-exactly-one
  /^spec\.commitStatusExpr is only supported for /, // flux/commit-status-expr-unsupported
  /^secretRef is required when type is not generic-oidc$/, // flux/receiver-secret-missing
  /^(generic-oidc receivers must define at least one oidcProvider|secretRef cannot be set when type is generic-oidc)$/, // flux/receiver-secret-missing
  /^spec\.interval (must be set|is only accepted) when spec\.digestReflectionPolicy is set to 'Always'$/, // flux/digest-interval-mismatch
  EITHER_CHART, // flux/missing-field
  /^\.objectLevelWorkloadIdentity must be set to true when \.multitenantWorkloadIdentity is set to true$/, // flux/instance-multitenant-without-object-level
];

/** flux/input-provider-acr-invalid and flux/input-provider-ado-invalid. */
const AZURE_INPUT = /^(ACRArtifactTag|AzureDevOps(Branch|Tag|PullRequest))$/;
const OF_INPUTS = /^(spec\.url must (start with|include) |cannot specify spec\.(secretRef|certSecretRef) when )/;

export default defineRule({
  id: 'flux/cel',
  on: structureProblems('cel'),
  severity: 'error',
  schema: true,
  general: true,
  summary: 'Fields that do not go together by a rule of the CRD.',
  why: 'CRDs hold rules over several fields in the Common Expression Language. The API server evaluates them on every write and refuses an object that breaks one; the message is the one of the rule.',
  references: ['x-kubernetes-validations in the CRDs of the controllers of fluxcd/flux2@v2.0.0 to v2.9.4'],
  *check({ object, problem }) {
    const { rule, entry, path } = problem;
    if (!rule || OWNED.some((own) => own.test(rule.message))) return;
    if (AZURE_INPUT.test(textAt(object.root, 'spec', 'type') ?? '') && OF_INPUTS.test(rule.message)) return;
    yield report(
      entry && path.length > 1 ? entry : nameOf(object),
      `${object.kind} "${object.name ?? ''}" is invalid: ${rule.message}`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A token service of another provider',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: generic
  bucketName: config
  endpoint: minio.contoso.com
  sts:
    <|provider|>: aws
    endpoint: https://sts.contoso.com
`,
      message: "'ldap' is the only supported STS provider for the 'generic' Bucket provider",
    },
  ],
  good: [
    {
      title: 'A chart; a reference that is filled in later',
      yaml: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
spec:
  interval: 10m
  chartRef:
    kind: OCIRepository
    name: podinfo
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: \${PROVIDER}
  bucketName: config
  endpoint: minio.contoso.com
  sts:
    provider: aws
    endpoint: https://sts.contoso.com
`,
    },
  ],
};
