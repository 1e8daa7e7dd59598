namespace AuditIntel.DevStack.Protocol;

/// <summary>The records field of a message: null, bytes in memory, or a piece of a log file that is read only while it is sent.</summary>
internal readonly struct RecordsPayload
{
    private RecordsPayload(ReadOnlyMemory<byte> memory, FileSlice? file)
    {
        Memory = memory;
        File = file;
        IsPresent = true;
    }

    public static RecordsPayload Empty { get; } = new(ReadOnlyMemory<byte>.Empty, null);

    public bool IsPresent { get; }

    public ReadOnlyMemory<byte> Memory { get; }

    public FileSlice? File { get; }

    public int Length => File?.Length ?? Memory.Length;

    public static RecordsPayload From(ReadOnlyMemory<byte> memory) => new(memory, null);

    public static RecordsPayload From(FileSlice file) => new(default, file);
}
