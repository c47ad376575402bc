// axios with axios-auth-refresh and axios-retry, as their READMEs have it, at their best:
//  - the refresh is deduplicated and new requests wait for it (the default of axios-auth-refresh);
//  - the token is put in by a request interceptor (its README, "Request interceptor");
//  - axios-retry repeats only what is idempotent, with growing delays, and its timeout begins anew each time (its README, options);
//  - time-outs are told as ETIMEDOUT (`transitional.clarifyTimeoutError` in axios' README), else axios-retry leaves them alone.

import axios from 'axios';
import { createAuthRefresh } from 'axios-auth-refresh';
import axiosRetry, { exponentialDelay, isIdempotentRequestError } from 'axios-retry';
import { REFRESH, SIGN_IN, historyPath, orderPath, write } from './calls.js';

/**
 * `variant`: "first-example" leaves axios-retry's condition at its default; "each" switches the deduplication off; "no-retry" leaves
 * axios-retry out, for whoever repeats by itself.
 */
export function axiosClient({ timeout, signedOut, variant }) {
  let token = null;
  const bare = axios.create({ timeout });
  const api = axios.create({ timeout, transitional: { clarifyTimeoutError: true } });

  const renew = async () => {
    token = (await bare.post(REFRESH, {})).data.accessToken;
  };
  api.interceptors.request.use((request) => {
    request.headers.Authorization = `Bearer ${token}`;
    return request;
  });
  const refresh = async (failed) => {
    try {
      await renew();
      failed.response.config.headers.Authorization = `Bearer ${token}`;
    } catch (error) {
      // Only a refusal ends the session: a lost answer of the refresh does not say that it is over.
      if (error.response?.status === 401) signedOut();
      throw error;
    }
  };
  createAuthRefresh(api, refresh, { deduplicateRefresh: variant !== 'each' });
  if (variant !== 'no-retry') {
    axiosRetry(api, {
      retries: 3,
      retryDelay: exponentialDelay,
      shouldResetTimeout: true,
      ...(variant !== 'first-example' && { retryCondition: isIdempotentRequestError }),
    });
  }

  return {
    async signIn(credentials) {
      token = (await bare.post(SIGN_IN, credentials)).data.accessToken;
    },
    resume: renew,
    readOrder: async (at) => (await api.get(orderPath(at))).data,
    readHistory: async (at) => (await api.get(historyPath(at))).data,
    async write(call) {
      const { path, body, headers } = write(call);
      return (await api.post(path, body, { headers })).data;
    },
  };
}

export const words = (error) => error.response?.data?.detail ?? error.message;
