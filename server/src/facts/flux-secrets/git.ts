import { defineRole, object, string } from '../define.ts';

// Source: fluxcd/pkg git/options.go; source-controller v1.9.1 docs/spec/v1/gitrepositories.md.
export default defineRole({
  role: 'git',
  kind: 'Secret',
  title: 'Git credentials of Flux',
  doc: 'Over https `username` and `password`, or `bearerToken`; over ssh `identity` and `known_hosts`. For Azure DevOps a personal access token with Code (Read) is the password, and ssh keys have to be RSA.',
  link: 'https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference',
  shape: object(
    {
      username: string(
        'The user name. Azure DevOps takes any that is not empty with a personal access token. With `provider: azure` it is replaced.',
        { snippet: '${1:git}' },
      ),
      password: string('The password or personal access token; needs `username`. Over ssh the passphrase of the key.', {
        secret: true,
      }),
      bearerToken: string(
        'A token that is sent as it is. Azure DevOps takes one of Entra ID, which lives an hour: `provider: azure` renews it.',
        { secret: true },
      ),
      identity: string('The private ssh key. Azure DevOps takes RSA keys only.', {
        secret: true,
        snippet: '|\n  ${1}',
      }),
      'identity.pub': string('The public ssh key. Not read by Flux.'),
      known_hosts: string(
        'The host keys of the server, as `ssh-keyscan ssh.dev.azure.com` prints them. Azure DevOps has one of type ssh-rsa.',
        { snippet: '|\n  ${1}' },
      ),
      'ca.crt': string('The certificate of a private authority, PEM. For Azure DevOps Server.'),
      'tls.crt': string('A client certificate, PEM.'),
      'tls.key': string('The private key of the client certificate.', { secret: true }),
      githubAppID: string('For `provider: github`: the id of the app.'),
      githubAppInstallationID: string('For `provider: github`: the id of the installation.'),
      githubAppPrivateKey: string('For `provider: github`: the private key of the app.', { secret: true }),
      githubAppBaseURL: string('For `provider: github`: the address of GitHub Enterprise Server.'),
    },
    { open: true },
  ),
  snippets: [
    { label: 'Personal access token', doc: 'Azure DevOps over https.', body: 'username: ${1:git}\npassword: ${2}' },
    {
      label: 'ssh key',
      doc: 'Azure DevOps over ssh, with an RSA key.',
      body: 'identity: |\n  ${1}\nknown_hosts: |\n  ${2:ssh.dev.azure.com ssh-rsa …}',
    },
  ],
});
