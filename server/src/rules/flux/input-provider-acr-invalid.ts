import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { inputProviders, wrongUrl } from './_input-providers.ts';
import { editable, isSet, placeAt } from './_sources.ts';

export default defineRule({
  id: 'flux/input-provider-acr-invalid',
  on: inputProviders(/^ACRArtifactTag$/),
  severity: 'error',
  schema: true,
  summary: 'An input provider for tags in Azure Container Registry has no repository, or a Secret.',
  why: 'The Flux Operator lists the tags of one repository, so that the URL needs more than the registry. It signs in with the identity of the operator or of a ServiceAccount; the API server refuses Secrets for this type.',
  references: ['controlplaneio-fluxcd/flux-operator@v0.58.1 config/crd/bases'],
  versions: 'Flux Operator 0.58',
  *check(provider) {
    const { object, specs } = provider;
    const url = wrongUrl(provider, (text) => !/^oci:\/\/[^/]+\/.+$/.test(text));
    if (url)
      yield report(
        url,
        url.text.startsWith('oci://')
          ? 'spec.url must include the repository path after the registry host when spec.type is an OCI provider: oci://{registry}/{repository}.'
          : "spec.url must start with 'oci://' when spec.type is an OCI provider: oci://{registry}/{repository}.",
      );
    for (const field of ['secretRef', 'certSecretRef']) {
      if (!specs.every((spec) => isSet(spec, field))) continue;
      const entry = editable(object, 'spec', field);
      yield report(
        placeAt(object, 'spec', field),
        `cannot specify spec.${field} when spec.type is ACRArtifactTag: sign in with workload identity, of the operator or by serviceAccountName.`,
        { fix: entry && unsafeFix(`Remove ${field}`, removeEntry(entry)) },
      );
    }
  },
});

const provider = (spec: string): string => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: tags, namespace: flux-system }
spec:
  type: ACRArtifactTag
${spec}`;

export const examples: Examples = {
  bad: [
    {
      title: 'The registry alone',
      yaml: provider('  url: <|oci://fleetregistry.azurecr.io|>\n'),
      message: 'spec.url must include the repository path',
    },
    {
      title: 'A Secret',
      yaml: provider('  url: oci://fleetregistry.azurecr.io/shop\n  <|secretRef|>:\n    name: registry\n'),
      fixed: provider('  url: oci://fleetregistry.azurecr.io/shop\n'),
    },
  ],
  good: [
    {
      title: 'A repository, and an identity',
      yaml: provider('  url: oci://fleetregistry.azurecr.io/shop/web\n  serviceAccountName: tags-reader\n'),
    },
    {
      title: 'Another type with a Secret; a variable',
      yaml: `${provider('  url: oci://ghcr.io/contoso/shop\n  secretRef: { name: ghcr }\n').replace('ACRArtifactTag', 'OCIArtifactTag')}---
${provider('  url: "${REPOSITORY}"\n').replace('name: tags', 'name: more')}`,
    },
  ],
};
