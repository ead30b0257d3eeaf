import { defineRole, object, string } from '../define.ts';

// Source: go-containerregistry pkg/authn/kubernetes/keychain.go; source-controller v1.9.1 internal/helm/getter.
const DOCKER = {
  '.dockerconfigjson': string(
    'A Docker configuration: `{"auths": {"{registry}.azurecr.io": {"username": …, "password": …}}}`. Tokens of a registry, applications and the admin user all go into it as user name and password. The Secret’s type has to be `kubernetes.io/dockerconfigjson`.',
    { secret: true },
  ),
};

export default [
  defineRole({
    role: 'registry-pull',
    kind: 'Secret',
    title: 'Pull secret of a registry',
    doc: 'A Secret of type `kubernetes.io/dockerconfigjson`. One of another type is skipped without a word: the pull is anonymous and ends with 401.',
    link: 'https://fluxcd.io/flux/components/source/ocirepositories/#secret-reference',
    shape: object(
      { ...DOCKER, '.dockercfg': string('The older form, for type `kubernetes.io/dockercfg`.', { secret: true }) },
      { open: true },
    ),
  }),
  defineRole({
    role: 'helm-repository',
    kind: 'Secret',
    title: 'Credentials of a Helm repository',
    doc: 'A Docker configuration, or `username` and `password`. With a Secret `provider: azure` is not used.',
    link: 'https://fluxcd.io/flux/components/source/helmrepositories/#secret-reference',
    shape: object(
      {
        username: string('The user name: an application id, the name of a token, or the admin user of the registry.'),
        password: string('The password, client secret or token.', { secret: true }),
        ...DOCKER,
      },
      { open: true },
    ),
  }),
];
