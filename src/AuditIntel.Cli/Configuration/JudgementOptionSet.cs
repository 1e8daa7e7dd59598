using System.CommandLine;

namespace AuditIntel.Cli.Configuration;

/// <summary>Options of the commands that judge transactions.</summary>
internal sealed class JudgementOptionSet
{
    private readonly Option<string?> _alerts = StackOptionSet.FromEnvironment(
        "--alerts", "FILE", "Alert rules and channels, a YAML file; without it severe anomalies and labelled accounts go to the console", "AUDITINTEL_ALERTS");

    private readonly Option<string?> _thresholds = StackOptionSet.FromEnvironment(
        "--thresholds", "LOW,MEDIUM,HIGH,CRITICAL", "Probabilities from which an anomaly is that severe [default: 0.5,0.8,0.95,0.99]", "AUDITINTEL_THRESHOLDS");

    public void AddTo(Command command)
    {
        command.Options.Add(_alerts);
        command.Options.Add(_thresholds);
        command.Validators.Add(result =>
        {
            if (!result.Errors.Any())
            {
                foreach (string error in Of(result.GetValue(_alerts), result.GetValue(_thresholds)).Validate())
                {
                    result.AddError(error);
                }
            }
        });
    }

    public JudgementSettings Read(ParseResult result) => Of(result.GetValue(_alerts), result.GetValue(_thresholds));

    private static JudgementSettings Of(string? alerts, string? thresholds) =>
        new() { Alerts = alerts is null ? null : Path.GetFullPath(alerts), Thresholds = thresholds, Delivers = alerts is not null };
}
