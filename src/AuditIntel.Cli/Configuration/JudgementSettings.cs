using System.Globalization;
using AuditIntel.Intelligence.Transactions.Ensemble;

namespace AuditIntel.Cli.Configuration;

/// <summary>From when on a transaction is an anomaly, and who is told.</summary>
internal sealed record JudgementSettings
{
    /// <summary>YAML file of alert rules and channels; null for the built-in rules.</summary>
    public string? Alerts { get; init; }

    /// <summary>Least probabilities of low, medium, high and critical, separated by commas; null for the defaults.</summary>
    public string? Thresholds { get; init; }

    /// <summary>Whether alerts are delivered: always by what goes on running, by a single run over files only when a file of alerts was asked for.</summary>
    public bool Delivers { get; init; }

    public SeverityThresholds Severities => TryRead(out SeverityThresholds severities) ? severities : throw new InvalidOperationException(Validate().First());

    /// <summary>The settings as options of a command.</summary>
    public IEnumerable<string> ToArguments()
    {
        foreach ((string option, string? value) in new[] { ("--alerts", Alerts), ("--thresholds", Thresholds) })
        {
            if (value is not null)
            {
                yield return option;
                yield return value;
            }
        }
    }

    /// <summary>What is wrong with the settings, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Alerts is not null && !File.Exists(Alerts))
        {
            yield return $"--alerts '{Alerts}' does not exist.";
        }

        if (!TryRead(out SeverityThresholds severities))
        {
            yield return $"--thresholds '{Thresholds}' is not four numbers: say for example 0.5,0.8,0.95,0.99 for low, medium, high and critical.";
        }

        foreach (string fault in severities.Validate())
        {
            yield return fault;
        }
    }

    private bool TryRead(out SeverityThresholds severities)
    {
        severities = new SeverityThresholds();
        if (Thresholds is null)
        {
            return true;
        }

        string[] parts = Thresholds.Split(',');
        double[] numbers = new double[4];
        bool read = parts.Length == numbers.Length;
        for (int i = 0; read && i < numbers.Length; i++)
        {
            read = double.TryParse(parts[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out numbers[i]);
        }

        severities = read ? severities with { Low = numbers[0], Medium = numbers[1], High = numbers[2], Critical = numbers[3] } : severities;
        return read;
    }
}
