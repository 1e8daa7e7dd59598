using System.Buffers;
using AuditIntel.Contracts;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Findings.Serving;

/// <summary>
/// Reads the models topic into the global store: a model is read once for all tasks, and they take it up by looking there. A damaged artefact is an error of
/// its record: the model before it stays.
/// </summary>
internal sealed class ServingFindingsModelSerde(ISerde<ModelArtifact> artefacts) : ISerde<ServingFindingsModel>
{
    public ServingFindingsModel Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        ModelArtifact artefact = artefacts.Deserialize(topic, data);
        return new ServingFindingsModel(artefact.Version, artefact.Sha256, artefact.Id == FindingsModelRecord.ModelId ? FindingsModelRecord.Read(artefact) : null);
    }

    /// <summary>The store has no changelog but its topic, which others write.</summary>
    public void Serialize(string topic, ServingFindingsModel value, IBufferWriter<byte> output) => throw new NotSupportedException("Models are only read here.");
}
