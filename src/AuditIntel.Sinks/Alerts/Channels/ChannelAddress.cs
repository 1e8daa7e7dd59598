namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>Where a channel sends to.</summary>
/// <param name="Url">http or https, without user and password.</param>
/// <param name="IsSecret">Whether whoever knows it may send.</param>
internal sealed record ChannelAddress(Uri Url, bool IsSecret)
{
    /// <summary>All that must not be shown.</summary>
    public IReadOnlyList<ChannelSecret> Secrets(ChannelSecret? other = null) =>
        [.. other is null ? [] : new[] { other }, .. IsSecret ? new[] { new ChannelSecret(Url.AbsoluteUri) } : []];

    /// <summary>The address below this one.</summary>
    public ChannelAddress At(string path) => this with { Url = new Uri(Url.AbsoluteUri.TrimEnd('/') + path) };

    public override string ToString() => Url.Authority;
}
