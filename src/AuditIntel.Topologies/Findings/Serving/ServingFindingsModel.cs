using AuditIntel.Intelligence.Findings.Prediction;

namespace AuditIntel.Topologies.Findings.Serving;

/// <summary>A model of the models topic, ready to use. Models of other roles than ours are none.</summary>
/// <param name="Version">Unique for the role.</param>
/// <param name="Sha256">Of the artefact: two versions with the same bytes are one model.</param>
/// <param name="Model">Null when it is not for findings.</param>
internal sealed record ServingFindingsModel(string Version, string Sha256, FindingsModel? Model);
