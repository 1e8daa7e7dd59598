namespace AuditIntel.DevStack.Log;

/// <summary>Replaces small files so that a reader, also one after a crash, sees the old content or the new one, never a mixture.</summary>
internal static class AtomicFile
{
    public static void Write(string path, ReadOnlySpan<byte> content, bool fsync = false)
    {
        var draft = path + ".tmp";
        try
        {
            using (var handle = File.OpenHandle(draft, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(handle, content, 0);
                if (fsync)
                {
                    RandomAccess.FlushToDisk(handle);
                }
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (IOException)
        {
            // On a full disk half a draft only takes room.
            File.Delete(draft);
            throw;
        }
    }
}
