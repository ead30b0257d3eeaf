import { addEntry } from '../../yaml/edits.ts';
import { asMap, asScalar, get } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { isWhole, specsOf } from './_fields.ts';
import { isSet, placeAt } from './_sources.ts';

export default defineRule({
  id: 'flux/instance-multitenant-without-object-level',
  on: kinds('fluxcd.controlplane.io/FluxInstance'),
  severity: 'error',
  summary: 'A FluxInstance locks tenants out of the controllers’ identity, but gives them no other.',
  why: '`multitenantWorkloadIdentity` makes every object use a ServiceAccount of its own namespace for cloud access, which takes the feature gate that `objectLevelWorkloadIdentity` switches on. The API server refuses the one without the other. Flux 2.6 knows the gate, but not the defaults for tenants: there the Flux Operator refuses `multitenantWorkloadIdentity` in any case.',
  references: [
    'controlplaneio-fluxcd/flux-operator@v0.58.1 config/crd/bases',
    'controlplaneio-fluxcd/flux-operator@v0.58.1 internal/builder',
  ],
  *check(instance, { workspace }) {
    const specs = specsOf(instance, workspace);
    const clusters = specs.flatMap((spec) => asMap(get(spec, 'cluster')) ?? []);
    if (clusters.length < specs.length || !isWhole(instance, clusters, workspace)) return;
    if (!clusters.every((cluster) => isTrue(cluster, 'multitenantWorkloadIdentity'))) return;
    const place = placeAt(instance, 'spec', 'cluster', 'multitenantWorkloadIdentity');
    if (clusters.every(lacksObjectLevel)) {
      const own = asMap(get(instance.root, 'spec', 'cluster'));
      yield report(
        place,
        '.objectLevelWorkloadIdentity must be set to true when .multitenantWorkloadIdentity is set to true.',
        {
          fix:
            own && !isSet(own, 'objectLevelWorkloadIdentity')
              ? unsafeFix('Add objectLevelWorkloadIdentity: true', addEntry(own, 'objectLevelWorkloadIdentity', true))
              : undefined,
        },
      );
    } else if (specs.every((spec) => /^v?2\.6(\.|$)/.test(asScalar(get(spec, 'distribution', 'version'))?.text ?? '')))
      yield report(
        place,
        '.multitenantWorkloadIdentity is not supported in Flux versions 2.6.x. Remove it, or install Flux 2.7 or later.',
      );
  },
});

const isTrue = (map: MapNode, field: string): boolean => asScalar(get(map, field))?.value === true;

const lacksObjectLevel = (cluster: MapNode): boolean =>
  !isSet(cluster, 'objectLevelWorkloadIdentity') ||
  asScalar(get(cluster, 'objectLevelWorkloadIdentity'))?.value === false;

const instance = (version: string, cluster: string): string => `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution:
    version: ${version}
    registry: ghcr.io/fluxcd
  cluster:
    type: azure
${cluster}`;

export const examples: Examples = {
  bad: [
    {
      title: 'The one without the other',
      yaml: instance('2.x', '    <|multitenantWorkloadIdentity|>: true # lock tenants in\n'),
      fixed: instance(
        '2.x',
        '    multitenantWorkloadIdentity: true # lock tenants in\n    objectLevelWorkloadIdentity: true\n',
      ),
    },
    {
      title: 'Both, on Flux 2.6',
      yaml: instance('"2.6.x"', '    objectLevelWorkloadIdentity: true\n    <|multitenantWorkloadIdentity|>: true\n'),
      message: 'not supported in Flux versions 2.6.x',
    },
  ],
  good: [
    {
      title: 'Both',
      yaml: instance('2.x', '    objectLevelWorkloadIdentity: true\n    multitenantWorkloadIdentity: true\n'),
    },
    {
      title: 'Neither, or a variable',
      yaml: `${instance('2.x', '    multitenantWorkloadIdentity: false\n')}---
${instance('2.x', '    multitenantWorkloadIdentity: true\n    objectLevelWorkloadIdentity: ${GATE}\n').replace('name: flux,', 'name: second,')}`,
    },
  ],
};
