using AuditIntel.Intelligence.Transactions.Baseline;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Transactions.Artefacts;

/// <summary>The part of an artefact that is JSON: everything a person or another program may want to read without the model.</summary>
internal sealed record ArtefactHeader
{
    /// <summary>What the artefact holds; the only kind of today.</summary>
    public const string TransactionModelKind = "transaction-model";

    public required string Kind { get; init; }

    public required string FeatureSchema { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    public required IReadOnlyList<Signal> Signals { get; init; }

    public required EnsembleWeights Weights { get; init; }

    public required int ForestTrees { get; init; }

    public required int ForestSampleSize { get; init; }

    public required double BoostingBias { get; init; }

    public required int BoostedTrees { get; init; }

    public required int BoostedNodes { get; init; }

    public required TrainingRecord Training { get; init; }
}
