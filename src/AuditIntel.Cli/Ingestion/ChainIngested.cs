using AuditIntel.Collectors.Chain;

namespace AuditIntel.Cli.Ingestion;

/// <summary>Chain data that was put onto its topics.</summary>
/// <param name="Files">Files that held some.</param>
/// <param name="Counts">What was in them.</param>
/// <param name="LabelsChanged">Addresses whose labels were new or had changed.</param>
/// <param name="Transactions">The transactions, each once.</param>
internal sealed record ChainIngested(long Files, ChainFileCounts Counts, long LabelsChanged, TransactionSet Transactions);
