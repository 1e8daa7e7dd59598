using AuditIntel.DevStack.Log.Compression;
using AuditIntel.DevStack.Protocol;
using AuditIntel.Kafka;

namespace AuditIntel.DevStack.Log;

/// <summary>
/// What a batch must fulfil before it is appended: header, CRC, and, as in Kafka, its records, which are opened for that where this machine has
/// the codec. What is appended are always the bytes that came.
/// </summary>
internal static class BatchCheck
{
    /// <param name="batch">The whole batch.</param>
    /// <param name="settings">The topic's settings.</param>
    /// <param name="origin">The broker's own batches are only checked for damage.</param>
    /// <param name="now">Milliseconds since 1970, for the bounds on timestamps.</param>
    /// <param name="header">The batch's header, when it has one.</param>
    public static AppendResult Inspect(ReadOnlySpan<byte> batch, LogSettings settings, AppendOrigin origin, long now, out BatchHeader header)
    {
        header = default;
        if (batch.Length <= BatchHeader.MagicPosition)
        {
            return AppendResult.Failed(ErrorCode.CorruptMessage, $"A record batch of {batch.Length} bytes is too short to be one.");
        }

        var magic = batch[BatchHeader.MagicPosition];
        if (magic < 2)
        {
            return AppendResult.Failed(
                ErrorCode.UnsupportedForMessageFormat, $"Message format v{magic} is not kept here; use a client that writes format v2 (Kafka 0.11 or later).");
        }

        if (magic != 2 || batch.Length < BatchHeader.Size)
        {
            return AppendResult.Failed(ErrorCode.CorruptMessage, $"The record batch has magic {magic} and {batch.Length} bytes.");
        }

        header = BatchHeader.Read(batch);
        if (header.TotalSize != batch.Length)
        {
            return AppendResult.Failed(ErrorCode.InvalidRecord, "A produce request carries exactly one record batch for each partition.");
        }

        if (origin == AppendOrigin.Client && batch.Length > settings.MaxMessageBytes)
        {
            return AppendResult.Failed(
                ErrorCode.MessageTooLarge, $"The record batch has {batch.Length} bytes, max.message.bytes is {settings.MaxMessageBytes}.");
        }

        if (Crc32C.Compute(batch[BatchHeader.CrcStart..]) != header.Crc)
        {
            return AppendResult.Failed(ErrorCode.CorruptMessage, "The CRC-32C of the record batch is wrong.");
        }

        if (origin != AppendOrigin.Client)
        {
            return default;
        }

        var error = InspectClient(header);
        return error.Error == ErrorCode.None ? InspectRecords(header, batch, settings, now) : error;
    }

    private static AppendResult InspectClient(in BatchHeader header)
    {
        if (header.RecordCount <= 0 || header.LastOffsetDelta != header.RecordCount - 1)
        {
            return AppendResult.Failed(
                ErrorCode.InvalidRecord, $"The record batch counts {header.RecordCount} records but its last offset delta is {header.LastOffsetDelta}.");
        }

        if (header.IsControl)
        {
            return AppendResult.Failed(ErrorCode.InvalidRecord, "A client cannot write control batches.");
        }

        if ((int)header.Compression > (int)CompressionCodec.Zstd)
        {
            return AppendResult.Failed(ErrorCode.UnsupportedCompressionType, $"Compression codec {(int)header.Compression} is unknown.");
        }

        return header.IsTransactional && !header.HasProducer
            ? AppendResult.Failed(ErrorCode.InvalidRecord, "A transactional batch needs a producer id.")
            : default;
    }

    private static AppendResult InspectRecords(in BatchHeader header, ReadOnlySpan<byte> batch, LogSettings settings, long now)
    {
        if (!BatchBody.CanOpen(header.Compression))
        {
            return default;
        }

        try
        {
            using var body = BatchBody.Open(header, batch);
            var records = new RecordReader(body.Records);
            var count = 0;
            while (records.TryRead(out var record))
            {
                if (record.OffsetDelta != count)
                {
                    return AppendResult.Failed(ErrorCode.InvalidRecord, $"Record {count} of the batch has offset delta {record.OffsetDelta}.");
                }

                if (settings.Compact && record.IsKeyNull)
                {
                    return AppendResult.Failed(ErrorCode.InvalidRecord, $"Record {count} of the batch has no key; a compacted topic needs one.");
                }

                var timestamp = header.FirstTimestamp + record.TimestampDelta;
                if (!settings.LogAppendTime && (now - timestamp > settings.TimestampBeforeMaxMs || timestamp - now > settings.TimestampAfterMaxMs))
                {
                    return AppendResult.Failed(
                        ErrorCode.InvalidTimestamp,
                        $"Record {count} of the batch has timestamp {timestamp}, which message.timestamp.before.max.ms or message.timestamp.after.max.ms forbid.");
                }

                count++;
            }

            return count == header.RecordCount
                ? default
                : AppendResult.Failed(ErrorCode.InvalidRecord, $"The record batch counts {header.RecordCount} records and holds {count}.");
        }
        catch (InvalidDataException e)
        {
            return AppendResult.Failed(ErrorCode.InvalidRecord, $"The records of the batch cannot be read: {e.Message}");
        }
    }
}
