using System.IO.Compression;

namespace AuditIntel.DevStack.Log;

/// <summary>Opens the records of a batch where the runtime has the codec.</summary>
internal static class BatchBody
{
    public static bool TryExpand(in BatchHeader header, byte[] batch, out byte[] body)
    {
        switch (header.Compression)
        {
            case CompressionCodec.None:
                body = batch[BatchHeader.Size..];
                return true;
            case CompressionCodec.Gzip:
                using (var source = new GZipStream(new MemoryStream(batch, BatchHeader.Size, batch.Length - BatchHeader.Size), CompressionMode.Decompress))
                using (var target = new MemoryStream())
                {
                    source.CopyTo(target);
                    body = target.ToArray();
                    return true;
                }

            default:
                body = [];
                return false;
        }
    }
}
