using System.Buffers.Binary;
using AuditIntel.Kafka;

namespace AuditIntel.DevStack.Log;

/// <summary>
/// The producers of a partition at one point of its log, as a file with a CRC-32C at its end. Written when a segment is rolled (state before
/// the new segment) and as the checkpoint from which a start walks on.
/// </summary>
/// <param name="SegmentBase">First offset of the segment.</param>
/// <param name="Position">Bytes of the segment that the state covers.</param>
/// <param name="EndOffset">The offset after them.</param>
/// <param name="Boot">The run of the operating system that wrote it, see <see cref="BootIdentity"/>.</param>
/// <param name="Producers">Their states.</param>
internal sealed record ProducerSnapshot(long SegmentBase, int Position, long EndOffset, string Boot, List<ProducerState> Producers)
{
    public static ProducerSnapshot? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 28 || Crc32C.Compute(bytes.AsSpan(0, bytes.Length - 4)) != BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(bytes.Length - 4)))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes));
        var segmentBase = reader.ReadInt64();
        var position = reader.ReadInt32();
        var end = reader.ReadInt64();
        var boot = reader.ReadString();
        var count = reader.ReadInt32();
        var producers = new List<ProducerState>();
        for (var i = 0; i < count; i++)
        {
            var state = new ProducerState { ProducerId = reader.ReadInt64(), Epoch = reader.ReadInt16(), LastTimestamp = reader.ReadInt64() };
            var open = reader.ReadInt64();
            state.OpenTransactionOffset = open < 0 ? null : open;
            for (var batches = reader.ReadInt32(); batches > 0; batches--)
            {
                state.Batches.Add(new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64()));
            }

            producers.Add(state);
        }

        return new(segmentBase, position, end, boot, producers);
    }

    public void Save(string path)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(SegmentBase);
        writer.Write(Position);
        writer.Write(EndOffset);
        writer.Write(Boot);
        writer.Write(Producers.Count);
        foreach (var state in Producers)
        {
            writer.Write(state.ProducerId);
            writer.Write(state.Epoch);
            writer.Write(state.LastTimestamp);
            writer.Write(state.OpenTransactionOffset ?? -1);
            writer.Write(state.Batches.Count);
            foreach (var batch in state.Batches)
            {
                writer.Write(batch.FirstSequence);
                writer.Write(batch.LastSequence);
                writer.Write(batch.BaseOffset);
                writer.Write(batch.Timestamp);
            }
        }

        var body = stream.ToArray();
        var bytes = new byte[body.Length + 4];
        body.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(body.Length), Crc32C.Compute(body));
        AtomicFile.Write(path, bytes);
    }
}
