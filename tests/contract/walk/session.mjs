// Sign-in, rotation in both transports, sign-out, and every way in which a session ends.

import assert from 'node:assert/strict';
import { PASSWORD, Visitor } from './visitor.mjs';

const ROLES = ['admin', 'operations', 'client', 'finance', 'qc', 'vendor'];
const credentials = (username) => ({ username, password: PASSWORD });

export const session = [
  [
    'each demo user signs in and is told who it is',
    async ({ url, coverage }) => {
      for (const role of ROLES) {
        const visitor = await Visitor.signedIn(url, coverage, role);
        assert.equal(visitor.user.role, role);
        assert.deepEqual((await visitor.does('whoAmI')).body, visitor.user);
        assert.equal(visitor.user.vendorId === null, role !== 'vendor');
      }
    },
  ],
  [
    'with the cookie transport no script ever sees the refresh token, and it is single-use',
    async ({ url, coverage }) => {
      const visitor = new Visitor(url, coverage);
      const first = await visitor.does('signIn', { body: credentials('operations') });
      assert.ok(!('refreshToken' in first.body));
      const setCookie = first.headers.get('set-cookie');
      for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/api/auth']) {
        assert.match(setCookie, new RegExp(`; ?${attribute}(;|$)`, 'i'));
      }
      assert.match(setCookie, /Max-Age=[1-9]/i);
      const spent = cookieOf(first);
      const second = await visitor.does('refreshSession', { headers: { cookie: spent } });
      assert.notEqual(cookieOf(second), spent);
      const third = await visitor.does('refreshSession', { headers: { cookie: cookieOf(second) }, body: {} });
      visitor.token = third.body.accessToken;
      await visitor.refused(401, 'refresh_reused', 'refreshSession', { headers: { cookie: spent } });
      await visitor.refused(401, 'session_revoked', 'whoAmI');
      const late = await visitor.send('refreshSession', { headers: { cookie: cookieOf(third) } });
      assert.equal(late.status, 401, 'the whole family is revoked');
    },
  ],
  [
    'with the body transport the token travels in the body only',
    async ({ url, coverage, sandbox }) => {
      await sandbox.control('PATCH', '/sandbox/settings', { refreshTransport: 'body' });
      try {
        const visitor = new Visitor(url, coverage);
        const first = await visitor.does('signIn', { body: credentials('operations') });
        assert.ok(first.body.refreshToken);
        assert.equal(first.headers.get('set-cookie'), null);
        const { refreshToken } = first.body;
        const second = await visitor.does('refreshSession', { body: { refreshToken } });
        assert.notEqual(second.body.refreshToken, refreshToken);
        await visitor.refused(401, 'refresh_missing', 'refreshSession', { body: {} });
        await visitor.refused(401, 'refresh_reused', 'refreshSession', { body: { refreshToken } });
        const again = await visitor.does('signIn', { body: credentials('operations') });
        await visitor.does('signOut', { body: { refreshToken: again.body.refreshToken } });
        visitor.token = again.body.accessToken;
        await visitor.refused(401, 'session_revoked', 'whoAmI');
      } finally {
        await sandbox.control('PATCH', '/sandbox/settings', { refreshTransport: 'cookie' });
      }
    },
  ],
  [
    'sign-out ends the session, clears the cookie, and may be repeated',
    async ({ url, coverage }) => {
      const visitor = new Visitor(url, coverage);
      const { body, ...first } = await visitor.does('signIn', { body: credentials('qc') });
      const out = await visitor.does('signOut', { headers: { cookie: cookieOf(first) } });
      assert.match(out.headers.get('set-cookie'), /^omnival_refresh=;.*Max-Age=0/i);
      visitor.token = body.accessToken;
      await visitor.refused(401, 'session_revoked', 'whoAmI');
      await visitor.does('signOut', { headers: { cookie: cookieOf(first) } });
      await visitor.does('signOut');
      const byBearer = await Visitor.signedIn(url, coverage, 'qc');
      await byBearer.does('signOut', { headers: { authorization: `Bearer ${byBearer.token}` } });
      await byBearer.refused(401, 'session_revoked', 'whoAmI');
    },
  ],
  [
    'a session that is over says how it ended',
    async ({ url, coverage, sandbox }) => {
      const visitor = await Visitor.signedIn(url, coverage, 'finance');
      await sandbox.control('POST', '/sandbox/faults', { operation: 'whoAmI', fault: { kind: 'expireAccessTokens' } });
      await visitor.refused(401, 'token_expired', 'whoAmI');
      const other = await Visitor.signedIn(url, coverage, 'finance');
      await sandbox.control('POST', '/sandbox/faults', { operation: 'whoAmI', fault: { kind: 'revokeSession' } });
      await other.refused(401, 'session_revoked', 'whoAmI');
      await new Visitor(url, coverage).refused(401, 'refresh_missing', 'refreshSession');
    },
  ],
  [
    'wrong credentials are refused without telling which part is wrong, and malformed ones by field',
    async ({ url, coverage }) => {
      const visitor = new Visitor(url, coverage);
      const known = await visitor.refused(401, 'invalid_credentials', 'signIn', { body: { username: 'operations', password: 'guess' } });
      const unknown = await visitor.refused(401, 'invalid_credentials', 'signIn', { body: { username: 'nobody', password: 'guess' } });
      assert.equal(known.body.detail, unknown.body.detail);
      await visitor.refused(400, 'validation_failed', 'signIn', { malformed: true, field: 'password', body: { username: 'operations' } });
      await visitor.refused(400, 'validation_failed', 'signIn', {
        malformed: true,
        field: 'username',
        body: { username: 'x'.repeat(101), password: 'guess' },
      });
      for (const id of ['refreshSession', 'signOut']) {
        await visitor.refused(400, 'validation_failed', id, { malformed: true, body: { refreshToken: 7 } });
      }
    },
  ],
];

/** Guessing passwords is slowed down. Last of all, because it may slow down the walk as well. */
export const throttling = [
  [
    'repeated wrong passwords are answered with a pause',
    async ({ url, coverage }) => {
      const visitor = new Visitor(url, coverage);
      const guess = { body: { username: 'guessed-at', password: 'guess' } };
      for (let attempts = 1; attempts <= 100; attempts += 1) {
        const { status, body, headers } = await visitor.send('signIn', guess);
        if (status === 429) {
          assert.equal(body.code, 'too_many_requests');
          assert.ok(Number(headers.get('retry-after')) > 0);
          return;
        }
        assert.equal(status, 401);
      }
      assert.fail('a hundred wrong passwords were answered at once');
    },
  ],
];

function cookieOf(answer) {
  return answer.headers.get('set-cookie').split(';')[0];
}
