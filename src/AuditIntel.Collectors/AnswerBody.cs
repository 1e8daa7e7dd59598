namespace AuditIntel.Collectors;

/// <summary>Bodies of HTTP answers, read up to a limit that counts bytes after decompression.</summary>
internal static class AnswerBody
{
    private const int ChunkSize = 64 * 1024;

    /// <returns>The body, or null when it is larger.</returns>
    public static async Task<byte[]?> ReadAsync(HttpContent content, long largest, CancellationToken cancellationToken)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] chunk = new byte[ChunkSize];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await body.WriteAsync(chunk.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            if (body.Length > largest)
            {
                return null;
            }
        }

        return body.ToArray();
    }
}
