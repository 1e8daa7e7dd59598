using System.Buffers;
using System.Security.Cryptography;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions.Artefacts;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Transactions.Serving;

/// <summary>
/// Reads the models topic into the global store, so that a task swaps models by looking there. An artefact that is damaged or made for
/// other features is an error of its record: the model before it stays.
/// </summary>
internal sealed class ServingModelSerde(ISerde<ModelArtifact> artefacts) : ISerde<ServingModel>
{
    public ServingModel Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        ModelArtifact artefact = artefacts.Deserialize(topic, data);
        if (artefact.Id != TransactionModelRecord.ModelId)
        {
            return new ServingModel(artefact.Id, artefact.Version, null);
        }

        string sha256 = Convert.ToHexStringLower(SHA256.HashData(artefact.Artifact));
        return sha256 == artefact.Sha256
            ? new ServingModel(artefact.Id, artefact.Version, TransactionModelArtefact.Read(artefact.Artifact))
            : throw new ModelArtefactException($"Model '{artefact.Id}' version '{artefact.Version}' says SHA-256 {artefact.Sha256}, its bytes have {sha256}: publish it again.");
    }

    /// <summary>The store has no changelog but its topic, which others write.</summary>
    public void Serialize(string topic, ServingModel value, IBufferWriter<byte> output) => throw new NotSupportedException("Models are read here and never written.");
}
