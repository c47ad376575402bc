// The operations by name, and what they are called when a colleague does them.

export const READS = ['whoAmI', 'listOrders', 'getOrder', 'getOrderById', 'listHistory', 'getHistoryEntry', 'listHistoryTypes', 'listAuditLogs', 'listLoans', 'getLoan', 'listLoanOrders', 'listProducts', 'listBranches', 'listVendors', 'listPaymentMethods', 'resolveFee', 'listSuggestedVendors', 'listPayments', 'listDocuments', 'listDeliveryConfigurations', 'listInspectionSlots', 'listReports', 'getLatestReport', 'listReportHistory', 'getReportContent', 'getDocumentContent', 'getChecklist', 'listFindings', 'listCrossCheckRuns', 'getCrossCheckRun', 'listRevisions', 'getLatestRevision', 'listRovs', 'listBorrowers', 'listDeliveries', 'getUcdpSubmission', 'getEadSubmission', 'getUcdpDashboardDetails', 'getEadDashboardDetails', 'getInvoiceData', 'getInvoice', 'listVendorPayments'];

const SESSION = ['signIn', 'refreshSession', 'signOut'];
const DRAFTS = ['createDraft', 'saveDraftProperty', 'saveDraftVendor', 'saveDraftConditions', 'saveDraftContacts'];

/** What a colleague can do, in groups: operation and words. */
export const DEEDS = [
  ['Under way', [
    ['activateOrder', 'activates the draft'],
    ['deleteDraft', 'deletes the draft'],
    ['assignVendor', 'assigns a vendor'],
    ['updateOrder', 'changes fee, date or instructions'],
    ['addComment', 'comments'],
    ['holdOrder', 'puts it on hold'],
    ['reactivateOrder', 'reactivates it'],
    ['cancelOrder', 'cancels it'],
  ]],
  ['Vendor', [
    ['acceptOrder', 'accepts it, as the vendor'],
    ['updateOrderStatus', 'answers for the vendor (accepts, unless told otherwise)'],
    ['acceptConditions', 'accepts the vendor\'s conditions'],
    ['counterConditions', 'counters the vendor\'s conditions'],
    ['scheduleInspection', 'schedules the inspection'],
    ['completeInspection', 'completes the inspection'],
    ['submitReport', 'submits a report'],
    ['addDocument', 'files a document'],
    ['grantDocumentAccess', 'shows a document to the vendor'],
    ['revokeDocumentAccess', 'hides a document from the vendor'],
  ]],
  ['Review', [
    ['answerChecklistItem', 'answers an item of the checklist'],
    ['runCrossCheck', 'runs a CrossCheck'],
    ['acceptReport', 'accepts the report'],
    ['requestRevision', 'requests a revision'],
    ['requestClientRevision', 'requests a revision, as the client'],
    ['submitRov', 'disputes the value'],
    ['decideRov', 'decides on the dispute (denies it, unless told otherwise)'],
  ]],
  ['Delivery and agencies', [
    ['sendToBorrower', 'sends the report to the borrower'],
    ['sendReport', 'sends the report to somebody else'],
    ['submitToUcdp', 'submits it to UCDP'],
    ['submitToEad', 'submits it to EAD'],
    ['overrideUcdpHardStops', 'overrides what UCDP found'],
    ['overrideEadHardStops', 'overrides what EAD found'],
  ]],
  ['Money', [
    ['createInvoice', 'creates the invoice'],
    ['collectPayment', 'collects the payment'],
    ['sendPaymentLink', 'sends a payment link'],
    ['recordPayment', 'records a payment'],
    ['markPaid', 'marks it as paid'],
    ['refundPayment', 'refunds a payment'],
  ]],
];

/** Everything that has effects. */
export const EFFECTS = [...SESSION, ...DRAFTS, ...DEEDS.flatMap(([, deeds]) => deeds.map(([id]) => id))];

/** What only automation does, as the ledger calls it. */
export const AUTOMATION = ['updateOrderStatus', 'crosscheckEnds', 'portalStarts', 'portalAnswers', 'chargeSettles', 'linkIsPaid', 'borrowerOpens'].map((what) => `automation:${what}`);
