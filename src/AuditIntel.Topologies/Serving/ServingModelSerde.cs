using System.Buffers;
using AuditIntel.Contracts;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Serving;

/// <summary>
/// Reads the models topic into a global store: a model is read once for all tasks, and they swap it by looking there. An artefact that is damaged or of another
/// layout is an error of its record: the model before it stays.
/// </summary>
/// <param name="artefacts">Reads the records.</param>
/// <param name="modelId">The role whose models are loaded.</param>
/// <param name="read">Checks and loads an artefact of that role.</param>
internal sealed class ServingModelSerde<TModel>(ISerde<ModelArtifact> artefacts, string modelId, Func<ModelArtifact, TModel> read) : ISerde<ServingModel<TModel>>
    where TModel : class
{
    public ServingModel<TModel> Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        ModelArtifact artefact = artefacts.Deserialize(topic, data);
        return new ServingModel<TModel>(artefact.Id, artefact.Version, artefact.Sha256, artefact.Id == modelId ? read(artefact) : null);
    }

    /// <summary>The store has no changelog but its topic, which others write.</summary>
    public void Serialize(string topic, ServingModel<TModel> value, IBufferWriter<byte> output) => throw new NotSupportedException("Models are read here and never written.");
}
