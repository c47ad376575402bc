// ky, as its readme has it: the refresh in an `afterResponse` hook that forces a retry, retries with the defaults (no POST among
// them), and `retryOnTimeout` and `jitter` on. The readme's hook refreshes once for each 401; here, those of one page share it.

import ky, { isHTTPError } from 'ky';
import { REFRESH, SIGN_IN, historyPath, orderPath, write } from './calls.js';

/** `variant` "first-example": the hook exactly as the readme prints it, one refresh for each 401. */
export function kyClient({ timeout, signedOut, variant }) {
  let token = null;
  let renewing = null;
  const bare = ky.create({ timeout, retry: 0 });

  const renew = async () => {
    token = (await bare.post(REFRESH, { json: {} }).json()).accessToken;
  };
  const shared = () => {
    renewing ??= renew().finally(() => {
      renewing = null;
    });
    return renewing;
  };
  const refresh = variant === 'first-example' ? renew : shared;

  const api = ky.create({
    timeout,
    retry: { retryOnTimeout: true, jitter: true },
    hooks: {
      beforeRequest: [({ request }) => request.headers.set('Authorization', `Bearer ${token}`)],
      afterResponse: [
        async ({ request, response, retryCount }) => {
          if (response.status !== 401 || retryCount !== 0) return undefined;
          try {
            await refresh();
          } catch (error) {
            if (isHTTPError(error) && error.response.status === 401) signedOut();
            throw error;
          }
          const headers = new Headers(request.headers);
          headers.set('Authorization', `Bearer ${token}`);
          return ky.retry({ request: new Request(request, { headers }), code: 'TOKEN_REFRESHED' });
        },
      ],
    },
  });

  return {
    async signIn(credentials) {
      token = (await bare.post(SIGN_IN, { json: credentials }).json()).accessToken;
    },
    resume: renew,
    readOrder: (at) => api.get(orderPath(at)).json(),
    readHistory: (at) => api.get(historyPath(at)).json(),
    write(call) {
      const { path, body, headers } = write(call);
      return api.post(path, { json: body, headers }).json();
    },
  };
}

export const words = (error) => error.data?.detail ?? error.message;
