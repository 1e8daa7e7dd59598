using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>How far a source has come, by its cursor.</summary>
/// <param name="CompletedAt">End of the last whole pass; null when there was none.</param>
/// <param name="UpdatedAt">When the cursor was written.</param>
/// <param name="Published">Records sent since the first pass.</param>
/// <param name="Interrupted">Whether the next pass goes on in the middle.</param>
public sealed record SourceProgress(DateTimeOffset? CompletedAt, DateTimeOffset UpdatedAt, long Published, bool Interrupted)
{
    /// <summary>All live sources that have a cursor, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, SourceProgress>> LoadAsync(ISourceCursors cursors, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, SourceCursor> all = await cursors.LoadAllAsync(SourceState.AllCursors, cancellationToken).ConfigureAwait(false);
        return all.ToDictionary(
            each => each.Key[SourceState.AllCursors.Length..],
            each =>
            {
                SourceState state = SourceState.Of(each.Value);
                return new SourceProgress(state.CompletedAt, each.Value.UpdatedAt, each.Value.Position, state.Resume is not null);
            });
    }
}
