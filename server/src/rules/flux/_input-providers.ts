import type { KubernetesObject } from '../../model/object.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import type { MapNode, ScalarNode } from '../../yaml/tree.ts';
import { onlyTypes, view } from '../views.ts';
import { specsOf } from './_fields.ts';
import { literalAt, textOr } from './_sources.ts';

/** A ResourceSetInputProvider, with its spec as each of its builds makes it. */
export interface InputProvider {
  readonly object: KubernetesObject;
  readonly type: string;
  readonly specs: readonly MapNode[];
}

/** The input providers of some types. */
export const inputProviders = (types: RegExp) =>
  view<InputProvider>(
    'ResourceSetInputProviders',
    function* ({ object }, { workspace }) {
      if (object?.group !== 'fluxcd.controlplane.io' || object.kind !== 'ResourceSetInputProvider' || object.partial)
        return;
      const specs = specsOf(object, workspace);
      const type = specs[0] && textOr(specs[0], ['type'], '');
      if (type && types.test(type) && specs.every((spec) => textOr(spec, ['type'], '') === type))
        yield { object, type, specs };
    },
    onlyTypes(['fluxcd.controlplane.io/ResourceSetInputProvider']),
  );

/** The URL, where it is wrong in all builds. */
export function wrongUrl({ specs }: InputProvider, isWrong: (url: string) => boolean): ScalarNode | undefined {
  const wrong = specs.every((spec) => {
    const url = literalAt(spec, 'url');
    return url !== undefined && url.text !== '' && isWrong(url.text);
  });
  return wrong ? asScalar(get(specs[0], 'url')) : undefined;
}
