using System.Buffers;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.State;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Findings.Similar;

/// <summary>Notices on the repartition topic: 1 for a text that is gone or else 0, the signature, the subject.</summary>
internal sealed class SimilarityNoticeSerde(ISerde<FindingDuplicate> subjects) : ISerde<SimilarityNotice>
{
    public void Serialize(string topic, SimilarityNotice value, IBufferWriter<byte> output)
    {
        Span<byte> span = output.GetSpan(1 + SimilaritySignature.Size);
        span[0] = value.IsGone ? (byte)1 : (byte)0;
        value.Signature.Write(span[1..]);
        output.Advance(1 + SimilaritySignature.Size);
        subjects.Serialize(topic, value.Subject, output);
    }

    public SimilarityNotice Deserialize(string topic, ReadOnlySpan<byte> data) => data.Length > 1 + SimilaritySignature.Size
        ? new SimilarityNotice(
            subjects.Deserialize(topic, data[(1 + SimilaritySignature.Size)..]), SimilaritySignature.Read(data[1..]), data[0] == 1)
        : throw new InvalidDataException($"A notice of a text has more than {1 + SimilaritySignature.Size} bytes, not {data.Length}.");
}
