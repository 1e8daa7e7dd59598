using AuditIntel.Intelligence.Transactions.Ensemble;

namespace AuditIntel.Topologies.Transactions.Serving;

/// <summary>A model of the models topic, ready to score. Models of other roles than ours are none.</summary>
/// <param name="Id">Role that it fills.</param>
/// <param name="Version">Unique for the role.</param>
/// <param name="Model">Null when it is not for transactions.</param>
internal sealed record ServingModel(string Id, string Version, TransactionModel? Model);
