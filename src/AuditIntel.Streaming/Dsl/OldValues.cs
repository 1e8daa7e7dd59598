namespace AuditIntel.Streaming;

/// <summary>
/// Whether somebody behind a table needs to know what a key's value was. Where nobody does, a filter gives a tombstone for each value that it drops, as
/// Kafka Streams documents it; where somebody does, only when there was something to delete.
/// </summary>
internal sealed class OldValues(IReadOnlyList<OldValues> sources)
{
    public bool AreNeeded { get; private set; }

    public void Require()
    {
        AreNeeded = true;
        foreach (OldValues source in sources)
        {
            source.Require();
        }
    }
}
