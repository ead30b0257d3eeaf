import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { byText } from '../../model/object-index.ts';
import {
  OBJECT_LEVEL_KINDS,
  type ObjectLevelIdentity,
  objectLevelIdentityOf,
} from '../../model/views/object-level-identity.ts';
import { onlyTypes, view } from '../views.ts';
import { kubeconfigMaps } from './_kubeconfigs.ts';

/** A field that gives a Flux object an identity of its own, and the controllers that use it. */
export interface UsedIdentity extends ObjectLevelIdentity {
  readonly controllers: readonly string[];
}

const CONTROLLERS: Readonly<Record<string, string>> = {
  OCIRepository: 'source-controller',
  GitRepository: 'source-controller',
  Bucket: 'source-controller',
  ImageRepository: 'image-reflector-controller',
  Provider: 'notification-controller',
  Kustomization: 'kustomize-controller',
  HelmRelease: 'helm-controller',
};

/** Identities of objects that have one in all their builds. */
export const identities = view<UsedIdentity>(
  'objects with an identity of their own',
  function* (unit, context) {
    const { object } = unit;
    const { workspace } = context;
    if (
      !object ||
      object.partial ||
      !(OBJECT_LEVEL_KINDS as readonly string[]).includes(`${object.group}/${object.kind}`)
    )
      return;
    const [first, ...others] = workspace.variants(object).map(objectLevelIdentityOf);
    if (!first || others.some((other) => other === undefined)) return;
    const controllers = new Set<string>();
    if (object.kind === 'ConfigMap') {
      for (const map of kubeconfigMaps.select(unit, context))
        for (const user of map.users) controllers.add(CONTROLLERS[user.kind] ?? '');
    } else controllers.add(CONTROLLERS[object.kind] ?? '');
    if (object.kind === 'GitRepository' && isWrittenTo(object, workspace))
      controllers.add('image-automation-controller');
    if (controllers.size > 0) yield { ...first, object, controllers: [...controllers] };
  },
  onlyTypes(OBJECT_LEVEL_KINDS),
);

/** True where an ImageUpdateAutomation pushes to a repository: it signs in by itself. */
const isWrittenTo = ({ name }: KubernetesObject, workspace: Workspace): boolean =>
  name !== undefined &&
  workspace.having('image.toolkit.fluxcd.io', 'ImageUpdateAutomation', byText('spec', 'sourceRef', 'name'), name)
    .length > 0;
