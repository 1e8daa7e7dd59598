using System.Text;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Log.Compression;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>Batches for tests of the log.</summary>
internal static class Batches
{
    public static byte[] Of(params string[] values) => At(1_000, values);

    public static byte[] At(long timestamp, params string[] values)
    {
        var builder = new BatchBuilder(timestamp);
        foreach (var value in values)
        {
            builder.Add(timestamp, default, isKeyNull: true, Encoding.UTF8.GetBytes(value), isValueNull: false);
        }

        return builder.Build();
    }

    public static byte[] Keyed(string key, string? value, long timestamp = 1_000)
    {
        var builder = new BatchBuilder(timestamp);
        builder.Add(timestamp, Encoding.UTF8.GetBytes(key), isKeyNull: false, Encoding.UTF8.GetBytes(value ?? ""), value is null);
        return builder.Build();
    }

    public static byte[] From(long producerId, short epoch, int sequence, bool transactional, params string[] values)
    {
        var builder = new BatchBuilder(1_000)
        {
            ProducerId = producerId,
            ProducerEpoch = epoch,
            BaseSequence = sequence,
            Attributes = transactional ? (short)16 : (short)0,
        };
        foreach (var value in values)
        {
            builder.Add(1_000, default, isKeyNull: true, Encoding.UTF8.GetBytes(value), isValueNull: false);
        }

        return builder.Build();
    }

    /// <summary>All records of a log as "offset:key=value".</summary>
    public static List<string> Records(PartitionLog log, bool committed = false)
    {
        List<string> found = [];
        for (var offset = log.StartOffset; ;)
        {
            var read = log.Read(offset, int.MaxValue, committed, atLeastOne: true);
            using var slice = read.Slice;
            if (slice is null)
            {
                return found;
            }

            var bytes = new byte[slice.Length];
            slice.Read(0, bytes);
            for (var at = 0; at < bytes.Length;)
            {
                var header = BatchHeader.Read(bytes.AsSpan(at));
                using var body = BatchBody.Open(header, bytes.AsSpan(at, header.TotalSize));
                var records = new RecordReader(body.Records);
                while (!header.IsControl && records.TryRead(out var record))
                {
                    var key = record.IsKeyNull ? "" : Encoding.UTF8.GetString(record.Key) + "=";
                    found.Add($"{header.BaseOffset + record.OffsetDelta}:{key}{(record.IsValueNull ? "null" : Encoding.UTF8.GetString(record.Value))}");
                }

                at += header.TotalSize;
                offset = header.LastOffset + 1;
            }
        }
    }
}
