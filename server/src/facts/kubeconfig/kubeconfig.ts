import { get, items, text } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import { boolean, defineFormat, list, object, oneOf, string } from '../define.ts';
import type { Shape } from '../shape.ts';
import { argsShape, envShape } from './_kubelogin.ts';

// Source: client-go v0.36.1 tools/clientcmd; kubelogin v0.2.19.
const DOCS = 'https://azure.github.io/kubelogin/';

const execShape = (args: Shape, env: Shape): Shape =>
  object(
    {
      command: string('The program that prints a token: `kubelogin` for AKS with Entra ID.', {
        suggestions: [{ value: 'kubelogin', doc: 'Azure/kubelogin. Another program of this name exists.' }],
      }),
      args,
      env,
      apiVersion: oneOf('The version of the credential.', {
        'client.authentication.k8s.io/v1beta1': { doc: 'What kubelogin writes into a kubeconfig.' },
        'client.authentication.k8s.io/v1': { doc: 'Needs `interactiveMode`.' },
      }),
      interactiveMode: oneOf('Whether the command may ask a person.', {
        Never: { doc: 'It gets no terminal.' },
        IfAvailable: { doc: 'Where there is a terminal. The default of v1beta1.' },
        Always: { doc: 'Fails without a terminal.' },
      }),
      installHint: string('What to tell where the command is missing.'),
      provideClusterInfo: boolean('Tells the command which cluster it is for.'),
    },
    {
      required: ['command', 'apiVersion'],
      open: true,
      doc: 'A program that prints a token for the cluster. Flux drops it unless the controller runs with `--insecure-kubeconfig-exec`.',
    },
  );

const userShape = (exec: Shape): Shape =>
  object(
    {
      name: { type: 'string' },
      user: object(
        {
          exec: {
            ...exec,
            fact: {
              doc: exec.fact?.doc ?? '',
              snippet:
                '\n  apiVersion: client.authentication.k8s.io/v1beta1\n  command: kubelogin\n  args:\n    - get-token\n    - --login\n    - ${1|workloadidentity,spn,msi,azurecli,devicecode|}\n    - --server-id\n    - 6dae42f8-4368-4678-94ff-3960e28e3630',
            },
          },
          token: string('A token.', { secret: true }),
          'client-certificate-data': string('A client certificate, base64 of PEM.'),
          'client-key-data': string('Its private key.', { secret: true }),
          username: { type: 'string' },
          password: string('A password.', { secret: true }),
          'auth-provider': {
            type: 'any',
            fact: {
              doc: 'Logins built into older clients. The one for Azure was removed with Kubernetes 1.26; `kubelogin convert-kubeconfig` turns it into `exec`.',
            },
          },
        },
        { open: true },
      ),
    },
    { open: true },
  );

const ANY_USER = userShape(execShape(argsShape(undefined), envShape(undefined)));
/** Of another command only the structure is known. */
const OTHER_USER = userShape(
  execShape(
    list({ type: 'string' }, 'Arguments of the command.'),
    list(
      object({ name: { type: 'string' }, value: { type: 'string' } }),
      'Variables for the command, as a list of name and value.',
    ),
  ),
);

const kubeconfigShape = (users: readonly Shape[]): Shape =>
  object(
    {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      clusters: list(
        object(
          {
            name: { type: 'string' },
            cluster: object(
              {
                server: string('The API server’s address: `https://….azmk8s.io:443` for AKS.'),
                'certificate-authority-data': string('The certificate authority of the API server, base64 of PEM.'),
                'insecure-skip-tls-verify': boolean('Does not check the server’s certificate.'),
              },
              { open: true },
            ),
          },
          { open: true },
        ),
        'The clusters.',
      ),
      contexts: list({ type: 'any' }, 'Pairs of cluster and user.'),
      'current-context': string('The pair in use.'),
      preferences: { type: 'any' },
      users: { ...list(ANY_USER, 'The users.'), prefix: users },
    },
    { open: true },
  );

const shape = kubeconfigShape([]);
const known = new WeakMap<Node, Shape>();

/** What stands behind a flag depends on the flag: each user has a shape of its own. */
function shapeOf(root: Node): Shape {
  let own = known.get(root);
  if (!own) {
    own = kubeconfigShape(
      items(get(root, 'users')).map((user) => {
        const exec = get(user, 'user', 'exec');
        if (!exec) return ANY_USER;
        if (!/(^|[/\\])kubelogin(\.exe)?$/.test(text(get(exec, 'command')) ?? 'kubelogin')) return OTHER_USER;
        return userShape(execShape(argsShape(get(exec, 'args')), envShape(get(exec, 'env'))));
      }),
    );
    known.set(root, own);
  }
  return own;
}

export default defineFormat({
  language: 'kubeconfig',
  title: 'kubeconfig',
  doc: 'How a client reaches clusters, and as whom.',
  link: DOCS,
  shape,
  shapeFor: (unit) => (unit.root ? shapeOf(unit.root) : shape),
  snippets: [
    {
      label: 'kubeconfig of AKS with kubelogin',
      doc: 'A whole kubeconfig.',
      body: `apiVersion: v1
kind: Config
clusters:
  - name: \${1:cluster}
    cluster:
      server: https://\${2:cluster}.hcp.\${3:westeurope}.azmk8s.io:443
      certificate-authority-data: \${4:<base64 of the CA certificate>}
contexts:
  - name: \${1:cluster}
    context:
      cluster: \${1:cluster}
      user: \${1:cluster}
current-context: \${1:cluster}
users:
  - name: \${1:cluster}
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args:
          - get-token
          - --login
          - \${5|azurecli,workloadidentity,spn,msi|}
          - --server-id
          - 6dae42f8-4368-4678-94ff-3960e28e3630
`,
    },
  ],
});
