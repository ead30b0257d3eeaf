import { defineRole, object, string } from '../define.ts';

// Source: fluxcd/pkg runtime/secrets.
export default [
  defineRole({
    role: 'proxy',
    kind: 'Secret',
    title: 'HTTP proxy of a Flux object',
    doc: 'The proxy’s address and credentials.',
    shape: object(
      {
        address: string('The proxy’s URL; http, https or socks5.', { snippet: 'http://${1:proxy.example.com:3128}' }),
        username: string('The user name.'),
        password: string('The password.', { secret: true }),
      },
      { open: true, required: ['address'] },
    ),
  }),
  defineRole({
    role: 'tls',
    kind: 'Secret',
    title: 'TLS certificates of a Flux object',
    doc: 'What to trust, and a client certificate. No Azure credential.',
    shape: object(
      {
        'ca.crt': string('The certificate of a private authority, PEM.', { snippet: '|\n  ${1}' }),
        'tls.crt': string('A client certificate, PEM. Needs `tls.key`.', { snippet: '|\n  ${1}' }),
        'tls.key': string('The private key of the client certificate.', { secret: true, snippet: '|\n  ${1}' }),
      },
      { open: true },
    ),
  }),
  defineRole({
    role: 'receiver',
    kind: 'Secret',
    title: 'Token of a Flux Receiver',
    doc: 'What the caller has to know.',
    shape: object(
      { token: string('Any random text. The path of the web hook is made from it.', { secret: true }) },
      { open: true, required: ['token'] },
    ),
  }),
];
