using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Chain.Nodes;

namespace AuditIntel.Cli.Collection;

/// <summary>Which chains are collected, and from where to where.</summary>
internal sealed record ChainCollectionSettings
{
    /// <summary>HTTP endpoints, those of a chain separated by commas.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>WebSocket endpoints, in the order of the chains.</summary>
    public IReadOnlyList<string> WebSockets { get; init; } = [];

    public long? From { get; init; }

    public long? To { get; init; }

    public int Confirmations { get; init; }

    public long? ChainId { get; init; }

    /// <summary>Most requests a second to one endpoint; 0 for no limit.</summary>
    public double RequestsPerSecond { get; init; } = 25;

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Endpoints.Count == 0)
        {
            yield return "No node is given; say --rpc URL, or set AUDITINTEL_RPC.";
        }

        if (WebSockets.Count > Endpoints.Count)
        {
            yield return "There are more --ws than --rpc; each --ws belongs to one --rpc.";
        }

        if (Endpoints.Count > 1 && (From ?? To ?? ChainId) is not null)
        {
            yield return "--from, --to and --chain-id are for one chain; start a program for each.";
        }

        foreach (string url in Endpoints.SelectMany(Split).Concat(WebSockets))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out _))
            {
                yield return $"'{url}' is no URL; say for example http://localhost:8545.";
                yield break;
            }
        }

        foreach (string error in Chains().SelectMany(chain => chain.Validate()))
        {
            yield return error;
        }
    }

    /// <summary>What to collect of each chain.</summary>
    public IEnumerable<ChainCollectorOptions> Chains()
    {
        for (int i = 0; i < Endpoints.Count; i++)
        {
            yield return new ChainCollectorOptions
            {
                Node = new NodeOptions
                {
                    Endpoints = [.. Split(Endpoints[i]).Select(url => new Uri(url))],
                    WebSocket = i < WebSockets.Count ? new Uri(WebSockets[i]) : null,
                    ChainId = ChainId,
                    RequestsPerSecond = RequestsPerSecond,
                },
                From = From,
                To = To,
                Confirmations = Confirmations,
            };
        }
    }

    private static string[] Split(string endpoints) => endpoints.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
