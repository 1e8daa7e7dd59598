namespace AuditIntel.Cli.Display;

/// <summary>Where a run shows how far it is.</summary>
internal interface IRunDisplay
{
    /// <summary>A step, how much of it is done and how much there is. Steps appear when they are first shown.</summary>
    void Show(string step, long done, long total);
}
