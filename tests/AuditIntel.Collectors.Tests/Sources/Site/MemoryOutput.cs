using AuditIntel.Collectors.Sources.Running;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Sources.Site;

/// <summary>Keeps what is published; may be told to fail.</summary>
internal sealed class MemoryOutput : ISourceOutput
{
    private readonly Lock _gate = new();
    private readonly List<(string Source, Collected Item)> _items = [];

    /// <summary>Sees each batch before it is kept.</summary>
    public Action<string>? OnPublish { get; set; }

    public IReadOnlyList<(string Source, Collected Item)> Items
    {
        get
        {
            lock (_gate)
            {
                return [.. _items];
            }
        }
    }

    public IReadOnlyList<RawFinding> Findings => [.. Items.Select(each => each.Item).OfType<Collected.OfFinding>().Select(item => item.Finding)];

    public IReadOnlyList<DeadLetter> Letters => [.. Items.Select(each => each.Item).OfType<Collected.OfDeadLetter>().Select(item => item.Letter)];

    public Task PublishAsync(string source, IReadOnlyList<Collected> items, CancellationToken cancellationToken)
    {
        OnPublish?.Invoke(source);
        lock (_gate)
        {
            _items.AddRange(items.Select(item => (source, item)));
        }

        return Task.CompletedTask;
    }
}
