// What is asked of the API, the same for every contender: paths, bodies, and the header by which the ledger tells the presses apart.
// Nothing of it is any library's doing.

export const SIGN_IN = '/api/auth/sign-in';
export const REFRESH = '/api/auth/refresh';

const client = ({ clientId }) => `/api/clients/${clientId}`;
const order = (at) => `${client(at)}/loans/${at.loanId}/orders/${at.orderId}`;

export const orderPath = order;
export const historyPath = (at) => `${order(at)}/history`;

const VENDOR = 'ven-01';

const WRITES = {
  activateOrder: (at) => [`${order(at)}/activate`, {}],
  assignVendor: (at) => [`${order(at)}/assign`, { vendorId: VENDOR }],
  holdOrder: (at, { text }) => [`${order(at)}/hold`, { reason: text }],
  createDraft: (at, { text, reference }) => [
    `${client(at)}/loans/${at.loanId}/orders`,
    {
      clientReference: reference,
      productId: at.productId,
      property: { street: '500 Congress Ave', unit: null, city: 'Austin', county: 'Travis', state: 'TX', zip: '78701', type: 'condo' },
      contacts: [{ role: 'borrower', name: 'Maria Gonzalez', email: 'maria@mail.example', phone: null }],
      specialInstructions: text,
    },
  ],
};

/**
 * A write as `{path, body, headers}`. `attempt` is one press of one button, `reference` one form however often it is pressed. With
 * `keyed`, the form's reference goes along as an idempotency key, as somebody would add it by hand where the platform honours one.
 */
export function write({ operation, at, text, reference, attempt, keyed }) {
  const [path, body] = WRITES[operation](at, { text, reference });
  return { path, body, headers: { 'X-Correlation-Id': attempt, ...(keyed && { 'Idempotency-Key': reference }) } };
}
