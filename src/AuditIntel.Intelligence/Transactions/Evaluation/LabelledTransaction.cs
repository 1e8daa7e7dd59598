namespace AuditIntel.Intelligence.Transactions.Evaluation;

/// <summary>A transaction with the answer. The account and its flag are the label; no feature sees them.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Account">The account that it was collected for.</param>
/// <param name="IsFlagged">Whether that account is reported as fraud.</param>
public readonly record struct LabelledTransaction(ChainTransaction Transaction, AccountAddress Account, bool IsFlagged);
