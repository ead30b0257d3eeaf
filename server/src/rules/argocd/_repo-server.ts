import type { Workspace } from '../../model/context.ts';
import { isKind, type KubernetesObject, label } from '../../model/object.ts';
import {
  REPOSITORY_KINDS,
  type RepositorySecret,
  repositorySecretOf,
  usesWorkloadIdentity,
} from '../../model/views/argocd-repository.ts';
import { text } from '../../yaml/navigate.ts';
import { view } from '../views.ts';

const NAME = 'argocd-repo-server';

/** The Deployment that fetches from repositories, whole. */
export const repoServers = view<KubernetesObject>(`Deployment ${NAME}`, function* ({ object }) {
  if (!object || object.partial || !isKind(object, 'apps', 'Deployment')) return;
  if (object.name === NAME || text(label(object, 'app.kubernetes.io/name')?.value) === NAME) yield object;
});

/** The repository Secrets that the same Argo CD may read, with their patches. */
export function repositoriesNear(object: KubernetesObject, workspace: Workspace): RepositorySecret[] {
  const found: RepositorySecret[] = [];
  for (const kind of REPOSITORY_KINDS) {
    const slash = kind.lastIndexOf('/');
    for (const candidate of workspace.objects(kind.slice(0, slash), kind.slice(slash + 1))) {
      if (candidate !== object && repositorySecretOf(candidate) && mayBeTogether(object, candidate, workspace)) {
        const secret = repositorySecretOf(workspace.patched(candidate));
        if (secret) found.push(secret);
      }
    }
  }
  return found;
}

/** True where two objects may be in one namespace: an unknown one may be any. */
export function mayBeTogether(a: KubernetesObject, b: KubernetesObject, workspace: Workspace): boolean {
  const one = workspace.namespacesOf(a);
  const other = workspace.namespacesOf(b);
  return !one.known || !other.known || [...one.names].some((name) => other.names.has(name));
}

/** The repositories that the repo-server is to fetch from with workload identity. */
export const withWorkloadIdentity = (object: KubernetesObject, workspace: Workspace): RepositorySecret[] =>
  repositoriesNear(object, workspace).filter(usesWorkloadIdentity);
