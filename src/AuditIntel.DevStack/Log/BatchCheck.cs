using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Log;

/// <summary>What a batch must fulfil before it is appended; all of it is read from the header and the CRC, never from single records.</summary>
internal static class BatchCheck
{
    public static AppendResult Inspect(ReadOnlySpan<byte> batch, LogSettings settings, AppendOrigin origin, out BatchHeader header)
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

        return origin == AppendOrigin.Client ? InspectClient(header) : default;
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
}
