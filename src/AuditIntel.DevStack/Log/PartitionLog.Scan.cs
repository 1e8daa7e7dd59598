namespace AuditIntel.DevStack.Log;

/// <summary>Walking all batches, for the broker's own topics on start.</summary>
internal sealed partial class PartitionLog
{
    /// <summary>Calls back for every batch from the first to the last. Not meant for use beside appends.</summary>
    public void Scan(Action<BatchHeader, ReadOnlyMemory<byte>> onBatch)
    {
        lock (_gate)
        {
            var buffer = new byte[64 << 10];
            foreach (var segment in _segments)
            {
                for (var position = 0; position < segment.Length;)
                {
                    var header = segment.ReadHeader(position);
                    if (buffer.Length < header.TotalSize)
                    {
                        buffer = new byte[header.TotalSize];
                    }

                    segment.Read(position, buffer.AsSpan(0, header.TotalSize));
                    onBatch(header, buffer.AsMemory(0, header.TotalSize));
                    position += header.TotalSize;
                }
            }
        }
    }
}
