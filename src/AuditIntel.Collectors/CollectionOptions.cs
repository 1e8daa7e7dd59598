namespace AuditIntel.Collectors;

/// <summary>Settings of a collection over files.</summary>
public sealed record CollectionOptions
{
    /// <summary>Take every file as this platform's; null to recognise each by its content.</summary>
    public string? Platform { get; init; }

    /// <summary>Larger files are set aside unread, in bytes.</summary>
    public long LargestFile { get; init; } = 32 * 1024 * 1024;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Platform is not null && !Platforms.IsKnown(Platform))
        {
            yield return $"Platform '{Platform}' is unknown: say {Platforms.Code4rena}, {Platforms.Sherlock} or firm:NAME.";
        }
    }
}
