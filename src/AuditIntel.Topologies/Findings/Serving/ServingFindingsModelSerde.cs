using System.Buffers;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Artefacts;
using AuditIntel.Intelligence.Transactions.Artefacts;
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
        if (artefact.Id != FindingsModelRecord.ModelId)
        {
            return new ServingFindingsModel(artefact.Version, artefact.Sha256, null);
        }

        return FindingsModelArtefact.IdOf(artefact.Artifact) == artefact.Sha256
            ? new ServingFindingsModel(artefact.Version, artefact.Sha256, FindingsModelArtefact.Read(artefact.Artifact))
            : throw new ModelArtefactException($"Findings model '{artefact.Version}' is not the bytes that its SHA-256 {artefact.Sha256} names: publish it again.");
    }

    /// <summary>The store has no changelog but its topic, which others write.</summary>
    public void Serialize(string topic, ServingFindingsModel value, IBufferWriter<byte> output) => throw new NotSupportedException("Models are only read here.");
}
