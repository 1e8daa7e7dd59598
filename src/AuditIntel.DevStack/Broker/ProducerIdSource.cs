using System.Globalization;
using AuditIntel.DevStack.Log;

namespace AuditIntel.DevStack.Broker;

/// <summary>Gives out producer ids that were never given before: blocks are reserved in a file ahead of their use.</summary>
internal sealed class ProducerIdSource
{
    private const int BlockSize = 1000;

    private readonly Lock _gate = new();
    private readonly string _path;
    private long _next;
    private long _reserved;

    public ProducerIdSource(string dataDirectory)
    {
        _path = Path.Combine(dataDirectory, "producer.ids");
        _next = _reserved = File.Exists(_path) ? long.Parse(File.ReadAllText(_path), CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>An id; null when no further block can be reserved, as on a full disk.</summary>
    public long? Next()
    {
        lock (_gate)
        {
            if (_next == _reserved)
            {
                var reserved = _reserved + BlockSize;
                try
                {
                    AtomicFile.Write(_path, System.Text.Encoding.ASCII.GetBytes(reserved.ToString(CultureInfo.InvariantCulture)));
                }
                catch (IOException)
                {
                    return null;
                }

                _reserved = reserved;
            }

            return _next++;
        }
    }
}
