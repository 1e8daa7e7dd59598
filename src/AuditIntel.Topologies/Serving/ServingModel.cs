namespace AuditIntel.Topologies.Serving;

/// <summary>A model of the models topic, ready to use. Models of other roles than the topology's are none.</summary>
/// <param name="Id">Role that it fills.</param>
/// <param name="Version">Unique for the role.</param>
/// <param name="Sha256">Of the artefact: two versions with the same bytes are one model.</param>
/// <param name="Model">Null when it is for another role.</param>
internal sealed record ServingModel<TModel>(string Id, string Version, string Sha256, TModel? Model)
    where TModel : class;
