import { addAt, replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { tagAt } from './_registries.ts';
import { isSet, literalAt, OCI_REPOSITORY } from './_sources.ts';

export default defineRule({
  id: 'flux/oci-url-has-tag',
  on: kinds(OCI_REPOSITORY),
  severity: 'error',
  partial: true,
  summary: 'The URL of an OCIRepository has a tag or digest.',
  why: 'The URL names the repository alone, and `spec.ref` chooses the version in it. With a tag in the URL the controller stalls the object with reason `URLInvalid`.',
  references: ['fluxcd/source-controller@v1.9.1 internal/controller/ocirepository_controller.go parseRepository'],
  *check(object) {
    const url = literalAt(object.root, 'spec', 'url');
    const start = url?.text.startsWith('oci://') ? tagAt(url.text) : undefined;
    if (!url || start === undefined) return;
    const suffix = url.text.slice(start);
    const digest = /@(.+)$/.exec(suffix)?.[1];
    const tag = /^:([^@]+)/.exec(suffix)?.[1];
    const field = digest ? 'digest' : 'tag';
    const version = digest ?? tag;
    const strip = replaceText(url, url.text.slice(0, start));
    const move = version !== undefined && !object.partial && !isSet(object.root, 'spec', 'ref');
    yield report(url, `URL must not contain a tag; remove '${suffix}'. The version goes into spec.ref.${field}.`, {
      fix: move
        ? unsafeFix(
            `Move ${suffix} to spec.ref.${field}`,
            strip,
            addAt(object.root, ['spec', 'ref', field], version as string),
          )
        : unsafeFix(`Remove ${suffix}`, strip),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'As in docker pull',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: <|oci://fleetregistry.azurecr.io/manifests/apps:v1.2.0|>
  provider: azure
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  ref:
    tag: v1.2.0
`,
      message: "URL must not contain a tag; remove ':v1.2.0'",
    },
    {
      title: 'A digest, beside a ref that is there already',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: <|'oci://registry.contoso.com:5000/apps@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'|>
  ref:
    semver: 1.x
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: 'oci://registry.contoso.com:5000/apps'
  ref:
    semver: 1.x
`,
    },
  ],
  good: [
    {
      title: 'A port, a host alone, and a variable',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://registry.contoso.com:5000/apps
  ref:
    tag: v1.2.0
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: tools
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/tools:\${TAG}
`,
    },
  ],
};
