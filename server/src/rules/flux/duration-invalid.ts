import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { replaceSource, replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import {
  BUCKET,
  GIT_REPOSITORY,
  HELM_REPOSITORY,
  IMAGE_AUTOMATION,
  IMAGE_POLICY,
  IMAGE_REPOSITORY,
  OCI_REPOSITORY,
} from './_sources.ts';

const DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;
const WITHOUT_HOURS = /^([0-9]+(\.[0-9]+)?(ms|s|m))+$/;
/** Kinds whose `timeout` must not be given in hours. */
const SHORT_TIMEOUTS = new Set([
  'GitRepository',
  'OCIRepository',
  'Bucket',
  'HelmRepository',
  'ImageRepository',
  'Provider',
]);

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** What the text most likely means, as a duration that the pattern takes. */
function normalized(text: string, hours: boolean): string | undefined {
  const iso = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/i.exec(text);
  const source = iso
    ? `${iso[1] ? `${iso[1]}h` : ''}${iso[2] ? `${iso[2]}m` : ''}${iso[3] ? `${iso[3]}s` : ''}`
    : text.trim().toLowerCase();
  if (/^\d+$/.test(source)) return `${source}s`;
  let result = '';
  let rest = source;
  while (rest !== '') {
    const part =
      /^(\d+(?:\.\d+)?)\s*(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)(?![a-z])\s*/.exec(
        rest,
      );
    if (!part) return undefined;
    const unit = /^(ms|msec|milli)/.test(part[2] as string) ? 'ms' : (part[2] as string).slice(0, 1);
    const longest = hours ? 'h' : 'm';
    const factor = unit === 'ms' ? 0 : (SECONDS[unit] as number) / (SECONDS[longest] as number);
    result += factor > 1 ? `${Number(part[1]) * factor}${longest}` : `${part[1]}${unit}`;
    rest = rest.slice(part[0].length);
  }
  return result === '' ? undefined : result;
}

export default defineRule({
  id: 'flux/duration-invalid',
  on: kinds(
    GIT_REPOSITORY,
    OCI_REPOSITORY,
    HELM_REPOSITORY,
    BUCKET,
    'source.toolkit.fluxcd.io/HelmChart',
    IMAGE_REPOSITORY,
    IMAGE_POLICY,
    IMAGE_AUTOMATION,
    'kustomize.toolkit.fluxcd.io/Kustomization',
    'helm.toolkit.fluxcd.io/HelmRelease',
    'notification.toolkit.fluxcd.io/Provider',
    'notification.toolkit.fluxcd.io/Receiver',
  ),
  severity: 'error',
  partial: true,
  schema: true,
  summary: '`interval`, `timeout` or `retryInterval` is no duration.',
  why: 'Durations are numbers with a unit, `ms`, `s`, `m` or `h`, as in `5m` or `1h30m`: without spaces, without days, and never a bare number, which YAML reads as an integer. The timeout of a source and of a notification Provider cannot be given in hours. The API server refuses everything else.',
  references: ['patterns in the CRDs of the controllers of fluxcd/flux2@v2.9.4'],
  *check(object) {
    for (const field of ['interval', 'timeout', 'retryInterval']) {
      const value = asScalar(get(object.root, 'spec', field));
      if (!value || value.value === null || typeof value.value === 'boolean') continue;
      if (isTemplate(value.text) || isPlaceholder(value.text)) continue;
      const hours = !(field === 'timeout' && SHORT_TIMEOUTS.has(object.kind));
      const pattern = hours ? DURATION : WITHOUT_HOURS;
      if (typeof value.value === 'string' && pattern.test(value.text)) continue;
      const better = normalized(value.text, hours);
      const refused =
        typeof value.value === 'string'
          ? `spec.${field} in body should match '${pattern.source}'`
          : `spec.${field} in body must be of type string: "integer"`;
      yield report(value, `${refused}: ${value.text} is no duration. Write ${better ?? '5m or 1h30m, say'}.`, {
        fix:
          better === undefined
            ? undefined
            : unsafeFix(
                `Write ${better}`,
                typeof value.value === 'string' ? replaceText(value, better) : replaceSource(value, better),
              ),
      });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A bare number, days and a unit in full',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: <|300|> # seconds
  timeout: <|1h|>
  url: oci://fleetregistry.azurecr.io/manifests/apps
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: <|"1d"|>
  retryInterval: <|2 min|>
  timeout: 1h
  prune: true
  sourceRef:
    kind: OCIRepository
    name: apps
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 300s # seconds
  timeout: 60m
  url: oci://fleetregistry.azurecr.io/manifests/apps
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: "24h"
  retryInterval: 2m
  timeout: 1h
  prune: true
  sourceRef:
    kind: OCIRepository
    name: apps
`,
    },
    {
      title: 'In a patch',
      yaml: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
patches:
  - target:
      kind: Kustomization
      name: apps
    patch: |
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: apps
      spec:
        interval: <|5min|>
`,
    },
  ],
  good: [
    {
      title: 'Durations, and a variable',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 1h30m
  timeout: 90s
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
spec:
  interval: \${INTERVAL:=10m}
  timeout: 1.5h
  chartRef:
    kind: OCIRepository
    name: podinfo
`,
    },
  ],
};
